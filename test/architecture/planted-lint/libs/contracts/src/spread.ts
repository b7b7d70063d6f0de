// breaks: no-misused-spread
export const copy = (amounts: Map<string, bigint>) => ({ ...amounts });
