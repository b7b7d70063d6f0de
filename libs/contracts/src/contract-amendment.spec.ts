import { specFor } from '@app/testing';
import { contractDecider } from './contract.js';
import type { ContractCommand, ContractEvent } from './contract-events.js';
import type { DealFacts } from './contract-facts.js';
import type { ContractTerms, TermChanges } from './contract-terms.js';

const given = specFor(contractDecider);
const terms: ContractTerms = {
  universityId: 'hnu',
  number: '示例-HT-1',
  mode: 'LICENCE',
  assets: [{ assetId: 'a1', ipType: 'INVENTION', number: '201910699568X' }],
  counterparty: '示例公司',
  signedOn: '2023-03-01',
  effectiveOn: '2023-03-15',
  endsOn: '2026-03-14',
  feeType: 'LUMP_SUM',
  feeFen: '10000',
  pricingMethod: 'NEGOTIATED',
};
const inChangsha = { rule: 'in-changsha/1', value: null } as const;
const unsettled = (more: Partial<ContractTerms> = {}): ContractEvent[] => [
  { type: 'LodgementRequested', data: { ...terms, ...more, inChangsha } },
  { type: 'ContractLodged', data: { assets: ['a1'] } },
];
const settled = (revision: number): ContractEvent => ({ type: 'ContractSettled', data: { revision } });
const lodged = (more: Partial<ContractTerms> = {}): ContractEvent[] => [...unsettled(more), settled(0)];
const unbound: DealFacts = { stateFounded: false };
const amendment = (changes: TermChanges, more: object = {}) => ({
  number: '示例-BG-1',
  changes,
  signedOn: '2024-01-10',
  reason: '示例',
  ...more,
});
const amend = (changes: TermChanges, more: object = {}, facts: DealFacts = unbound): ContractCommand => ({
  type: 'AmendContract',
  ...amendment(changes, more),
  facts,
});
const requested = (changes: TermChanges): ContractEvent => ({
  type: 'AmendmentRequested',
  data: { kind: 'AMENDMENT', ...amendment(changes) },
});
const amended = (changes: TermChanges): ContractEvent => ({ type: 'ContractAmended', data: amendment(changes) });
const approved = { reason: '示例', evidence: '示例-佐证-1', approver: 'reviewer' };
const refusal = { rule: 'L-2', clause: '示例', zh: '示例', en: 'sample' };
const longer = { endsOn: '2028-03-14' };

