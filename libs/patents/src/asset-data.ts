import { type DecisionContext, isPatent, parsePatentNumber, yearOf } from '@app/kernel';
import { ENTRY_TITLES } from './asset-entry.js';
import type { AssetData, AssetEvent, CorrectData, CorrectableData } from './asset-events.js';
import { assertShares } from './asset-lifecycle.js';
import { assetRule } from './asset-rules.js';
import { type Asset, present } from './asset-state.js';
import { dateOf } from './asset-status.js';
import { entryOn, rightOn } from './asset-voiding.js';

/** Whether data can be registered. @throws Refusal I-10, I-11, I-12, I-13 */
export const assertRegistrable = (data: AssetData, today: string): void => {
  assertDates(data, today);
  assertFilingYear(data);
  assertShares(data.coOwners ?? [], data.universityId);
};

const assertDates = ({ filedOn, grantedOn, firstUsedOn }: AssetData, today: string): void => {
  for (const [field, date] of Object.entries({ filedOn, grantedOn, firstUsedOn })) {
    if (date && date > today) throw assetRule('I-11', { date, today }, { field });
  }
  if (grantedOn && grantedOn < filedOn) throw assetRule('I-10', { grantedOn, filedOn }, { field: 'grantedOn' });
};

const assertFilingYear = ({ ipType, number, filedOn }: AssetData): void => {
  if (!isPatent(ipType)) return;
  const { filingYear: year, form } = parsePatentNumber(number, 'number');
  // A PCT application entering China carries the year of its entry, which may follow the filing by up to 32 months.
  const entersLater = form === 'ZC2003' && /^\d{4}[89]/.test(number);
  if (!entersLater && year !== yearOf(filedOn)) throw assetRule('I-12', { year, filedOn }, { field: 'filedOn' });
};

/** The data a correction asks for. */
export const correctedData = (
  data: AssetData,
  { changes, removes = [] }: Pick<CorrectData, 'changes' | 'removes'>,
): AssetData => {
  const kept = Object.entries({ ...data, ...changes }).filter(([field]) => !removes.includes(field as never));
  return Object.fromEntries(kept) as unknown as AssetData;
};

/** Judged as a registration is, and refused where an entry or a right stands on the data as they were. @throws Refusal C-23, I-10 to I-13, I-22, I-23 */
export const correctData = (command: CorrectData, asset: Asset, { today }: DecisionContext): AssetEvent[] => {
  const { type: _type, changes: _changes, removes: _removes, ...approval } = command;
  const data = present(asset);
  const after = correctedData(data, command);
  const fields = (['title', 'filedOn', 'grantedOn', 'disclosureNumber'] as const).filter(
    (field) => data[field] !== after[field],
  );
  if (fields.length === 0) return [];
  assertRegistrable(after, today);
  assertNothingStandsOn(asset, { ...asset, data: after });
  return [{ type: 'AssetDataCorrected', data: { from: only(data, fields), to: only(after, fields), ...approval } }];
};

const only = (data: AssetData, fields: ReadonlyArray<keyof CorrectableData>): Partial<CorrectableData> =>
  Object.fromEntries(fields.flatMap((field) => (data[field] === undefined ? [] : [[field, data[field]]])));

const assertNothingStandsOn = (asset: Asset, left: Asset): void => {
  const { number } = present(asset);
  const entry = entryOn(asset, left)?.entry;
  if (entry) {
    const { zh: entryZh, en: entryEn } = ENTRY_TITLES[entry.type];
    throw assetRule('I-22', { number, entryZh, entryEn, on: dateOf(entry) }, { field: 'changes' });
  }
  const right = rightOn(asset, left);
  if (!right) return;
  const { record, conflict } = right;
  throw assetRule('I-23', { number, record }, { field: 'changes', conflict });
};
