import type { AssetRef, ContractEvent, ContractTerms } from '@app/contracts';
import { type IpType, ipTypes, isPatent } from '@app/kernel';
import type { OpenGrantEvent } from '@app/open-licences';
import { PLAN_RULE, factsOf } from './counting-rule.js';
import { type Deal, type DealEvent, type DealMode, evolveDeal } from './deal.js';

const asset = (ipType: IpType): AssetRef => ({ assetId: `a-${ipType}`, ipType, number: `n-${ipType}` });

const terms = (mode: ContractTerms['mode'], more: Partial<ContractTerms> = {}): ContractTerms => ({
  universityId: 'hnu',
  number: 'H-1',
  mode,
  assets: [asset('INVENTION')],
  counterparty: '示例公司',
  signedOn: '2021-11-01',
  effectiveOn: '2021-12-01',
  feeType: 'FREE',
  pricingMethod: 'NEGOTIATED',
  ...more,
});

const requested = (mode: ContractTerms['mode'], more: Partial<ContractTerms> = {}): DealEvent => ({
  type: 'LodgementRequested',
  data: { ...terms(mode, more), inChangsha: { rule: 'in-changsha/1', value: true } },
});
const lodged: DealEvent = { type: 'ContractLodged', data: { assets: [] } };
const refused: DealEvent = { type: 'ContractRefused', data: { rule: 'L-1', clause: '', zh: '', en: '' } };
const recordedIn2022: DealEvent = { type: 'LicenceRecorded', data: { recordNo: 'X1', recordedOn: '2022-02-01' } };
const registeredIn2022: DealEvent = { type: 'TransferRegistered', data: { registeredOn: '2022-03-01' } };
const approved = { reason: '示例', evidence: '示例', approver: 'b' };
const voided: DealEvent = { type: 'ContractVoided', data: { ...approved, voidedOn: '2022-05-01' } };
const corrected = (
  data: Pick<Extract<ContractEvent, { type: 'ContractCorrected' }>['data'], 'field' | 'to' | 'inChangsha'>,
): DealEvent => ({
  type: 'ContractCorrected',
  data: { ...approved, number: '1', from: null, ...data },
});

const grantTerms = {
  universityId: 'hnu',
  number: 'G-1',
  declarationId: 'd1',
  assetId: 'a-DESIGN',
  assetNumber: 'n-DESIGN',
  ipType: 'DESIGN',
  licensee: '示例公司',
  noticeOn: '2021-11-01',
  paidOn: '2021-12-01',
  paidFen: '0',
  effectiveOn: '2021-12-01',
  inChangsha: { rule: 'in-changsha/1', value: null },
} as const;
const granted: OpenGrantEvent = { type: 'OpenLicenceGranted', data: grantTerms };
const grantRecorded: OpenGrantEvent = { type: 'OpenGrantRecorded', data: { recordNo: 'X2', recordedOn: '2022-01-05' } };

const after = (...events: readonly DealEvent[]): Deal | undefined =>
  events.reduce<Deal | undefined>(evolveDeal, undefined);
const datesAfter = (...events: readonly DealEvent[]) =>
  factsOf('c1', after(...events)).map(({ countedOn, pendingOn }) => ({ countedOn, pendingOn }));

const counted = (countedOn: string) => [{ countedOn, pendingOn: null }];
const pending = [{ countedOn: null, pendingOn: '2021-12-01' }];
const inEffect = counted('2021-12-01');

const byRegister: readonly IpType[] = ['INVENTION', 'UTILITY_MODEL', 'DESIGN', 'LAYOUT', 'PLANT_VARIETY', 'TRADEMARK'];
const byEffect: readonly IpType[] = ['SOFTWARE', 'TECH_SECRET', 'OTHER'];

describe('counting rule 2022-plan/1', () => {
  it('knows every IP type', () => expect([...byRegister, ...byEffect].sort()).toEqual([...ipTypes].sort()));

  describe.each(byRegister)('%s', (ipType) => {
    const assets = [asset(ipType)];

    it.each([
      ['a transfer', 'asked for', [requested('TRANSFER', { assets })], []],
      ['a transfer', 'refused', [requested('TRANSFER', { assets }), refused], []],
      ['a transfer', 'lodged', [requested('TRANSFER', { assets }), lodged], pending],
      [
        'a transfer',
        'registered',
        [requested('TRANSFER', { assets }), lodged, registeredIn2022],
        counted('2022-03-01'),
      ],
      ['a transfer', 'voided', [requested('TRANSFER', { assets }), lodged, registeredIn2022, voided], []],
      ['a licence', 'asked for', [requested('LICENCE', { assets })], []],
      ['a licence', 'lodged', [requested('LICENCE', { assets }), lodged], pending],
      ['a licence', 'recorded', [requested('LICENCE', { assets }), lodged, recordedIn2022], counted('2022-02-01')],
      ['a licence', 'voided before recording', [requested('LICENCE', { assets }), lodged, voided], []],
    ] as const)('%s, %s', (_mode, _state, events, facts) => expect(datesAfter(...events)).toEqual(facts));
  });

  describe.each(byEffect)('%s', (ipType) => {
    const assets = [asset(ipType)];

    it.each([
      ['a transfer', 'asked for', [requested('TRANSFER', { assets })], []],
      ['a transfer', 'lodged', [requested('TRANSFER', { assets }), lodged], inEffect],
      [
        'a transfer',
        'registered all the same',
        [requested('TRANSFER', { assets }), lodged, registeredIn2022],
        inEffect,
      ],
      ['a licence', 'lodged', [requested('LICENCE', { assets }), lodged], inEffect],
      ['a licence', 'recorded all the same', [requested('LICENCE', { assets }), lodged, recordedIn2022], inEffect],
      ['a licence', 'voided', [requested('LICENCE', { assets }), lodged, voided], []],
    ] as const)('%s, %s', (_mode, _state, events, facts) => expect(datesAfter(...events)).toEqual(facts));
  });

  it.each(
    (['EQUITY', 'SUCCESSION', 'RELEASE'] as const).flatMap((mode) => ipTypes.map((ipType) => [mode, ipType] as const)),
  )('%s of %s never counts, registered or not', (mode, ipType) => {
    const assets = [asset(ipType)];
    expect(datesAfter(requested(mode, { assets }), lodged)).toEqual([]);
    expect(datesAfter(requested(mode, { assets }), lodged, registeredIn2022)).toEqual([]);
  });

  it('an open-licence grant pends until it is recorded', () => {
    expect(datesAfter(granted)).toEqual(pending);
    expect(datesAfter(granted, grantRecorded)).toEqual(counted('2022-01-05'));
  });
});

