import { type EventCatalogue, type RecordedEvent, defineEvents } from '@app/event-store';
import { type RecordSummary, recordProjection } from '@app/read-model';
import type { ContractEvent, ContractEventOf } from './contract-events.js';
import { exceedsIncome } from './contract-money.js';
import { isRecordable, recordingDueOn } from './contract-recording.js';
import { contractStream } from './contract-state.js';
import { type ContractTerms, instalmentsIn } from './contract-terms.js';

export const contractEvents: EventCatalogue<ContractEvent> = defineEvents<ContractEvent>({
  LodgementRequested: { version: 1, zh: '合同申请入账', en: 'Lodgement requested' },
  ContractLodged: { version: 1, zh: '合同入账', en: 'Contract lodged' },
  ContractRefused: { version: 1, zh: '合同被拒', en: 'Contract refused' },
  LicenceRecorded: { version: 1, zh: '许可备案', en: 'Licence recorded' },
  RecordingRefused: { version: 1, zh: '不予备案', en: 'Recording refused' },
  RecordingCancelled: { version: 1, zh: '撤销备案', en: 'Recording cancelled' },
  LicenceDeregistered: { version: 1, zh: '备案注销', en: 'Licence deregistered' },
  TransferRegistered: { version: 1, zh: '转让登记', en: 'Transfer registered' },
  ContractCorrected: { version: 1, zh: '合同更正', en: 'Contract corrected' },
  AmendmentRequested: { version: 1, zh: '合同变更申请', en: 'Amendment requested' },
  ContractAmended: { version: 1, zh: '合同变更', en: 'Contract amended' },
  AmendmentRefused: { version: 1, zh: '合同变更被拒', en: 'Amendment refused' },
  LicenceTerminated: { version: 1, zh: '许可解除', en: 'Licence terminated' },
  VoidRequested: { version: 1, zh: '合同作废申请', en: 'Voiding requested' },
  ContractVoided: { version: 1, zh: '合同作废', en: 'Contract voided' },
  VoidRefused: { version: 1, zh: '合同作废被拒', en: 'Voiding refused' },
  PaymentReceived: { version: 1, zh: '款项到账', en: 'Payment received' },
  PaymentReversed: { version: 1, zh: '到账冲销', en: 'Payment reversed' },
  RewardDistributed: { version: 1, zh: '奖励分配', en: 'Reward distributed' },
  RewardReversed: { version: 1, zh: '奖励冲销', en: 'Reward reversed' },
  TechnologyContractRegistered: { version: 1, zh: '技术合同认定登记', en: 'Technology contract registered' },
  ContractSettled: { version: 1, zh: '权利登载完成', en: 'Titles settled' },
});

type Detail = RecordSummary['detail'];

/** What a record page shows is flat: parts of the terms by names of their own. */
const flatTerms = (terms: Partial<ContractTerms>): Detail => {
  const { listing, royalty, instalments, equity, ...flat } = terms;
  return {
    ...flat,
    ...(listing && {
      platform: listing.platform,
      listingNo: listing.listingNo,
      listedFrom: listing.from,
      listedTo: listing.to,
    }),
    ...(royalty && { royaltyPermyriad: royalty.permyriad, royaltyBase: royalty.base }),
    ...(instalments && { instalments: instalments.map(({ dueOn, amountFen }) => `${dueOn} ${amountFen}`) }),
    ...(equity && {
      equityCompany: equity.company,
      ...(equity.companyCode ? { equityCompanyCode: equity.companyCode } : {}),
      equitySharePermyriad: equity.sharePermyriad,
      equityValueFen: equity.valueFen,
    }),
  };
};

const requested = (data: ContractEventOf<'LodgementRequested'>['data']): RecordSummary => {
  const { universityId, number, counterparty, assets, inChangsha, feeFen, ...terms } = data;
  return {
    number,
    title: assets.map((asset) => asset.number).join('；'),
    universityId,
    counterparty,
    status: 'REQUESTED',
    date: terms.effectiveOn,
    ipType: assets[0]?.ipType ?? null,
    amountFen: feeFen === undefined ? null : BigInt(feeFen),
    detail: {
      ...flatTerms(terms),
      assets: assets.map((asset) => asset.number),
      assetIds: assets.map(({ assetId }) => assetId),
      inChangsha: inChangsha.value,
      inChangshaRule: inChangsha.rule,
      ...(isRecordable(data) ? { dueOn: recordingDueOn(terms.effectiveOn) } : {}),
    },
  };
};

const refused = ({ rule, clause, zh, en }: ContractEventOf<'ContractRefused'>['data']) => ({
  refusalRule: rule,
  refusalClause: clause,
  refusalZh: zh,
  refusalEn: en,
});

