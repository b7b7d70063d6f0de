import type { RecordedEvent } from '@app/event-store';
import type { Projection, Rows } from '@app/read-model';
import type { PanelMembership } from '@app/registry';
import { AssetUse, ConversionFactRow, CountedContract, GrowthCell, PanelSpanRow } from './conversion-fact.entity.js';
import { factsOf } from './counting-rule.js';
import type { DealEvent } from './deal.js';
import { type CountedDeal, type FactVersion, afterEvent } from './fact-version.js';
import { type PanelSpan, isInPanel, withMembership } from './panel.js';
import { type TallyChange, countDeal, countDistinct, isNothing, noChange, plus } from './tally.js';

const DEAL_EVENTS: ReadonlyArray<DealEvent['type']> = [
  'LodgementRequested',
  'ContractLodged',
  'ContractRefused',
  'LicenceRecorded',
  'RecordingCancelled',
  'TransferRegistered',
  'ContractCorrected',
  'ContractVoided',
  'OpenLicenceGranted',
  'OpenGrantRecorded',
  'OpenGrantRecordCancelled',
  'OpenGrantVoided',
];
const PANEL_EVENT = 'PanelMembershipSet';

/** Ids hold no hyphen, so the id of a contract or grant is what follows the last one in its stream's name. */
const idOf = ({ stream }: RecordedEvent): string => stream.slice(stream.lastIndexOf('-') + 1);

/** Stream of a university: `university-<code>`, and a code may hold hyphens. */
const universityOf = ({ stream }: RecordedEvent): string => stream.slice('university-'.length);

/**
 * The facts of every conversion and the counts of the boards, kept by differences: a deal's facts before and after the batch are
 * counted out and in again, whatever the number of facts on record.
 */
export const conversionFacts: Projection = {
  name: 'growth',
  version: 1,
  entities: [ConversionFactRow, CountedContract, GrowthCell, AssetUse, PanelSpanRow],
  handles: [...DEAL_EVENTS, PANEL_EVENT],
  project: async (events, rows) => {
    for (const run of runsOf(events)) {
      const [first] = run;
      if (first?.type === PANEL_EVENT) await projectMembership(first, rows);
      else await projectDeals(run, rows);
    }
  },
};

/** A change of membership looks at the facts on record, so what came before it is written first. */
const runsOf = (events: readonly RecordedEvent[]): readonly RecordedEvent[][] => {
  const runs: RecordedEvent[][] = [];
  for (const event of events) {
    const last = runs.at(-1);
    if (last && event.type !== PANEL_EVENT && last[0]?.type !== PANEL_EVENT) last.push(event);
    else runs.push([event]);
  }
  return runs;
};

const projectDeals = async (events: readonly RecordedEvent[], rows: Rows): Promise<void> => {
  const loaded = await rows.load(CountedContract, events.map(idOf));
  const before: ReadonlyMap<string, CountedDeal> = new Map(loaded.map((row) => [row.contractId, row]));
  const after = new Map(before);
  const versions = new Map<string, FactVersion>();
  for (const event of events) {
    const id = idOf(event);
    const { deal, versions: changed } = afterEvent(after.get(id), id, event as unknown as DealEvent, event.position);
    if (deal) after.set(id, deal);
    for (const version of changed) versions.set(version.key, version);
  }
  await rows.upsert(CountedContract, [...after.values()]);
  await rows.upsert(ConversionFactRow, [...versions.values()]);
  await saveChange(await changeOf(before, after, rows), rows);
};

const changeOf = async (
  before: ReadonlyMap<string, CountedDeal>,
  after: ReadonlyMap<string, CountedDeal>,
  rows: Rows,
): Promise<TallyChange> => {
  const changed = [...after.values()].filter(
    ({ contractId, version }) => version !== (before.get(contractId)?.version ?? 0),
  );
  const spans = await rows.load(
    PanelSpanRow,
    changed.map(({ state }) => state.universityId),
    'universityId',
  );
  const spansOf = groupedBy(spans, ({ universityId }) => universityId);
  const change = noChange();
  for (const { contractId, state } of changed) {
    const isMember = (date: string) => isInPanel(spansOf.get(state.universityId) ?? [], date);
    countDeal(change, factsOf(contractId, before.get(contractId)?.state), isMember, -1);
    countDeal(change, factsOf(contractId, state), isMember, 1);
  }
  return change;
};

const projectMembership = async (event: RecordedEvent, rows: Rows): Promise<void> => {
  const universityId = universityOf(event);
  const before: readonly PanelSpan[] = await rows.load(PanelSpanRow, [universityId], 'universityId');
  const after = withMembership(before, universityId, event.data as unknown as PanelMembership);
  await rows.upsert(PanelSpanRow, [...after]);
  const facts = await rows.load(ConversionFactRow, [universityId], 'universityId');
  const change = noChange();
  const standing = facts.filter(({ knownTo }) => knownTo === null);
  for (const deal of groupedBy(standing, ({ contractId }) => contractId).values()) {
    countDeal(change, deal, (date) => isInPanel(before, date), -1);
    countDeal(change, deal, (date) => isInPanel(after, date), 1);
  }
  await saveChange(change, rows);
};

const groupedBy = <Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): ReadonlyMap<string, readonly Item[]> => {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
};

/** Uses first: how they change on record decides the numbers of distinct assets in the cells. */
const saveChange = async (change: TallyChange, rows: Rows): Promise<void> => {
  const uses = [...change.uses].filter(([, { scopes }]) => ![...scopes.values()].every(isNothing));
  const usesBefore = await byKey(rows, AssetUse, uses);
  const usesAfter = uses.map(([key, use]) => ({
    key,
    counts: countDistinct(change, use, usesBefore.get(key)?.counts ?? {}),
  }));
  await replace(rows, AssetUse, usesAfter, ({ counts }) => Object.keys(counts).length === 0);

  const cells = [...change.cells].filter(([, { counts }]) => !isNothing(counts));
  const cellsBefore = await byKey(rows, GrowthCell, cells);
  const cellsAfter = cells.map(([key, cell]) => ({
    key,
    ...cell,
    counts: plus(cellsBefore.get(key)?.counts ?? [], cell.counts),
  }));
  await replace(rows, GrowthCell, cellsAfter, ({ counts }) => isNothing(counts));
};

const byKey = async <Row extends { readonly key: string }>(
  rows: Rows,
  entity: new () => Row,
  changes: ReadonlyArray<readonly [key: string, change: unknown]>,
): Promise<ReadonlyMap<string, Row>> => {
  const loaded = await rows.load(
    entity,
    changes.map(([key]) => key),
  );
  return new Map(loaded.map((row) => [row.key, row]));
};

/** A row that counts nothing is taken away: whether it ever existed depends on how the history was cut. */
const replace = async <Row extends { readonly key: string }>(
  rows: Rows,
  entity: new () => Row,
  changed: readonly Row[],
  isEmpty: (row: Row) => boolean,
): Promise<void> => {
  await rows.upsert(
    entity,
    changed.filter((row) => !isEmpty(row)),
  );
  await rows.remove(
    entity,
    changed.filter(isEmpty).map(({ key }) => key),
  );
};
