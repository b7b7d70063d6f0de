import { createInterface } from 'node:readline/promises';

/** From LEDGER_PASSWORD, or asked for without showing it is stored anywhere. */
export const askPassword = async (username: string): Promise<string> => {
  const given = process.env['LEDGER_PASSWORD'];
  if (given !== undefined) return given;
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await prompt.question(`口令 password (${username}): `);
  prompt.close();
  return answer;
};