/** Due date and punctuality follow the day of effect and of recording as they are known now. */
const timed = (row: RecordSummary): RecordSummary => {
  const { dueOn, recordedOn, effectiveOn } = row.detail;
  if (dueOn === undefined || typeof effectiveOn !== 'string') return row;
  const due = recordingDueOn(effectiveOn);
  const onTime = typeof recordedOn === 'string' ? recordedOn <= due : null;
  return { ...row, detail: { ...row.detail, dueOn: due, onTime } };
};

const withDetail = (row: RecordSummary, detail: Detail): RecordSummary => ({
  ...row,
  detail: { ...row.detail, ...detail },
});

const replanned = (row: RecordSummary, plan: string): RecordSummary => ({
  ...withDetail(row, { instalments: plan.split('；') }),
  amountFen: instalmentsIn(plan).reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n),
});

const corrected = (before: RecordSummary, data: ContractEventOf<'ContractCorrected'>['data']): RecordSummary => {
  const { field, to, inChangsha } = data;
  const row = before.detail['pendingChange'] === data.number ? withDetail(before, { pendingChange: null }) : before;
  if (field === 'feeFen') return { ...row, amountFen: BigInt(to as string) };
  if (field === 'counterparty')
    return withDetail(
      { ...row, counterparty: String(to) },
      { counterpartyUniversity: data.counterpartyUniversity ?? null },
    );
  if (field === 'instalments') return replanned(row, String(to));
  const after = withDetail(row, { [field]: to, ...(inChangsha ? { inChangsha: inChangsha.value } : {}) });
  return timed(field === 'effectiveOn' ? { ...after, date: String(to) } : after);
};

const listIn = ({ detail }: RecordSummary, field: string): readonly string[] =>
  (detail[field] as string[] | undefined) ?? [];

const amended = (
  row: RecordSummary,
  { number, changes, warnings }: ContractEventOf<'ContractAmended'>['data'],
): RecordSummary => {
  const { feeFen, ...terms } = changes;
  const amendments = [...listIn(row, 'amendments'), number];
  const after = withDetail(flagged(row, warnings), { ...flatTerms(terms), amendments, pendingChange: null });
  return feeFen === undefined ? after : { ...after, amountFen: BigInt(feeFen) };
};

const fenIn = ({ detail }: RecordSummary, field: string): bigint =>
  BigInt((detail[field] as string | undefined) ?? '0');

const paid = (
  row: RecordSummary,
  { number, receivedOn, kind, amountFen }: ContractEventOf<'PaymentReceived'>['data'],
) =>
  withDetail(row, {
    payments: [...listIn(row, 'payments'), `${receivedOn} ${kind} ${amountFen} ${number}`],
    receivedFen: (fenIn(row, 'receivedFen') + BigInt(amountFen)).toString(),
  });

const reversed = (row: RecordSummary, number: string): RecordSummary => {
  const payments = listIn(row, 'payments');
  const entry = payments.find((line) => line.split(' ').slice(3).join(' ') === number);
  const amountFen = BigInt(entry?.split(' ')[2] ?? '0');
  return withDetail(row, {
    payments: payments.filter((line) => line !== entry),
    receivedFen: (fenIn(row, 'receivedFen') - amountFen).toString(),
  });
};

const rewarded = (row: RecordSummary, data: ContractEventOf<'RewardDistributed'>['data']): RecordSummary =>
  withDetail(row, {
    rewards: [...listIn(row, 'rewards'), `${data.distributedOn} ${data.rewardFen} ${data.number}`],
    costsFen: (fenIn(row, 'costsFen') + BigInt(data.costsFen)).toString(),
    netIncomeFen: (fenIn(row, 'netIncomeFen') + BigInt(data.netIncomeFen)).toString(),
    rewardFen: (fenIn(row, 'rewardFen') + BigInt(data.rewardFen)).toString(),
  });

const rewardReversed = (row: RecordSummary, data: ContractEventOf<'RewardReversed'>['data']): RecordSummary =>
  withDetail(row, {
    rewards: listIn(row, 'rewards').filter((line) => line.split(' ').slice(2).join(' ') !== data.number),
    costsFen: (fenIn(row, 'costsFen') - BigInt(data.costsFen)).toString(),
    netIncomeFen: (fenIn(row, 'netIncomeFen') - BigInt(data.netIncomeFen)).toString(),
    rewardFen: (fenIn(row, 'rewardFen') - BigInt(data.rewardFen)).toString(),
  });

