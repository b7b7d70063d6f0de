// breaks: eqeqeq, no-explicit-any
export const same = (a: any, b: string): boolean => a == b;
