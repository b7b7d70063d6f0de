import type { EntityManager, EntityMetadata, ObjectLiteral } from 'typeorm';
import type { OfficeDatabase } from './office.js';
import { Person, UserAccount } from './office.entity.js';
import { PersonStore } from './person-store.js';

/** Below the number of parameters one statement may have on either engine. */
const PAGE = 500;

/** Rows copied, by table. */
export type CopiedRows = ReadonlyMap<string, number>;

/**
 * Copies all office data into an office without users and persons, in one transaction. Settings that only the target has are dropped:
 * it becomes the office that the other was.
 * @throws when the target is in use, or the master key is not the one the source was set up with
 */
export const copyOffice = async (
  source: OfficeDatabase,
  target: OfficeDatabase,
  masterKey: Uint8Array,
): Promise<CopiedRows> => {
  await PersonStore.open(source, masterKey);
  return source.write((from) =>
    target.write(async (to) => {
      await assertUnused(to);
      const copied = new Map<string, number>();
      for (const table of source.dataSource.entityMetadatas) {
        await to.createQueryBuilder().delete().from(table.target).execute();
        copied.set(table.tableName, await copyTable(table, from, to));
      }
      return copied;
    }),
  );
};

const assertUnused = async (office: EntityManager): Promise<void> => {
  if ((await office.count(UserAccount)) + (await office.count(Person)) === 0) return;
  throw new Error('目标账本已有用户或人员，不作覆盖 / the target holds users or persons already; nothing was copied');
};

const copyTable = async ({ target, primaryColumns }: EntityMetadata, from: EntityManager, to: EntityManager) => {
  const order = Object.fromEntries(primaryColumns.map(({ propertyName }) => [propertyName, 'ASC' as const]));
  for (let copied = 0; ; ) {
    const rows: ObjectLiteral[] = await from.find(target, { order, skip: copied, take: PAGE });
    if (rows.length > 0) await to.insert(target, rows);
    copied += rows.length;
    if (rows.length < PAGE) return copied;
  }
};
