import { choice, date, filled, type ImportKind, importKind, integer, list, text, yesNo, yuan } from '@app/imports';
import { type BilingualText, compactNumber, permyriadOf } from '@app/kernel';
import { FindUniversity } from '@app/registry';
import type { CommandBus, QueryBus } from '@nestjs/cqrs';
import {
  type AssetEntry,
  type AssetEntryType,
  type CoOwner,
  ENTRY_TITLES,
  INVALIDATION_SCOPES,
  LAPSE_CAUSES,
  REGISTRATION_ENDS,
  SUSPENSION_CAUSES,
} from './asset-entry.js';
import { EnterAssetFact } from './asset-entry.handler.js';
import { FindAsset } from './asset.handler.js';
import { assetRule } from './asset-rules.js';

const CAUSES = { ...REGISTRATION_ENDS, ...LAPSE_CAUSES, ...SUSPENSION_CAUSES, ...INVALIDATION_SCOPES };

const columns = {
  university: text({ zh: '高校', en: 'University', required: true, example: '湖南大学' }),
  asset: text({ zh: '知识产权号', en: 'Asset', required: true, example: 'ZL201910699568.X' }),
  entry: choice(ENTRY_TITLES)({ zh: '事项', en: 'Entry', required: true, example: '年费缴纳' }),
  on: date({ zh: '日期', en: 'Date', required: true, example: '2023-07-20' }),
  documentNo: text({ zh: '文号', en: 'Document number' }),
  party: list({ zh: '当事人', en: 'Party', example: '示例银行' }),
  amount: yuan({ zh: '金额(元)', en: 'Amount (yuan)' }),
  year: integer({ zh: '年度', en: 'Year', example: '5' }),
  cause: choice(CAUSES)({ zh: '原因', en: 'Cause' }),
  to: date({ zh: '有效期至', en: 'Valid until' }),
  openLicenceConsent: yesNo({ zh: '质权人同意开放许可', en: 'Pledgee consents to an open licence' }),
  note: text({ zh: '备注', en: 'Note' }),
};

/** What a row of the sheet says, cell by cell. */
interface EntryCells {
  readonly entry: AssetEntryType;
  readonly on: string;
  readonly documentNo?: string;
  readonly party?: readonly string[];
  readonly amount?: string;
  readonly year?: number;
  readonly cause?: string;
  readonly to?: string;
  readonly openLicenceConsent?: boolean;
  readonly note?: string;
}

/** `名称/30%` or only a name. @throws Refusal I-14 */
export const coOwner = (cell: string): CoOwner => {
  const [, name, share] = /^([^/]+)(?:\/([\d.]+%))?$/.exec(cell) ?? [];
  const sharePermyriad = share === undefined ? undefined : permyriadOf(share);
  const whole = sharePermyriad === undefined || sharePermyriad === 0 || sharePermyriad >= 10_000;
  if (!name || (share !== undefined && whole)) throw assetRule('I-14', { value: cell }, { field: 'coOwners' });
  return sharePermyriad === undefined ? { name } : { name, sharePermyriad };
};

/** The cell an entry cannot do without. @throws Refusal I-21 */
const needed = <Field extends keyof EntryCells>(cells: EntryCells, field: Field): NonNullable<EntryCells[Field]> => {
  const value = cells[field];
  if (value !== undefined) return value as NonNullable<EntryCells[Field]>;
  const { zh: entryZh, en: entryEn } = ENTRY_TITLES[cells.entry];
  const column = columns[field as keyof typeof columns];
  throw assetRule('I-21', { entryZh, entryEn, column: `${column.zh} / ${column.en}` }, { field });
};

const causeOf = <Causes extends Readonly<Record<string, BilingualText>>>(
  cells: EntryCells,
  causes: Causes,
): keyof Causes & string => {
  const cause = needed(cells, 'cause');
  if (Object.hasOwn(causes, cause)) return cause as keyof Causes & string;
  const { zh: entryZh, en: entryEn } = ENTRY_TITLES[cells.entry];
  const options = Object.values(causes)
    .map(({ zh: label }) => label)
    .join('、');
  throw assetRule(
    'I-21',
    { entryZh, entryEn, column: `${columns.cause.zh} / ${columns.cause.en}: ${options}` },
    { field: 'cause' },
  );
};

