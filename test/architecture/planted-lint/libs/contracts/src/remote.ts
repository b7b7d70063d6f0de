// breaks: no-restricted-globals
export const lookUp = (): Promise<Response> => fetch('https://example.org');
