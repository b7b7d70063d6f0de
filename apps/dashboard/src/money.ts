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

const PLAIN = /^\d{1,16}(\.\d{1,2})?$/;

/** Digits as people type them: full-width ones and thousands commas become plain. */
const plainDigits = (typed: string): string => typed.normalize('NFKC').replace(/[,，\s]/g, '');

/** Two decimals moved before the point, digit by digit: `12.5` becomes `1250`. Undefined for what is not such a number. */
const hundredfold = (typed: string): string | undefined => {
  const digits = plainDigits(typed);
  if (!PLAIN.test(digits)) return undefined;
  const [whole = '', part = ''] = digits.split('.');
  return (whole + part.padEnd(2, '0')).replace(/^0+(?=\d)/, '');
};

/** Yuan as typed, `1,234.5`, as a text of integer fen, `123450`. Undefined where it is no amount of at most two decimals. */
export const fenOfYuan = (typed: string): string | undefined => hundredfold(typed.replace(/[元¥￥]/g, ''));

/** Percent as typed, `33.33`, in units of 0.01%, 3333. Undefined where it is no percentage of at most two decimals, 0 to 100. */
export const permyriadOfPercent = (typed: string): number | undefined => {
  const permyriad = Number(hundredfold(typed.replace(/[%％]/g, '')) ?? Number.NaN);
  return permyriad <= 10_000 ? permyriad : undefined;
};

/** Units of 0.01% as percent without a sign: 3333 is `33.33`, 3000 is `30`. */
export const percentOfPermyriad = (permyriad: number): string => {
  const [whole, part] = [Math.trunc(permyriad / 100), permyriad % 100];
  return part === 0 ? String(whole) : `${whole}.${String(part).padStart(2, '0')}`;
};

/** Fen as yuan without commas, as a field shows it to be edited. */
export const plainYuan = (fen: string): string => yuan(fen).replaceAll(',', '');
