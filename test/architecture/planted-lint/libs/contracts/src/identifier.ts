// breaks: no-restricted-globals
export const newId = (): string => crypto.randomUUID();
