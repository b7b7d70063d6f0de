import type { ContractEvent, PriceNoticeEvent } from '@app/contracts';
import type { DisclosureEvent, EvaluationEvent } from '@app/disclosures';
import type { FundYearEvent } from '@app/fund';
import type { AnnualReportEvent } from '@app/growth';
import type { Message } from '@app/kernel';
import type { OpenGrantEvent, OpenLicenceEvent } from '@app/open-licences';
import type { AssetEvent } from '@app/patents';
import { recorded } from '@app/testing';
import type { ReportDeadlineEvent } from './annual-reports.js';
import type { ContractDeadlineEvent } from './contract-case.js';
import { DEADLINE_EVENTS, deadlinesOf, touchesOf } from './deadlines.js';
import type { DisclosureDeadlineEvent, EvaluationDeadlineEvent } from './disclosure-deadlines.js';
import type { OpenGrantDeadlineEvent, OpenLicenceDeadlineEvent } from './open-licence-deadlines.js';
import type { PatentDeadlineEvent } from './patent-deadlines.js';
import type { PriceNoticeDeadlineEvent } from './price-notice-deadlines.js';
import type { FundYearDeadlineEvent } from './registry-deadlines.js';

/** The types of ours whose data the slice no longer writes so; a renamed field or event stops compiling below. */
type Misread<Ours extends Message, Theirs extends Message> = {
  [Type in Ours['type']]: [Extract<Theirs, { type: Type }>] extends [never]
    ? Type
    : // Ids are told by the router, from the stream.
      Extract<Theirs, { type: Type }>['data'] & { readonly id: string } extends Extract<Ours, { type: Type }>['data']
      ? never
      : Type;
}[Ours['type']];
const readsAll = <Types>(...misread: [Types] extends [never] ? [] : [Types]) => misread;

it('reads the events as the slices write them', () => {
  const misread = [
    readsAll<Misread<ContractDeadlineEvent, ContractEvent>>(),
    readsAll<Misread<PriceNoticeDeadlineEvent, PriceNoticeEvent>>(),
    readsAll<Misread<PatentDeadlineEvent, AssetEvent>>(),
    readsAll<Misread<OpenLicenceDeadlineEvent, OpenLicenceEvent>>(),
    readsAll<Misread<OpenGrantDeadlineEvent, OpenGrantEvent>>(),
    readsAll<Misread<DisclosureDeadlineEvent, DisclosureEvent | EvaluationEvent | AssetEvent>>(),
    readsAll<Misread<EvaluationDeadlineEvent, EvaluationEvent>>(),
    readsAll<Misread<FundYearDeadlineEvent, FundYearEvent>>(),
    readsAll<Misread<ReportDeadlineEvent, AnnualReportEvent>>(),
  ];
  expect(misread.flat()).toEqual([]);
});

it('asks nothing of events and keys that concern no deadline', () => {
  const [settled, elsewhere] = recorded(
    ['contract-c1', { type: 'ContractSettled', data: { revision: 1 } }],
    ['unknown-x', { type: 'LicenceRecorded', data: {} }],
  );
  expect([settled, elsewhere].flatMap((event) => (event ? touchesOf(event, undefined) : []))).toEqual([]);
  expect(deadlinesOf('unknown/x', {})).toEqual([]);
  expect(new Set(DEADLINE_EVENTS).size).toBe(DEADLINE_EVENTS.length);
});
