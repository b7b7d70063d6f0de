export const fen = (yuan: bigint): bigint => yuan * 100n;