const technology = (row: RecordSummary, data: ContractEventOf<'TechnologyContractRegistered'>['data']): RecordSummary =>
  withDetail(row, {
    technologyContractNo: data.technologyContractNo,
    technologyRegisteredOn: data.registeredOn,
    technologyAmountFen: data.amountFen,
  });

/** The row with more flags beside those it has. */
const flagged = (row: RecordSummary, more: readonly string[] = []): RecordSummary =>
  more.length === 0 ? row : withDetail(row, { warnings: [...new Set([...listIn(row, 'warnings'), ...more])] });

/** Flagged C-68 while rewards exceed what was received less the costs; rewards from shares do not rest on payments. */
const covered = (row: RecordSummary): RecordSummary => {
  const [received, costs, reward] = [fenIn(row, 'receivedFen'), fenIn(row, 'costsFen'), fenIn(row, 'rewardFen')];
  if (row.detail['mode'] !== 'EQUITY' && exceedsIncome({ received, costs, reward })) return flagged(row, ['C-68']);
  const warnings = listIn(row, 'warnings');
  return warnings.includes('C-68') ? withDetail(row, { warnings: warnings.filter((rule) => rule !== 'C-68') }) : row;
};

const recordedLicence = (row: RecordSummary, data: ContractEventOf<'LicenceRecorded'>['data']): RecordSummary => {
  const { recordNo, recordedOn, warnings } = data;
  // Recorded anew, it is not deregistered any more.
  const anew = row.detail['deregisteredOn'] === undefined ? {} : { deregisteredOn: null };
  return { ...timed(withDetail(flagged(row, warnings), { recordNo, recordedOn, ...anew })), status: 'RECORDED' };
};

const deregistered = (row: RecordSummary, data: ContractEventOf<'LicenceDeregistered'>['data']): RecordSummary => {
  const { deregisteredOn, reason: deregistrationReason, warnings } = data;
  const said = { deregisteredOn, ...(deregistrationReason ? { deregistrationReason } : {}) };
  return withDetail(flagged(row, warnings), said);
};

const evolve = (row: RecordSummary | undefined, recorded: RecordedEvent): RecordSummary | undefined => {
  const event = recorded as unknown as ContractEvent;
  if (event.type === 'LodgementRequested') return requested(event.data);
  return row && after(row, event);
};

const after = (row: RecordSummary, event: Exclude<ContractEvent, { type: 'LodgementRequested' }>): RecordSummary => {
  switch (event.type) {
    case 'ContractLodged':
      return { ...row, status: 'LODGED' };
    case 'ContractRefused':
      return { ...withDetail(row, refused(event.data)), status: 'REFUSED' };
    case 'LicenceRecorded':
      return recordedLicence(row, event.data);
    case 'RecordingRefused':
      return withDetail(row, { recordingRefusedOn: event.data.refusedOn, recordingRefusalGround: event.data.ground });
    case 'RecordingCancelled': {
      const { cancelledOn: recordingCancelledOn, reason: recordingCancellationReason } = event.data;
      const cancelled = { recordedOn: null, onTime: null, recordingCancelledOn, recordingCancellationReason };
      return { ...withDetail(row, cancelled), status: row.status === 'RECORDED' ? 'LODGED' : row.status };
    }
    case 'LicenceDeregistered':
      return deregistered(row, event.data);
    case 'TransferRegistered':
      return { ...withDetail(row, event.data), status: 'REGISTERED' };
    case 'ContractCorrected':
      return corrected(row, event.data);
    case 'AmendmentRequested':
      return withDetail(row, { pendingChange: event.data.number });
    case 'ContractAmended':
      return amended(row, event.data);
    case 'AmendmentRefused':
    case 'VoidRefused':
      return withDetail(row, { pendingChange: null });
    case 'LicenceTerminated':
      return {
        ...withDetail(row, { terminatedOn: event.data.on, terminationReason: event.data.reason }),
        status: 'TERMINATED',
      };
    case 'VoidRequested':
      return withDetail(row, { pendingChange: 'VOIDING' });
    case 'ContractVoided':
      return { ...withDetail(row, { voidedOn: event.data.voidedOn, pendingChange: null }), status: 'VOIDED' };
    case 'PaymentReceived':
      return covered(paid(row, event.data));
    case 'PaymentReversed':
      return covered(reversed(row, event.data.number));
    case 'RewardDistributed':
      return rewarded(row, event.data);
    case 'RewardReversed':
      return covered(rewardReversed(row, event.data));
    case 'TechnologyContractRegistered':
      return technology(row, event.data);
    case 'ContractSettled':
      return row;
  }
};

export const contractRecords = recordProjection({
  kind: 'contract',
  version: 4,
  streamPrefix: contractStream(''),
  handles: Object.keys(contractEvents),
  evolve,
});
