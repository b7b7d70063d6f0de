import type { ColumnOptions, ValueTransformer } from 'typeorm';

/** Money in fen: exact on both engines. PostgreSQL answers bigint as text, SQLite as a number (safe below MAX_FEN). */
export const fenTransformer: ValueTransformer = {
  to: (value: bigint | null | undefined) => (value === null || value === undefined ? value : value.toString()),
  from: (value: string | number | null) => (value === null ? null : BigInt(value)),
};

/** A structured value kept as text: readable by both engines, never queried into. */
export const jsonTransformer: ValueTransformer = {
  to: (value: unknown) => JSON.stringify(value),
  from: (value: string) => JSON.parse(value),
};

export const fenColumn: ColumnOptions = { type: 'bigint', transformer: fenTransformer };
export const jsonColumn: ColumnOptions = { type: 'text', transformer: jsonTransformer };
