import {
  type BilingualText,
  type Decider,
  type DecisionContext,
  type Message,
  addDays,
  assertNever,
  compactNumber,
} from '@app/kernel';
import type { NoticeFacts } from './contract-facts.js';
import { contractRule } from './contract-rules.js';
import type { AssetRef } from './contract-terms.js';
import { pricingRule } from './pricing-rules.js';

/** How an objection ended (异议处理结果). */
export const OBJECTION_OUTCOMES = {
  DISMISSED: { zh: '异议不成立', en: 'Dismissed' },
  UPHELD: { zh: '异议成立', en: 'Upheld' },
} as const satisfies Record<string, BilingualText>;
export type ObjectionOutcome = keyof typeof OBJECTION_OUTCOMES;

/** What is published before a price is agreed by negotiation (定价公示; 促进科技成果转化法 art 18). */
export interface NoticeData {
  readonly universityId: string;
  /** The university's own number of the notice, unique within it. */
  readonly number: string;
  readonly title: string;
  readonly assets: readonly AssetRef[];
  /** How the price was arrived at, as the notice says it. */
  readonly method?: string;
  /** Proposed price (拟交易价格) in fen. */
  readonly proposedFen: string;
  readonly startsOn: string;
  readonly endsOn: string;
  /** How objections are raised and dealt with (异议处理程序). */
  readonly procedure?: string;
}

interface Raised {
  readonly number: string;
  readonly raisedOn: string;
  readonly ground: string;
}
interface Resolved {
  readonly number: string;
  readonly resolvedOn: string;
  readonly outcome: ObjectionOutcome;
}
interface Withdrawn {
  readonly withdrawnOn: string;
  readonly reason: string;
}

export type PriceNoticeEvent =
  | Message<'PriceNoticePublished', NoticeData>
  | Message<'PriceObjectionRaised', Raised>
  | Message<'PriceObjectionResolved', Resolved>
  | Message<'PriceNoticeWithdrawn', Withdrawn>;

export type PriceNoticeCommand =
  | ({
      readonly type: 'PublishPriceNotice' /** Whether the law binds the university. */;
      readonly stateFounded: boolean;
    } & NoticeData)
  | ({ readonly type: 'RaiseObjection' } & Raised)
  | ({ readonly type: 'ResolveObjection' } & Resolved)
  | ({ readonly type: 'WithdrawPriceNotice' } & Withdrawn);

export interface PriceNotice {
  readonly data: NoticeData | undefined;
  readonly objections: ReadonlyMap<string, Raised & Partial<Pick<Resolved, 'resolvedOn' | 'outcome'>>>;
  readonly withdrawnOn: string | undefined;
}

type Command<Type extends PriceNoticeCommand['type']> = Extract<PriceNoticeCommand, { type: Type }>;

/** 15 days, the first not counted (国发〔2016〕16号; natural days). */
const LEAST_DAYS = 15;

const publish = (
  { type: _type, stateFounded, ...data }: Command<'PublishPriceNotice'>,
  notice: PriceNotice,
  { today }: DecisionContext,
): readonly PriceNoticeEvent[] => {
  const { startsOn, endsOn, assets } = data;
  if (notice.data) return [];
  if (startsOn > today) throw contractRule('C-30', { field: 'startsOn', date: startsOn, today }, { field: 'startsOn' });
  if (endsOn < startsOn) throw between('endsOn', endsOn, startsOn, '…');
  const distinct = new Set(assets.map(({ assetId }) => assetId));
  if (distinct.size === 0 || distinct.size !== assets.length) throw contractRule('C-32', {}, { field: 'assets' });
  if (stateFounded) assertLawful(data);
  return [{ type: 'PriceNoticePublished', data }];
};

const assertLawful = ({ startsOn, endsOn, procedure }: NoticeData): void => {
  const least = addDays(startsOn, LEAST_DAYS);
  if (pricingRule.governs('P-6', startsOn) && endsOn < least)
    throw pricingRule('P-6', { startsOn, least }, { field: 'endsOn' });
  if (pricingRule.governs('P-7', startsOn) && procedure === undefined)
    throw pricingRule('P-7', {}, { field: 'procedure' });
};

const raise = (
  { type: _type, ...data }: Command<'RaiseObjection'>,
  notice: PriceNotice,
  { today }: DecisionContext,
): readonly PriceNoticeEvent[] => {
  const { startsOn, endsOn } = present(notice);
  const earlier = notice.objections.get(data.number);
  if (earlier?.raisedOn === data.raisedOn && earlier.ground === data.ground) return [];
  if (earlier) throw pricingRule('C-72', { number: data.number }, { field: 'number' });
  assertStands(notice);
  const last = endsOn < today ? endsOn : today;
  if (data.raisedOn < startsOn || data.raisedOn > last) throw between('raisedOn', data.raisedOn, startsOn, last);
  return [{ type: 'PriceObjectionRaised', data }];
};

