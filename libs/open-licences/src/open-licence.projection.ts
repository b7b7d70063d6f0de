import { type EventCatalogue, type RecordedEvent, defineEvents } from '@app/event-store';
import { type RecordSummary, recordProjection } from '@app/read-model';
import type { FeeTerms } from './fee-standard.js';
import { openLicenceStream } from './open-licence.js';
import type { OpenLicenceEvent } from './open-licence-events.js';

export const openLicenceEvents: EventCatalogue<OpenLicenceEvent> = defineEvents<OpenLicenceEvent>({
  OpenLicenceDeclared: { version: 1, zh: '开放许可声明', en: 'Open licence declared' },
  OpenLicenceAnnouncementRequested: { version: 1, zh: '申请登载公告', en: 'Announcement requested' },
  OpenLicenceAnnounced: { version: 1, zh: '开放许可公告', en: 'Open licence announced' },
  OpenLicenceEndRequested: { version: 1, zh: '申请登载终止', en: 'End of the open licence requested' },
  OpenLicenceWithdrawn: { version: 1, zh: '开放许可撤回', en: 'Open licence withdrawn' },
  OpenLicenceTerminated: { version: 1, zh: '开放许可终止', en: 'Open licence ended with the patent' },
  OpenLicenceStepRefused: { version: 1, zh: '登载被拒', en: 'Refused by the title' },
  OpenLicenceSettled: { version: 1, zh: '登载办结', en: 'Title settled' },
  OpenLicenceRejected: { version: 1, zh: '声明不予公告', en: 'Declaration rejected' },
  FeeStandardChanged: { version: 1, zh: '付费标准变更', en: 'Fee standard changed' },
  OpenLicenceVoided: { version: 1, zh: '误录声明撤销', en: 'Declaration voided' },
});

type Data<Type extends OpenLicenceEvent['type']> = Extract<OpenLicenceEvent, { readonly type: Type }>['data'];

const feeDetail = ({ feeType, royaltyPermyriad, royaltyBase, instalments, valuation }: FeeTerms) => ({
  feeType,
  royaltyPermyriad: royaltyPermyriad ?? null,
  royaltyBase: royaltyBase ?? null,
  /** Months after the licence takes effect, and fen. */
  instalments: instalments?.map(({ afterMonths, amountFen }) => `${afterMonths}/${amountFen}`) ?? null,
  valuation: valuation ?? null,
});

const amountOf = ({ feeFen }: FeeTerms): bigint | null => (feeFen === undefined ? null : BigInt(feeFen));

const declared = (terms: Data<'OpenLicenceDeclared'>): RecordSummary => ({
  number: terms.number,
  title: terms.title ?? terms.assetNumber,
  universityId: terms.universityId,
  status: 'DECLARED',
  date: terms.declaredOn,
  ipType: terms.ipType,
  amountFen: amountOf(terms),
  detail: {
    assetId: terms.assetId,
    assetNumber: terms.assetNumber,
    declaredOn: terms.declaredOn,
    announcedOn: null,
    endsOn: terms.endsOn,
    withdrawnOn: null,
    ...feeDetail(terms),
    evaluationReportNo: terms.evaluationReportNo ?? null,
    evaluationReportOn: terms.evaluationReportOn ?? null,
    evaluationReportMeets: terms.evaluationReportMeets ?? null,
    declarants: terms.declarants ?? null,
    pledgeeConsent: terms.pledgeeConsent ?? null,
    note: terms.note ?? null,
    standardVersion: null,
    warnings: terms.warnings ?? [],
    pending: null,
  },
});

const withDetail = (row: RecordSummary, detail: object, status = row.status): RecordSummary => ({
  ...row,
  status,
  detail: { ...row.detail, ...detail },
});

const standardChanged = (row: RecordSummary, standard: Data<'FeeStandardChanged'>): RecordSummary => {
  const known = row.detail['warnings'] as readonly string[];
  const warnings = [...new Set([...known, ...(standard.warnings ?? [])])];
  const { version: standardVersion, announcedOn: standardFrom } = standard;
  const detail = { ...feeDetail(standard), standardVersion, standardFrom, warnings };
  return { ...withDetail(row, detail), amountFen: amountOf(standard) };
};

const refused = ({ rule, clause, zh, en }: Data<'OpenLicenceStepRefused'>) => ({
  refusalRule: rule,
  refusalClause: clause,
  refusalZh: zh,
  refusalEn: en,
});

const evolve = (before: RecordSummary | undefined, recorded: RecordedEvent): RecordSummary | undefined => {
  const event = recorded as unknown as OpenLicenceEvent;
  if (event.type === 'OpenLicenceDeclared') return declared(event.data);
  if (!before) return undefined;
  switch (event.type) {
    case 'OpenLicenceAnnouncementRequested':
      return withDetail(before, { pending: 'ANNOUNCEMENT' });
    case 'OpenLicenceEndRequested':
      return withDetail(before, { pending: event.data.cause });
    case 'OpenLicenceAnnounced':
      return withDetail(before, { ...event.data, standardVersion: 1, pending: null }, 'ANNOUNCED');
    case 'OpenLicenceWithdrawn':
      return withDetail(before, { ...event.data, pending: null }, 'WITHDRAWN');
    case 'OpenLicenceTerminated':
      return withDetail(before, { endedOn: event.data.endedOn, endCause: event.data.cause, pending: null }, 'ENDED');
    case 'OpenLicenceStepRefused':
      return withDetail(before, { ...refused(event.data), pending: null });
    case 'OpenLicenceRejected':
      return withDetail(before, { ...event.data }, 'REJECTED');
    case 'FeeStandardChanged':
      return standardChanged(before, event.data);
    case 'OpenLicenceVoided':
      return withDetail(before, { voidReason: event.data.reason }, 'VOIDED');
    case 'OpenLicenceSettled':
      return before;
  }
};

export const openLicenceRecords = recordProjection({
  kind: 'open-licence',
  version: 2,
  streamPrefix: openLicenceStream(''),
  handles: Object.keys(openLicenceEvents),
  evolve,
});
