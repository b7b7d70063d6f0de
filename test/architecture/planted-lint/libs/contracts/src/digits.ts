// breaks: nothing (a text of digits may be spread)
export const digits = (text: string): string[] => [...text];
