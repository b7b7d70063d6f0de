// breaks: no-restricted-globals
export const today = (): string => new Date().toISOString().slice(0, 10);
