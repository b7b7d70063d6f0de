import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordedEvent } from '@app/event-store';
import { type Projection, RowStore, SqliteViews } from '@app/read-model';
import type { EntityTarget, ObjectLiteral } from 'typeorm';

/**
 * The rows a history leads to, on a real SQLite generation. `cuts` are the places where the history is cut into batches.
 * Redelivery is the loop's to prevent (checkpoint and rows commit together), so batches come once.
 */
export const rowsAfter = async <Row extends ObjectLiteral>(
  projection: Projection,
  entity: EntityTarget<Row>,
  events: readonly RecordedEvent[],
  cuts: readonly number[] = [],
): Promise<Row[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-rows-'));
  const source = await new SqliteViews(folder, [projection]).openWriter('000000000000-1');
  try {
    const ends = [...cuts, events.length];
    for (const [index, end] of ends.entries()) {
      const batch = events.slice(ends[index - 1] ?? 0, end).filter(({ type }) => projection.handles.includes(type));
      await source.transaction((manager) => projection.project(batch, new RowStore(manager)));
    }
    return await source.manager.find(entity);
  } finally {
    await source.destroy();
    rmSync(folder, { recursive: true });
  }
};
