import { Refusal } from '@app/kernel';

/** An error as it was, but for C-4: that names the record in the way by the number people know it by. */
export const byNumber = async (
  error: unknown,
  numberOf: (id: string) => Promise<string | undefined>,
): Promise<unknown> => {
  if (!(error instanceof Refusal) || error.rule !== 'C-4') return error;
  const { rule, clause, kind, text, place } = error;
  const { conflict: id } = place;
  const number = id === undefined ? undefined : await numberOf(id);
  if (id === undefined || number === undefined) return error;
  return new Refusal(rule, { clause, kind, zh: text.zh.replace(id, number), en: text.en.replace(id, number) }, place);
};
