/** A whole (100%) in units of 0.01% (万分之). */
export const WHOLE_PERMYRIAD = 10_000;

const PERCENT = /^(\d{1,3})(?:\.(\d{1,2}))?$/;

/** `33.33%` or `33.33` as 3333 units of 0.01%; undefined when it is not such a number, or above 100%. */
export const permyriadOf = (text: string): number | undefined => {
  const [, whole, decimals = ''] = PERCENT.exec(text.normalize('NFKC').replace(/\s*%$/, '')) ?? [];
  if (whole === undefined) return undefined;
  const value = Number(whole) * 100 + Number(decimals.padEnd(2, '0'));
  return value <= WHOLE_PERMYRIAD ? value : undefined;
};

/** 3333 as `33.33`, 5000 as `50`: without the sign. */
export const percentOf = (permyriad: number): string =>
  `${Math.floor(permyriad / 100)}.${String(permyriad % 100).padStart(2, '0')}`.replace(/\.?0+$/, '');
