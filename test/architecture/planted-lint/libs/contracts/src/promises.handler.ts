// breaks: await-thenable, no-floating-promises, no-misused-promises
const save = async (): Promise<boolean> => true;

export const run = async (): Promise<string> => {
  save();
  const answer = save() ? 'saved' : 'lost';
  await answer;
  return answer;
};
