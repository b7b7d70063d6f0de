import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { isDryRun } from '@app/event-store';
import { type EntityManager, In, IsNull } from 'typeorm';
import type { OfficeDatabase } from './office.js';
import { Person } from './office.entity.js';
import { seal, unseal } from './sealed-text.js';

export interface PersonEntry {
  readonly universityId: string;
  /** 工号, the university's own number of the person. */
  readonly staffNumber: string;
  readonly name: string;
}

interface Enrolment {
  readonly personId: string;
  readonly universityId: string;
  readonly name: string;
}

/** Enrolments that share a transaction. */
interface Batch {
  readonly enrolments: Enrolment[];
  readonly written: Promise<void>;
}

/** Below the number of parameters one statement may have on either engine. */
const CHUNK = 500;
const KEY_BYTES = 32;
const KEY_CHECK = 'master-key-check';

/**
 * Names behind the pseudonyms that events hold (ADR 0009; 个人信息保护法). Each name is encrypted under a key of its own, which is kept
 * encrypted under the master key; erasing destroys the person's key and leaves the events as they are.
 */
export class PersonStore {
  /** Takes further enrolments until its transaction begins. */
  private batch: Batch | undefined;

  private constructor(
    private readonly office: OfficeDatabase,
    private readonly idKey: Buffer,
    private readonly wrapKey: Buffer,
  ) {}

  /** @throws when the office data were made with another master key */
  static async open(office: OfficeDatabase, masterKey: Uint8Array): Promise<PersonStore> {
    const store = new PersonStore(office, derive(masterKey, 'person id'), derive(masterKey, 'person key'));
    await store.assertOwnKey();
    return store;
  }

  /** The pseudonym of a person: `p_` and 20 hex digits, the same for ever for the same university and staff number. */
  personId(universityId: string, staffNumber: string): string {
    const digest = createHmac('sha256', this.idKey).update(`${universityId}|${staffNumber.trim()}`).digest('hex');
    return `p_${digest.slice(0, 20)}`;
  }

  /**
   * Makes the names known and answers the pseudonyms in the same order, once the names are on disk. Enrolling again changes nothing but a
   * name that is spelt otherwise; a person who was erased stays erased. Calls made at once share a transaction.
   */
  async enrol(people: readonly PersonEntry[]): Promise<readonly string[]> {
    const enrolments = people.map(({ universityId, staffNumber, name }) => ({
      personId: this.personId(universityId, staffNumber),
      universityId,
      name: name.trim(),
    }));
    if (isDryRun()) return enrolments.map(({ personId }) => personId);
    this.batch ??= this.openBatch();
    this.batch.enrolments.push(...enrolments);
    await this.batch.written;
    return enrolments.map(({ personId }) => personId);
  }

  /** The names of persons by pseudonym; unknown and erased persons are left out. */
  async names(ids: Iterable<string>): Promise<ReadonlyMap<string, string>> {
    const persons = await this.office.read((manager) => findPersons(manager, [...new Set(ids)]));
    return new Map(
      persons.flatMap((person) => {
        const name = this.nameOf(person);
        return name === undefined ? [] : [[person.personId, name] as const];
      }),
    );
  }

  /**
   * Destroys the name and its key for good (删除权). Erasing an unknown person is remembered too, so that a restored copy can be erased.
   * Erasing again is no error, and the way to go on after one.
   * @throws StoreBusy, also when the person is erased but the traces are not removed yet
   */
  async erase(personId: string, at: string): Promise<void> {
    const erased: Person = { personId, universityId: null, wrappedKey: null, nameCipher: null, erasedAt: at };
    await this.office.write((manager) => manager.upsert(Person, erased, ['personId']));
    await this.office.scrub();
  }

  private openBatch(): Batch {
    const enrolments: Enrolment[] = [];
    const close = () => {
      if (this.batch?.enrolments === enrolments) this.batch = undefined;
    };
    const written = this.office
      .write((manager) => {
        close();
        return this.writeAll(manager, enrolments);
      })
      .finally(close);
    return { enrolments, written };
  }

  private async writeAll(manager: EntityManager, enrolments: readonly Enrolment[]): Promise<void> {
    const wanted = new Map(enrolments.map((enrolment) => [enrolment.personId, enrolment]));
    const known = new Map((await findPersons(manager, [...wanted.keys()])).map((person) => [person.personId, person]));
    const rows = [...wanted.values()].flatMap((enrolment) => this.rowToWrite(enrolment, known.get(enrolment.personId)));
    // In one order everywhere, so that two processes never wait for each other's rows.
    rows.sort((a, b) => (a.personId < b.personId ? -1 : 1));
    for (const chunk of chunksOf(rows)) await upsertUnlessErased(manager, chunk);
  }

  private rowToWrite({ personId, universityId, name }: Enrolment, known: Person | undefined): Person[] {
    if (known && (known.erasedAt !== null || this.nameOf(known) === name)) return [];
    const key = randomBytes(KEY_BYTES);
    return [
      {
        personId,
        universityId,
        wrappedKey: seal(this.wrapKey, key, personId),
        nameCipher: seal(key, Buffer.from(name), personId),
        erasedAt: null,
      },
    ];
  }

  private nameOf({ personId, wrappedKey, nameCipher }: Person): string | undefined {
    if (wrappedKey === null || nameCipher === null) return undefined;
    return unseal(unseal(this.wrapKey, wrappedKey, personId), nameCipher, personId).toString();
  }

  private async assertOwnKey(): Promise<void> {
    const check = await this.office.settingOrFirst(KEY_CHECK, seal(this.wrapKey, Buffer.from(KEY_CHECK), KEY_CHECK));
    try {
      unseal(this.wrapKey, check, KEY_CHECK);
    } catch (cause) {
      throw new Error('主密钥与本账本不符 / this is not the master key the ledger was set up with', { cause });
    }
  }
}

/** One key per purpose, so that pseudonyms tell nothing about the key that wraps. */
const derive = (masterKey: Uint8Array, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', masterKey, '', purpose, KEY_BYTES));

/** The condition is for PostgreSQL, where another process may have erased the person since it was looked up. */
const upsertUnlessErased = (manager: EntityManager, rows: Person[]): Promise<unknown> =>
  manager
    .createQueryBuilder()
    .insert()
    .into(Person)
    .values(rows)
    .orUpdate(['universityId', 'wrappedKey', 'nameCipher'], ['personId'], {
      overwriteCondition: { where: { erasedAt: IsNull() } },
    })
    .updateEntity(false)
    .execute();

const findPersons = async (manager: EntityManager, ids: readonly string[]): Promise<Person[]> => {
  const found: Person[] = [];
  for (const chunk of chunksOf(ids)) found.push(...(await manager.findBy(Person, { personId: In(chunk) })));
  return found;
};

const chunksOf = <Item>(items: readonly Item[]): Item[][] =>
  Array.from({ length: Math.ceil(items.length / CHUNK) }, (_, index) =>
    items.slice(index * CHUNK, (index + 1) * CHUNK),
  );