type DataOf = { readonly [Type in AssetEntryType]: (cells: EntryCells) => Extract<AssetEntry, { type: Type }>['data'] };

const dated = ({ on, note }: EntryCells) => ({ on, ...(note ? { note } : {}) });

/** What each entry takes from the cells. */
const DATA: DataOf = {
  PatentPublished: (cells) => ({ ...dated(cells), ...(cells.documentNo ? { publicationNo: cells.documentNo } : {}) }),
  PatentGranted: dated,
  PatentLapsed: (cells) => ({ ...dated(cells), cause: causeOf(cells, LAPSE_CAUSES) }),
  PatentRestored: dated,
  PatentInvalidated: (cells) => ({
    ...dated(cells),
    scope: causeOf(cells, INVALIDATION_SCOPES),
    decisionNo: needed(cells, 'documentNo'),
  }),
  RightRegistered: dated,
  RegistrationRenewed: (cells) => ({ ...dated(cells), to: needed(cells, 'to') }),
  RegistrationEnded: (cells) => ({ ...dated(cells), cause: causeOf(cells, REGISTRATION_ENDS) }),
  SecretDisclosed: dated,
  PledgeRegistered: (cells) => ({
    ...dated(cells),
    pledgeNo: needed(cells, 'documentNo'),
    pledgee: needed(cells, 'party').join('；'),
    ...(cells.amount ? { amountFen: cells.amount } : {}),
    openLicenceConsent: cells.openLicenceConsent ?? false,
  }),
  PledgeReleased: (cells) => ({ ...dated(cells), pledgeNo: needed(cells, 'documentNo') }),
  SuspensionStarted: (cells) => ({
    ...dated(cells),
    documentNo: needed(cells, 'documentNo'),
    cause: causeOf(cells, SUSPENSION_CAUSES),
  }),
  SuspensionEnded: (cells) => ({ ...dated(cells), documentNo: needed(cells, 'documentNo') }),
  AnnuityPaid: ({ on: paidOn, ...cells }) => ({
    year: needed({ on: paidOn, ...cells }, 'year'),
    paidOn,
    ...(cells.amount ? { feeFen: cells.amount } : {}),
    ...(cells.note ? { note: cells.note } : {}),
  }),
  CoOwnersChanged: (cells) => ({
    ...dated(cells),
    coOwners: (cells.party ?? []).map(coOwner),
    documentNo: needed(cells, 'documentNo'),
  }),
};

const identityPart = ({ documentNo, year, on }: Pick<EntryCells, 'documentNo' | 'year' | 'on'>): string =>
  documentNo ?? (year === undefined ? on : String(year));

/** The sheet of facts of legal lives (登记簿事项). */
export const entrySheet = (commands: CommandBus, queries: QueryBus): ImportKind =>
  importKind({
    kind: 'asset-entries',
    title: { zh: '登记簿事项', en: 'Title register entries' },
    order: 55,
    columns,
    identity: ({ university, asset, entry, documentNo, year, on }) => [
      university,
      compactNumber(asset),
      entry,
      identityPart(filled({ documentNo, year, on }) as Pick<EntryCells, 'documentNo' | 'year' | 'on'>),
    ],
    touches: ({ asset }) => [compactNumber(asset)],
    execute: async ({ university, asset, ...row }, { step }) => {
      const { universityId } = await queries.execute(new FindUniversity(university));
      const cells = filled(row) as unknown as EntryCells;
      const entry = { type: cells.entry, data: DATA[cells.entry](cells) } as AssetEntry;
      const { assetId } = await queries.execute(new FindAsset(universityId, asset, 'asset'));
      return (await commands.execute(new EnterAssetFact(assetId, entry, step('enter', entry)))).written;
    },
  });