describe('the facts of a deal', () => {
  it('are one per asset, each by its own date', () => {
    const assets = [asset('INVENTION'), asset('SOFTWARE')];
    expect(datesAfter(requested('LICENCE', { assets }), lodged)).toEqual([...pending, ...inEffect]);
  });

  it('carry what the board and the drill-down show', () =>
    expect(factsOf('c1', after(requested('TRANSFER'), lodged, registeredIn2022))).toEqual([
      {
        rule: PLAN_RULE.id,
        contractId: 'c1',
        contractNumber: 'H-1',
        universityId: 'hnu',
        assetId: 'a-INVENTION',
        number: 'n-INVENTION',
        ipType: 'INVENTION',
        isPatent: true,
        mode: 'TRANSFER',
        countedOn: '2022-03-01',
        pendingOn: null,
        date: '2022-03-01',
        year: 2022,
        flags: [],
        inChangsha: true,
      },
    ]));

  it('of a grant have its one asset and no flags', () =>
    expect(factsOf('g1', after(granted))).toMatchObject([
      { contractId: 'g1', contractNumber: 'G-1', assetId: 'a-DESIGN', mode: 'OPEN_GRANT', flags: [], inChangsha: null },
    ]));

  it.each([
    [{ relatedParty: true }, ['RELATED_PARTY']],
    [{ ownAssetCompany: true }, ['OWN_ASSET_COMPANY']],
    [{ returnOf: 'H-0' }, ['RETURN']],
    [{ relatedParty: true, ownAssetCompany: true, returnOf: 'H-0' }, ['RELATED_PARTY', 'OWN_ASSET_COMPANY', 'RETURN']],
    [{ relatedParty: false }, []],
  ] as const)('of %j count, with flags %j', (more, flags) =>
    expect(factsOf('c1', after(requested('TRANSFER', more), lodged, registeredIn2022))).toMatchObject([
      { countedOn: '2022-03-01', flags },
    ]),
  );

  it('tell patents from other rights', () => {
    const facts = factsOf('c1', after(requested('LICENCE', { assets: ipTypes.map(asset) }), lodged));
    expect(facts.filter((fact) => fact.isPatent).map(({ ipType }) => ipType)).toEqual(ipTypes.filter(isPatent));
  });
});

describe('a correction', () => {
  const licence = [requested('LICENCE'), lodged, recordedIn2022] as const;

  it('moves a licence to another year', () =>
    expect(datesAfter(...licence, corrected({ field: 'recordedOn', to: '2021-12-31' }))).toEqual(
      counted('2021-12-31'),
    ));

  it('moves a transfer to another year', () => {
    const events = [
      requested('TRANSFER'),
      lodged,
      registeredIn2022,
      corrected({ field: 'registeredOn', to: '2023-01-01' }),
    ];
    expect(datesAfter(...events)).toEqual(counted('2023-01-01'));
  });

  it('sets and clears the flag of a related party', () => {
    const flagged = after(...licence, corrected({ field: 'relatedParty', to: true }));
    expect(factsOf('c1', flagged)).toMatchObject([{ flags: ['RELATED_PARTY'] }]);
    expect(
      factsOf('c1', flagged && evolveDeal(flagged, corrected({ field: 'relatedParty', to: false }))),
    ).toMatchObject([{ flags: [] }]);
  });

  it('of the division carries the determination made with it', () => {
    const moved = corrected({
      field: 'counterpartyDivision',
      to: '430302',
      inChangsha: { rule: 'in-changsha/1', value: false },
    });
    expect(factsOf('c1', after(...licence, moved))).toMatchObject([{ inChangsha: false }]);
  });

  it.each(['feeFen', 'counterparty'] as const)('of %s changes no fact', (field) =>
    expect(factsOf('c1', after(...licence, corrected({ field, to: '1' })))).toEqual(factsOf('c1', after(...licence))),
  );
});

it('an event of a deal that was never entered leads to nothing', () => {
  const modes: readonly DealMode[] = Object.keys(PLAN_RULE.dates) as DealMode[];
  expect(modes).toEqual(['TRANSFER', 'LICENCE', 'OPEN_GRANT']);
  expect(after(lodged)).toBeUndefined();
  expect(factsOf('c1', undefined)).toEqual([]);
});