describe('amending', () => {
  it.each([longer, { territory: ['430000'] }, { fields: ['C39'] }, { licenceKind: 'EXCLUSIVE' }] as TermChanges[])(
    'asks the titles about %j, and is accepted or refused with them',
    (changes) => {
      given(...lodged())
        .when(amend(changes))
        .then(requested(changes));
      const asked = given(...lodged(), requested(changes));
      asked.when({ type: 'CommitChange', revision: 3 }).then(amended(changes));
      asked
        .when({ type: 'RefuseChange', revision: 3, ...refusal })
        .then({ type: 'AmendmentRefused', data: { number: '示例-BG-1', ...refusal } });
    },
  );
  it('is accepted at once where the titles need not know', () => {
    given(...unsettled())
      .when(amend({ feeFen: '20000' }))
      .then(amended({ feeFen: '20000' }));
  });
  it('changes the terms once it is decided', () => {
    const { terms: before } = given(...lodged(), requested(longer)).state();
    expect(before?.endsOn).toBe('2026-03-14');
    const after = given(...lodged(), requested(longer), amended(longer)).state();
    expect(after).toMatchObject({ terms: longer, pending: undefined, unsettled: 4, decided: { isRefused: false } });
  });
  it('is ignored when it was asked for or entered before', () => {
    given(...lodged(), requested(longer))
      .when(amend(longer))
      .thenNothing();
    given(...lodged(), requested(longer), amended(longer), settled(4))
      .when(amend(longer))
      .thenNothing();
  });
  it('L-36: ends no licence in the past', () => {
    given(...lodged())
      .when(amend({ endsOn: '2024-01-09' }))
      .thenRefuses('L-36', 'endsOn');
    given(...lodged())
      .when(amend({ endsOn: '2024-01-10' }))
      .then(requested({ endsOn: '2024-01-10' }));
  });
  it('L-37: amends no licence that has ended', () => {
    const short = lodged({ endsOn: '2024-01-09' });
    given(...short)
      .when(amend(longer))
      .thenRefuses('L-37', 'changes');
    given(...lodged({ endsOn: '2024-01-10' }))
      .when(amend(longer))
      .then(requested(longer));
  });
  it('C-52: is refused when its number stands for another', () => {
    given(...lodged(), amended({ feeFen: '20000' }))
      .when(amend({ feeFen: '30000' }))
      .thenRefuses('C-52', 'number');
    given(...lodged(), requested(longer))
      .when(amend({ endsOn: '2029-01-01' }))
      .thenRefuses('C-52', 'number');
  });
  it('takes the number of a refused one', () => {
    const refusedOnce: ContractEvent = { type: 'AmendmentRefused', data: { number: '示例-BG-1', ...refusal } };
    given(...lodged(), requested(longer), refusedOnce, settled(4))
      .when(amend(longer))
      .then(requested(longer));
  });
  it('C-53: is refused when it changes nothing', () => {
    given(...lodged())
      .when(amend({}))
      .thenRefuses('C-53', 'changes');
    given(...lodged())
      .when(amend({ feeFen: '10000' }))
      .thenRefuses('C-53', 'changes');
  });
  it('C-45: waits until the titles follow the contract', () => {
    given(...unsettled())
      .when(amend(longer))
      .thenRefuses('C-45');
    given(...lodged(), requested(longer))
      .when(amend({ fields: ['C39'] }, { number: '示例-BG-2' }))
      .thenRefuses('C-45');
  });
  it('C-31, C-39, C-34, C-49: is as sound as a contract', () => {
    given(...lodged())
      .when(amend({ endsOn: '2023-03-14' }))
      .thenRefuses('C-31', 'endsOn');
    given(...lodged())
      .when(amend(longer, { signedOn: '2023-02-28' }))
      .thenRefuses('C-39', 'signedOn');
    given(...lodged())
      .when(amend({ feeFen: '0' }))
      .thenRefuses('C-34', 'fee');
    const { endsOn: _ends, ...sale } = { ...terms, mode: 'TRANSFER' as const };
    given(
      { type: 'LodgementRequested', data: { ...sale, inChangsha } },
      { type: 'ContractLodged', data: { assets: [] } },
    )
      .when(amend({ territory: ['430000'] }))
      .thenRefuses('C-49', 'territory');
  });
  it('C-63: keeps what was received within the terms', () => {
    const data = { number: '示例-DZ-1', receivedOn: '2023-04-01', amountFen: '9000', kind: 'LUMP_SUM' } as const;
    const history = [...lodged(), { type: 'PaymentReceived', data } as const];
    given(...history)
      .when(amend({ feeFen: '8999' }))
      .thenRefuses('C-63', 'amount');
    given(...history)
      .when(amend({ feeFen: '9000' }))
      .then(amended({ feeFen: '9000' }));
  });

  describe('the price', () => {
    const notice = {
      noticeId: 'n1',
      number: '示例-GS-1',
      universityId: 'hnu',
      assetIds: ['a1'],
      proposedFen: '10000',
      startsOn: '2023-02-01',
      endsOn: '2023-02-20',
      objections: [],
    };
    const bound = (more: object = {}): DealFacts => ({ stateFounded: true, notice: { ...notice, ...more } });
    const published = lodged({ priceNotice: '示例-GS-1' });
    it('P-2: is refused below what the new notice published', () =>
      given(...published)
        .when(amend({ feeFen: '9999', priceNotice: '示例-GS-2' }, {}, bound()))
        .thenRefuses('P-2', 'fee'));
    const exemption = { priceNoticeExemption: '示例：已按原程序公示' };
    const listing = { platform: '示例平台', listingNo: '2', from: '2023-12-01', to: '2024-01-09' };
    it('P-9: gives no more, and asks no less, without a notice, whatever the method', () => {
      const wider = [longer, { licenceKind: 'SOLE' }, { feeFen: '9999' }] as TermChanges[];
      for (const changes of wider)
        for (const pricingMethod of ['NEGOTIATED', 'AUCTION'] as const)
          given(...lodged({ pricingMethod }))
            .when(amend(changes, {}, { stateFounded: true }))
            .thenRefuses('P-9', 'priceNotice');
      given(...lodged({ territory: ['430100'] }))
        .when(amend({ territory: ['430000'] }, {}, { stateFounded: true }))
        .thenRefuses('P-9');
    });
    it('P-9: accepts a reason, which is flagged, a new listing, and what gives less', () => {
      const warned = { ...amendment({ feeFen: '9999', ...exemption }), warnings: ['P-9'] };
      given(...published)
        .when(amend({ feeFen: '9999', ...exemption }, {}, bound()))
        .then({ type: 'ContractAmended', data: warned });
      given(...lodged({ pricingMethod: 'AUCTION' }))
        .when(amend({ feeFen: '9999', listing }, {}, { stateFounded: true }))
        .then(amended({ feeFen: '9999', listing }));
      given(...published)
        .when(amend({ feeFen: '10001', territory: ['430000'] }, {}, bound()))
        .then(requested({ feeFen: '10001', territory: ['430000'] }));
    });
    it('accepts a lower one after a new notice', () => {
      const changes = { feeFen: '9000', priceNotice: '示例-GS-2', priceNoticeId: 'n2' };
      const anew = { startsOn: '2023-12-01', endsOn: '2023-12-20', proposedFen: '9000', noticeId: 'n2' };
      given(...published)
        .when(amend(changes, {}, bound(anew)))
        .then(amended(changes));
      given(...published)
        .when(amend(changes, {}, bound({ ...anew, endsOn: '2024-01-10' })))
        .thenRefuses('P-1', 'priceNotice');
    });
  });
});

