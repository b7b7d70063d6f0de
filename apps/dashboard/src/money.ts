const YUAN_DECIMALS = 2;
const WAN_YUAN_DECIMALS = 6;

/** An amount in fen as a decimal text of the unit `decimals` places above it, its whole part in groups of three. */
const inUnit = (fen: string, decimals: number): { readonly whole: string; readonly part: string } => {
  const exact = BigInt(fen);
  const digits = (exact < 0n ? -exact : exact).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, -decimals).replace(/\B(?=(\d{3})+$)/g, ',');
  return { whole: (exact < 0n ? '-' : '') + whole, part: digits.slice(-decimals) };
};

/** "123450" is "1,234.50" yuan (元). */
export const yuan = (fen: string): string => {
  const { whole, part } = inUnit(fen, YUAN_DECIMALS);
  return `${whole}.${part}`;
};

/** "1000000000" is "1,000" and "500000" is "0.5" 万元 (ten thousand yuan): exact, without trailing zeros. */
export const wanYuan = (fen: string): string => {
  const { whole, part } = inUnit(fen, WAN_YUAN_DECIMALS);
  const shown = part.replace(/0+$/, '');
  return shown ? `${whole}.${shown}` : whole;
};

/** Positive when `a` is the larger amount; fen do not fit a number. What is absent is smaller than nothing. */
export const byFen = (a: string | null, b: string | null): number => {
  const difference = BigInt(a ?? -1) - BigInt(b ?? -1);
  return difference === 0n ? 0 : difference > 0n ? 1 : -1;
};

/** Whole percent of `whole`, rounded down, for the length of a bar; the amounts beside it are exact. */
export const share = (part: string, whole: string): number =>
  BigInt(whole) === 0n ? 0 : Number((BigInt(part) * 100n) / BigInt(whole));
