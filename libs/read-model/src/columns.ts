import { MAX_FEN } from '@app/kernel';
import type { ColumnOptions, ValueTransformer } from 'typeorm';

/** Money in fen: exact on both engines. PostgreSQL answers bigint as text, SQLite as a number, so sums beyond MAX_FEN are not kept. */
export const fenTransformer: ValueTransformer = {
  to: (value: bigint | null | undefined) => (value === null || value === undefined ? value : exactText(value)),
  from: (value: string | number | null) => (value === null ? null : BigInt(value)),
};

const exactText = (fen: bigint): string => {
  if (fen > MAX_FEN || fen < -MAX_FEN) throw new RangeError(`${fen} fen is beyond what the read tables hold exactly`);
  return fen.toString();
};

/** A structured value kept as text: readable by both engines, never queried into. */
export const jsonTransformer: ValueTransformer = {
  to: (value: unknown) => JSON.stringify(value),
  from: (value: string) => JSON.parse(value),
};

export const fenColumn: ColumnOptions = { type: 'bigint', transformer: fenTransformer };
export const jsonColumn: ColumnOptions = { type: 'text', transformer: jsonTransformer };