const resolve = (
  { type: _type, ...data }: Command<'ResolveObjection'>,
  notice: PriceNotice,
  { today }: DecisionContext,
): readonly PriceNoticeEvent[] => {
  const { number: name } = present(notice);
  const objection = notice.objections.get(data.number);
  if (!objection) throw pricingRule('C-73', { notice: name, number: data.number }, { field: 'number' });
  if (objection.resolvedOn === data.resolvedOn && objection.outcome === data.outcome) return [];
  if (objection.resolvedOn) throw pricingRule('C-72', { number: data.number }, { field: 'number' });
  if (data.resolvedOn < objection.raisedOn || data.resolvedOn > today)
    throw between('resolvedOn', data.resolvedOn, objection.raisedOn, today);
  return [{ type: 'PriceObjectionResolved', data }];
};

const withdraw = (
  { type: _type, ...data }: Command<'WithdrawPriceNotice'>,
  notice: PriceNotice,
  { today }: DecisionContext,
): readonly PriceNoticeEvent[] => {
  const { startsOn } = present(notice);
  if (notice.withdrawnOn === data.withdrawnOn) return [];
  assertStands(notice);
  if (data.withdrawnOn < startsOn || data.withdrawnOn > today)
    throw between('withdrawnOn', data.withdrawnOn, startsOn, today);
  return [{ type: 'PriceNoticeWithdrawn', data }];
};

const present = ({ data }: PriceNotice): NoticeData => {
  if (!data) throw pricingRule('C-70');
  return data;
};

const assertStands = ({ withdrawnOn: on, data }: PriceNotice): void => {
  if (on) throw pricingRule('C-71', { number: data?.number ?? '', on });
};

const between = (field: string, date: string, from: string, to: string) =>
  pricingRule('C-74', { field, date, from, to }, { field });

const decide = (
  command: PriceNoticeCommand,
  notice: PriceNotice,
  context: DecisionContext,
): readonly PriceNoticeEvent[] => {
  switch (command.type) {
    case 'PublishPriceNotice':
      return publish(command, notice, context);
    case 'RaiseObjection':
      return raise(command, notice, context);
    case 'ResolveObjection':
      return resolve(command, notice, context);
    case 'WithdrawPriceNotice':
      return withdraw(command, notice, context);
    default:
      return assertNever(command);
  }
};

const evolve = (notice: PriceNotice, event: PriceNoticeEvent): PriceNotice => {
  switch (event.type) {
    case 'PriceNoticePublished':
      return { ...notice, data: event.data };
    case 'PriceObjectionRaised':
      return { ...notice, objections: new Map([...notice.objections, [event.data.number, event.data]]) };
    case 'PriceObjectionResolved': {
      const { number, ...resolution } = event.data;
      const raised = notice.objections.get(number);
      if (!raised) return notice;
      return { ...notice, objections: new Map([...notice.objections, [number, { ...raised, ...resolution }]]) };
    }
    case 'PriceNoticeWithdrawn':
      return { ...notice, withdrawnOn: event.data.withdrawnOn };
    default:
      return assertNever(event);
  }
};

export const priceNoticeStream = (noticeId: string): string => `price-notice-${noticeId}`;

export const priceNoticeClaim = ({ universityId, number }: Pick<NoticeData, 'universityId' | 'number'>): string =>
  `${universityId}/${compactNumber(number)}`;

/** The notice as a contract under it is judged by. @throws Refusal C-70 */
export const noticeFacts = (noticeId: string, notice: PriceNotice): NoticeFacts => {
  const { universityId, number, assets, proposedFen, startsOn, endsOn } = present(notice);
  return {
    noticeId,
    universityId,
    number,
    proposedFen,
    startsOn,
    endsOn,
    assetIds: assets.map(({ assetId }) => assetId),
    ...(notice.withdrawnOn ? { withdrawnOn: notice.withdrawnOn } : {}),
    objections: [...notice.objections.values()].map(({ number: name, raisedOn, resolvedOn, outcome }) => ({
      number: name,
      raisedOn,
      ...(resolvedOn ? { resolvedOn } : {}),
      ...(outcome === 'UPHELD' ? { isUpheld: true } : {}),
    })),
  };
};

export const priceNoticeDecider: Decider<PriceNotice, PriceNoticeCommand, PriceNoticeEvent> = {
  initial: { data: undefined, objections: new Map(), withdrawnOn: undefined },
  decide,
  evolve,
};
