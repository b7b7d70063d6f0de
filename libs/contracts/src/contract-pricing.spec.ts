import { isStateFounded } from '@app/kernel';
import { specFor } from '@app/testing';
import { contractDecider } from './contract.js';
import type { ContractCommand, ContractEvent } from './contract-events.js';
import type { DealFacts, HeadFacts, NoticeFacts } from './contract-facts.js';
import type { ContractTerms } from './contract-terms.js';

const given = specFor(contractDecider);
const asset = { assetId: 'a1', ipType: 'INVENTION', number: '201910699568X' } as const;

const sale: ContractTerms = {
  universityId: 'hnu',
  number: '示例-HT-1',
  mode: 'TRANSFER',
  assets: [asset],
  counterparty: '示例公司',
  signedOn: '2023-03-01',
  effectiveOn: '2023-03-15',
  feeType: 'LUMP_SUM',
  feeFen: '10000000',
  pricingMethod: 'NEGOTIATED',
  priceNotice: '示例-GS-1',
};
const notice: NoticeFacts = {
  noticeId: 'n1',
  number: '示例-GS-1',
  universityId: 'hnu',
  assetIds: ['a1', 'a2'],
  proposedFen: '10000000',
  startsOn: '2023-02-01',
  endsOn: '2023-02-28',
  objections: [],
};
const bound = (more: Partial<NoticeFacts> = {}): DealFacts => ({ stateFounded: true, notice: { ...notice, ...more } });
const request = (terms: ContractTerms, facts: DealFacts): ContractCommand => ({
  type: 'RequestLodgement',
  ...terms,
  facts,
});
const requested = (terms: ContractTerms, warnings?: readonly string[]): ContractEvent => ({
  type: 'LodgementRequested',
  data: { ...terms, inChangsha: { rule: 'in-changsha/1', value: null }, ...(warnings ? { warnings } : {}) },
});
const { priceNotice: _notice, ...unpublished } = sale;

describe('whom the law on prices binds', () => {
  it.each([
    ['CENTRAL', true],
    ['PROVINCIAL', true],
    ['MUNICIPAL', true],
    ['PRIVATE', false],
    ['INDEPENDENT_COLLEGE', false],
    ['MILITARY', false],
  ])('%s: %s', (ownership, isBound) => expect(isStateFounded(ownership)).toBe(isBound));
});

describe('a negotiated price', () => {
  it('is accepted after its notice', () => {
    given().when(request(sale, bound())).then(requested(sale));
    const dismissed = { number: '示例-Y-1', raisedOn: '2023-02-03', resolvedOn: '2023-03-01' };
    given()
      .when(request(sale, bound({ objections: [dismissed] })))
      .then(requested(sale));
  });
  it('is accepted without a notice where none is needed', () => {
    given()
      .when(request(unpublished, { stateFounded: false }))
      .then(requested(unpublished));
    const early = { ...unpublished, signedOn: '2015-09-30' };
    given()
      .when(request(early, { stateFounded: true }))
      .then(requested(early));
    for (const more of [{ mode: 'SUCCESSION', ground: '示例合并文件' }] as const)
      given()
        .when(request({ ...unpublished, ...more }, { stateFounded: true }))
        .then(requested({ ...unpublished, ...more }));
  });
  it('P-1: is refused without a notice', () => {
    given()
      .when(request(unpublished, { stateFounded: true }))
      .thenRefuses('P-1', 'priceNotice');
    given()
      .when(request({ ...unpublished, signedOn: '2015-10-01' }, { stateFounded: true }))
      .thenRefuses('P-1', 'priceNotice');
  });
  it.each([
    ["another university's", { universityId: 'csu' }],
    ['withdrawn', { withdrawnOn: '2023-03-01' }],
    ['not ended before the day of signing', { endsOn: '2023-03-01' }],
    ['without one of the assets', { assetIds: ['a2'] }],
    ['with an open objection', { objections: [{ number: '示例-Y-1', raisedOn: '2023-02-03' }] }],
    [
      'with an objection dealt with after signing',
      { objections: [{ number: '示例-Y-1', raisedOn: '2023-02-03', resolvedOn: '2023-03-02' }] },
    ],
    [
      'with an upheld objection',
      { objections: [{ number: '示例-Y-1', raisedOn: '2023-02-03', resolvedOn: '2023-02-04', isUpheld: true }] },
    ],
  ] as const)('P-1: a notice %s does not do', (_name, more) =>
    given()
      .when(request(sale, bound(more)))
      .thenRefuses('P-1', 'priceNotice'),
  );
  it('P-1: is flagged when it is passed over for a stated reason', () => {
    const exempt = { ...unpublished, priceNoticeExemption: '示例：历史合同，公示材料遗失' };
    given()
      .when(request(exempt, { stateFounded: true }))
      .then(requested(exempt, ['P-1']));
  });

  describe('and the published one', () => {
    const higher = { ...sale, feeFen: '10000001' };
    it('accepts the same or more', () => given().when(request(higher, bound())).then(requested(higher)));
    it('P-2: is refused when it is a fen below', () =>
      given()
        .when(request({ ...sale, feeFen: '9999999' }, bound()))
        .thenRefuses('P-2', 'fee'));
    it('P-2: is refused when the shares were valued below it', () => {
      const equity = { company: '示例公司', sharePermyriad: 2_000, valueFen: '9999999' };
      given()
        .when(request({ ...sale, mode: 'EQUITY', equity }, bound()))
        .thenRefuses('P-2', 'fee');
    });
  });
});