describe('ending a licence early', () => {
  const end = (on: string, more: object = {}): ContractCommand => ({
    type: 'TerminateLicence',
    on,
    ...approved,
    ...more,
  });
  const ended = (on: string): ContractEvent => ({ type: 'LicenceTerminated', data: { on, ...approved } });
  it('is accepted within its term', () => {
    for (const on of ['2023-03-15', '2025-01-31'])
      given(...lodged())
        .when(end(on))
        .then(ended(on));
    const { endsOn: _ends, ...open } = terms;
    given(
      { type: 'LodgementRequested', data: { ...open, inChangsha } },
      { type: 'ContractLodged', data: { assets: [] } },
      settled(0),
    )
      .when(end('2025-01-31'))
      .then(ended('2025-01-31'));
  });
  it('is ignored when it ended that day', () =>
    given(...lodged(), ended('2025-01-31'))
      .when(end('2025-01-31'))
      .thenNothing());
  it('L-33: is refused outside its term', () => {
    given(...lodged())
      .when(end('2023-03-14'))
      .thenRefuses('L-33', 'on');
    given(...lodged({ endsOn: '2025-01-31' }))
      .when(end('2025-01-31'))
      .thenRefuses('L-33', 'on');
  });
  it('C-49: is refused for a transfer', () =>
    given(...lodged({ mode: 'TRANSFER' }))
      .when(end('2025-01-31'))
      .thenRefuses('C-49', 'on'));
  it('C-37: is refused on another day, and nothing is amended after it', () => {
    given(...lodged(), ended('2025-01-31'))
      .when(end('2025-02-01'))
      .thenRefuses('C-37');
    given(...lodged(), ended('2025-01-31'), settled(3))
      .when(amend(longer))
      .thenRefuses('C-37');
  });
  it('C-45: waits until the titles follow the contract', () =>
    given(...unsettled())
      .when(end('2025-01-31'))
      .thenRefuses('C-45'));
  it('L-6: states its grounds', () =>
    given(...lodged())
      .when(end('2025-01-31', { evidence: ' ' }))
      .thenRefuses('L-6', 'evidence'));
});

