// breaks: nothing (the one place that reads the environment)
export const city = (): string | undefined => process.env['CITY'];