describe('a listing or an auction', () => {
  const listing = { platform: '示例交易所', listingNo: 'L-1', from: '2023-02-01', to: '2023-03-01' };
  const listed: ContractTerms = { ...unpublished, pricingMethod: 'LISTING', listing };
  it('is accepted with its platform, number and dates', () => {
    given()
      .when(request(listed, { stateFounded: true }))
      .then(requested(listed));
    const auction = { ...listed, pricingMethod: 'AUCTION' } as const;
    given()
      .when(request(auction, { stateFounded: true }))
      .then(requested(auction));
  });
  it('P-4: is refused without them, or when it ended after the signing', () => {
    const { listing: _none, ...bare } = listed;
    given()
      .when(request(bare, { stateFounded: true }))
      .thenRefuses('P-4', 'platform');
    for (const wrong of [{ to: '2023-03-02' }, { from: '2023-03-01', to: '2023-02-28' }])
      given()
        .when(request({ ...listed, listing: { ...listing, ...wrong } }, { stateFounded: true }))
        .thenRefuses('P-4', 'listedTo');
    const backwards = {
      ...listed,
      signedOn: '2015-09-30',
      listing: { ...listing, from: '2015-02-02', to: '2015-02-01' },
    };
    given()
      .when(request(backwards, { stateFounded: false }))
      .thenRefuses('P-4', 'listedTo');
  });
});

describe('a sub-licence', () => {
  const headTerms: ContractTerms = {
    ...unpublished,
    number: '示例-HT-0',
    mode: 'LICENCE',
    licenceKind: 'EXCLUSIVE',
    effectiveOn: '2023-01-01',
    endsOn: '2027-12-31',
    territory: ['430000'],
    fields: ['C39'],
    sublicensable: true,
  };
  const head = (terms: Partial<ContractTerms> = {}, more: Partial<HeadFacts> = {}): DealFacts => ({
    stateFounded: true,
    head: { contractId: 'h', isLodged: true, terms: { ...headTerms, ...terms }, ...more },
  });
  const sub: ContractTerms = {
    ...unpublished,
    mode: 'LICENCE',
    licenceKind: 'SUB',
    headContract: '示例-HT-0',
    headContractId: 'h',
    endsOn: '2027-12-31',
    territory: ['430100', '430111'],
    fields: ['C391'],
  };
  const { headContract: _head, ...headless } = sub;

  it('is accepted within its head, without a price notice', () => {
    given().when(request(sub, head())).then(requested(sub));
    const anywhere = { ...sub, territory: ['110108'] };
    given()
      .when(request(anywhere, head({ territory: ['000000'] })))
      .then(requested(anywhere));
  });
  it('L-30: is refused without its head, and a head without it', () => {
    given().when(request(headless, head())).thenRefuses('L-30', 'headContract');
    given()
      .when(request(sub, { stateFounded: true }))
      .thenRefuses('L-30', 'headContract');
    given()
      .when(request({ ...sub, licenceKind: 'ORDINARY' }, head()))
      .thenRefuses('L-30', 'headContract');
  });
  it.each([
    ['no licence', head({ mode: 'TRANSFER' })],
    ['not lodged', head({}, { isLodged: false })],
    ['not allowing it', head({ sublicensable: false })],
  ])('L-31: is refused under a head that is %s', (_name, facts) =>
    given().when(request(sub, facts)).thenRefuses('L-31', 'headContract'),
  );
  it.each([
    ['assets', { assets: [asset, { ...asset, assetId: 'a9' }] }, {}],
    ['effectiveOn', {}, { effectiveOn: '2023-03-16' }],
    ['endsOn', { endsOn: '2028-01-01' }, {}],
    ['territory', { territory: ['440100'] }, {}],
    ['fields', { fields: ['C40'] }, {}],
  ] as const)('L-32: is refused beyond the %s of its head', (field, more, headMore) =>
    given()
      .when(request({ ...sub, ...more }, head(headMore)))
      .thenRefuses('L-32', field),
  );
  it('L-32: is refused open-ended or everywhere under a head that is neither, and after its early end', () => {
    for (const field of ['endsOn', 'territory', 'fields'] as const) {
      const { [field]: _dropped, ...open } = sub;
      given().when(request(open, head())).thenRefuses('L-32', field);
    }
    given()
      .when(request(sub, head({}, { terminatedOn: '2026-01-01' })))
      .thenRefuses('L-32', 'endsOn');
  });
});
