export const addTax = (amountFen: bigint): bigint => amountFen + (amountFen * 6n) / 100n;
