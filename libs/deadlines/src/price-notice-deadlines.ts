import { type LegalDate, type Message } from '@app/kernel';
import { type Deadline, type RecordOf, cancelled, deadline, fixedTerm, lapsedAfter, met, noTerm } from './deadline.js';
import { deadlineCase } from './deadline-case.js';

interface Notice {
  readonly universityId: string;
  readonly number: string;
  readonly title: string;
  readonly startsOn: LegalDate;
  readonly endsOn: LegalDate;
}

export type PriceNoticeDeadlineEvent =
  | Message<'PriceNoticePublished', Notice>
  | Message<'PriceObjectionRaised', { readonly number: string; readonly raisedOn: LegalDate }>
  | Message<'PriceObjectionResolved', { readonly number: string; readonly resolvedOn: LegalDate }>
  | Message<'PriceNoticeWithdrawn', { readonly withdrawnOn: LegalDate }>;

interface Objection {
  readonly number: string;
  readonly raisedOn: LegalDate;
  readonly resolvedOn?: LegalDate;
}

interface PriceNoticeCase {
  readonly notice: Notice;
  readonly objections: readonly Objection[];
  readonly withdrawnOn?: LegalDate;
}

const evolve = (state: PriceNoticeCase | undefined, event: PriceNoticeDeadlineEvent): PriceNoticeCase | undefined => {
  if (event.type === 'PriceNoticePublished') {
    const { universityId, number, title, startsOn, endsOn } = event.data;
    return { notice: { universityId, number, title, startsOn, endsOn }, objections: [] };
  }
  if (!state) return undefined;
  switch (event.type) {
    case 'PriceObjectionRaised': {
      const { number, raisedOn } = event.data;
      return { ...state, objections: [...state.objections, { number, raisedOn }] };
    }
    case 'PriceObjectionResolved': {
      const { number, resolvedOn } = event.data;
      const objections = state.objections.map((one) => (one.number === number ? { ...one, resolvedOn } : one));
      return { ...state, objections };
    }
    case 'PriceNoticeWithdrawn':
      return { ...state, withdrawnOn: event.data.withdrawnOn };
  }
};

const deadlines = ({ notice, objections, withdrawnOn }: PriceNoticeCase, id: string): readonly Deadline[] => {
  const { universityId, number, title, startsOn, endsOn } = notice;
  const record: RecordOf = { universityId, recordKind: 'price-notice', recordId: id, recordNumber: number, title };
  const withdrawn = cancelled(withdrawnOn, 'PriceNoticeWithdrawn');
  return [
    deadline({
      kind: 'PRICE_NOTICE_END',
      record,
      opensOn: startsOn,
      term: fixedTerm(endsOn),
      closings: [withdrawn, lapsedAfter(endsOn)],
    }),
    ...objections.map(({ number: objection, raisedOn, resolvedOn }) =>
      deadline({
        kind: 'PRICE_OBJECTION',
        record,
        opensOn: raisedOn,
        term: noTerm,
        tail: objection,
        detail: { objection, raisedOn },
        closings: [met(resolvedOn, 'PriceObjectionResolved'), withdrawn],
      }),
    ),
  ];
};

/** Price notices, by `price-notice-<id>`. */
export const priceNoticeCase = deadlineCase<PriceNoticeCase, PriceNoticeDeadlineEvent>({
  types: ['PriceNoticePublished', 'PriceObjectionRaised', 'PriceObjectionResolved', 'PriceNoticeWithdrawn'],
  evolve,
  deadlines,
});
