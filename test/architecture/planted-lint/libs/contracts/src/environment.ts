// breaks: no-restricted-globals
export const city = (): string | undefined => process.env['CITY'];