describe('a corrected day of effect', () => {
  const correct = (value: string): ContractCommand => ({
    type: 'CorrectContract',
    number: '示例-G-1',
    field: 'effectiveOn',
    value,
    facts: unbound,
    ...approved,
  });
  const data = { number: '示例-G-1', field: 'effectiveOn', from: '2023-03-15', to: '2023-04-01', ...approved } as const;
  const asked: ContractEvent = {
    type: 'AmendmentRequested',
    data: { kind: 'CORRECTION', changes: { effectiveOn: '2023-04-01' }, ...data },
  };
  const corrected: ContractEvent = { type: 'ContractCorrected', data };
  it('of a licence asks the titles first', () => {
    given(...lodged())
      .when(correct('2023-04-01'))
      .then(asked);
    given(...lodged(), asked)
      .when({ type: 'CommitChange', revision: 3 })
      .then(corrected);
    const { terms: after, pending } = given(...lodged(), asked, corrected).state();
    expect({ effectiveOn: after?.effectiveOn, pending }).toEqual({ effectiveOn: '2023-04-01', pending: undefined });
  });
  it('of a transfer is accepted at once: only its registration moves a title', () =>
    given(...lodged({ mode: 'TRANSFER' }))
      .when(correct('2023-04-01'))
      .then(corrected));
  it('is ignored when it was asked for or made', () => {
    given(...lodged(), asked)
      .when(correct('2023-04-01'))
      .thenNothing();
    given(...lodged(), asked, corrected)
      .when(correct('2023-04-01'))
      .thenNothing();
  });
  it('C-39, C-31, C-46: fits the days on record', () => {
    given(...lodged())
      .when(correct('2023-02-28'))
      .thenRefuses('C-39', 'value');
    given(...lodged())
      .when(correct('2026-03-15'))
      .thenRefuses('C-31', 'value');
    const recorded: ContractEvent = { type: 'LicenceRecorded', data: { recordNo: 'X1', recordedOn: '2023-03-20' } };
    given(...lodged(), recorded)
      .when(correct('2023-03-21'))
      .thenRefuses('C-46', 'value');
    const ended: ContractEvent = { type: 'LicenceTerminated', data: { on: '2023-05-01', ...approved } };
    given(...lodged(), ended, settled(3))
      .when(correct('2023-05-02'))
      .thenRefuses('C-46', 'value');
  });
});

describe('a corrected day of the early end', () => {
  const correct = (value: string): ContractCommand => ({
    type: 'CorrectContract',
    number: '示例-G-1',
    field: 'terminatedOn',
    value,
    facts: unbound,
    ...approved,
  });
  const data = (to: string) =>
    ({ number: '示例-G-1', field: 'terminatedOn', from: '2025-01-31', to, ...approved }) as const;
  const corrected = (to: string): ContractEvent => ({ type: 'ContractCorrected', data: data(to) });
  const ended: ContractEvent = { type: 'LicenceTerminated', data: { on: '2025-01-31', ...approved } };
  const history = [...lodged(), ended, settled(3)];
  const asked: ContractEvent = {
    type: 'AmendmentRequested',
    data: { kind: 'CORRECTION', changes: { endsOn: '2025-02-28' }, ...data('2025-02-28') },
  };

  it('is accepted at once when it comes earlier', () => {
    given(...history)
      .when(correct('2025-01-15'))
      .then(corrected('2025-01-15'));
    const after = given(...history, corrected('2025-01-15')).state();
    expect(after).toMatchObject({ termination: { on: '2025-01-15', revision: 5 }, unsettled: 5 });
  });
  it('asks the titles first when days are given back, and is accepted or refused with them', () => {
    given(...history)
      .when(correct('2025-02-28'))
      .then(asked);
    const open = given(...history, asked);
    open.when(correct('2025-02-28')).thenNothing();
    open.when({ type: 'CommitChange', revision: 5 }).then(corrected('2025-02-28'));
    expect(given(...history, asked, corrected('2025-02-28')).state()).toMatchObject({
      termination: { on: '2025-02-28', revision: 6 },
      pending: undefined,
      decided: { isRefused: false },
    });
    open
      .when({ type: 'RefuseChange', revision: 5, ...refusal })
      .then({ type: 'AmendmentRefused', data: { number: '示例-G-1', ...refusal } });
  });
  it('L-33: is refused outside the term', () => {
    for (const value of ['2023-03-14', '2026-03-14'])
      given(...history)
        .when(correct(value), { today: '2026-12-31' })
        .thenRefuses('L-33', 'value');
  });
  it('C-30, C-46: is refused after today, and after the deregistration', () => {
    given(...history)
      .when(correct('2026-01-01'))
      .thenRefuses('C-30', 'value');
    const deregistered: ContractEvent = { type: 'LicenceDeregistered', data: { deregisteredOn: '2025-02-20' } };
    given(...history, deregistered)
      .when(correct('2025-02-21'))
      .thenRefuses('C-46', 'value');
  });
  it('L-7: is refused where nothing ended early', () =>
    given(...lodged())
      .when(correct('2025-01-15'))
      .thenRefuses('L-7', 'field'));
  it('C-45: waits until the titles follow the contract', () =>
    given(...lodged(), ended)
      .when(correct('2025-01-15'))
      .thenRefuses('C-45'));
});
