// breaks: no-restricted-properties
export const city = (): string | undefined => process.env['CITY'];
