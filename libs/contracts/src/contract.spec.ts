import { specFor } from '@app/testing';
import { contractDecider } from './contract.js';
import { correctedValue } from './contract-correction.js';
import type { ContractCommand, ContractEvent } from './contract-events.js';
import type { ContractTerms } from './contract-terms.js';

const given = specFor(contractDecider);
const unknown = { rule: 'in-changsha/1', value: null } as const;

const licence: ContractTerms = {
  universityId: 'hnu',
  number: '示例-HT-1',
  mode: 'LICENCE',
  licenceKind: 'ORDINARY',
  assets: [
    { assetId: 'a2', ipType: 'INVENTION', number: '201910699568X' },
    { assetId: 'a1', ipType: 'SOFTWARE', number: '2021SR0123456' },
  ],
  counterparty: '示例公司',
  signedOn: '2023-03-01',
  effectiveOn: '2023-03-15',
  endsOn: '2026-03-14',
  feeType: 'LUMP_SUM',
  feeFen: '10000000',
  pricingMethod: 'NEGOTIATED',
};
const { licenceKind: _kind, endsOn: _ends, ...common } = licence;
const transfer: ContractTerms = { ...common, mode: 'TRANSFER' };

const facts = { stateFounded: false };
const request = (terms: ContractTerms): ContractCommand => ({ type: 'RequestLodgement', ...terms, facts });
const requested = (terms: ContractTerms = licence): ContractEvent => ({
  type: 'LodgementRequested',
  data: { ...terms, inChangsha: unknown },
});
const lodged: ContractEvent = { type: 'ContractLodged', data: { assets: ['a2', 'a1'] } };
const refusal = { rule: 'L-2', clause: '示例', zh: '已有独占许可', en: 'already exclusive' };
const refused: ContractEvent = { type: 'ContractRefused', data: refusal };
const record = (recordedOn = '2023-05-01', recordNo = 'X2023430000001'): ContractCommand => ({
  type: 'RecordLicence',
  recordNo,
  recordedOn,
});
const recorded: ContractEvent = {
  type: 'LicenceRecorded',
  data: { recordNo: 'X2023430000001', recordedOn: '2023-05-01' },
};
const register = (registeredOn = '2023-06-01'): ContractCommand => ({ type: 'RegisterTransfer', registeredOn });
const registered: ContractEvent = { type: 'TransferRegistered', data: { registeredOn: '2023-06-01' } };
const approved = { reason: '录入有误', evidence: '示例-佐证-1', approver: 'reviewer' };
const voiding: ContractCommand = { type: 'VoidContract', voidedOn: '2024-01-10', ...approved };
const voided: ContractEvent = { type: 'ContractVoided', data: { voidedOn: '2024-01-10', ...approved } };
const settled = (revision: number): ContractEvent => ({ type: 'ContractSettled', data: { revision } });

const licensed = [requested(), lodged];
const transferred = [requested(transfer), lodged];

describe('asking for lodgement', () => {
  it('is accepted', () => given().when(request(licence)).then(requested()));
  it('is ignored when it was asked before', () => given(requested()).when(request(licence)).thenNothing());

  it('decides once whether the conversion is in Changsha', () => {
    const inside = { ...licence, counterpartyDivision: '430104' };
    given()
      .when(request(inside))
      .then({ type: 'LodgementRequested', data: { ...inside, inChangsha: { rule: 'in-changsha/1', value: true } } });
  });
  it('C-30: is refused before the day of signing', () => {
    given()
      .when(request({ ...licence, signedOn: '2026-01-01' }))
      .thenRefuses('C-30', 'signedOn');
    given().when(request(licence), { today: '2023-03-01' }).then(requested());
  });
  it('C-31: is refused when it ends before it takes effect', () => {
    given()
      .when(request({ ...licence, endsOn: '2023-03-14' }))
      .thenRefuses('C-31', 'endsOn');
    const oneDay = { ...licence, endsOn: '2023-03-15' };
    given().when(request(oneDay)).then(requested(oneDay));
  });
  it('C-32: is refused without an asset or with one twice', () => {
    given()
      .when(request({ ...licence, assets: [] }))
      .thenRefuses('C-32', 'assets');
    const [asset] = licence.assets;
    given()
      .when(request({ ...licence, assets: [...licence.assets, ...(asset ? [asset] : [])] }))
      .thenRefuses('C-32', 'assets');
  });
  it('C-33: is refused with a licence kind on a transfer', () => {
    given()
      .when(request({ ...transfer, licenceKind: 'SOLE' }))
      .thenRefuses('C-33', 'licenceKind');
  });
  it.each([
    ['FREE', '1', false],
    ['FREE', '0', true],
    ['FREE', undefined, true],
    ['LUMP_SUM', '0', false],
    ['LUMP_SUM', undefined, false],
    ['LUMP_SUM', '1', true],
    ['INSTALMENTS', undefined, false],
    ['INSTALMENTS', '1', true],
    ['ENTRY_FEE_PLUS_ROYALTY', '0', false],
    ['ENTRY_FEE_PLUS_ROYALTY', '1', true],
    ['RUNNING_ROYALTY', undefined, true],
    ['RUNNING_ROYALTY', '1', false],
    ['RUNNING_ROYALTY', '0', true],
  ] as const)('C-34: %s with a fee of %s fen fits: %s', (feeType, feeFen, fits) => {
    const { feeFen: _fee, ...rest } = licence;
    const terms = { ...rest, feeType, ...(feeFen === undefined ? {} : { feeFen }) };
    const spec = given().when(request(terms));
    if (fits) spec.then(requested(terms));
    else spec.thenRefuses('C-34', 'fee');
  });
  it('C-35: is refused for a transfer abroad without its export licence', () => {
    const abroad = { ...transfer, foreignParty: true };
    given().when(request(abroad)).thenRefuses('C-35', 'exportLicenceNo');
    const allowed = { ...abroad, exportLicenceNo: '示例-2023-1' };
    given().when(request(allowed)).then(requested(allowed));
    const licensedAbroad = { ...licence, foreignParty: true };
    given().when(request(licensedAbroad)).thenRefuses('C-35', 'exportLicenceNo');
    const registeredAbroad = { ...licensedAbroad, exportRegistrationNo: '示例-2023-2' };
    given().when(request(registeredAbroad)).then(requested(registeredAbroad));
  });
  describe('in instalments', () => {
    const two = [
      { dueOn: '2023-04-01', amountFen: '4000000' },
      { dueOn: '2024-04-01', amountFen: '6000000' },
    ];
    const inTwo: ContractTerms = { ...licence, feeType: 'INSTALMENTS', instalments: two };
    it('is accepted when they are the fee', () => given().when(request(inTwo)).then(requested(inTwo)));
    it('C-47: is refused when they are not', () => {
      given()
        .when(request({ ...inTwo, feeFen: '10000001' }))
        .thenRefuses('C-47', 'instalments');
    });
  });
  describe('with parts of a fee', () => {
    const royalty = { permyriad: 300, base: 'NET_SALES' } as const;
    const { feeFen: _fee, ...unpriced } = licence;
    const both: ContractTerms = { ...unpriced, feeType: 'ENTRY_FEE_PLUS_ROYALTY', entryFeeFen: '1', royalty };
    it('accepts those of its fee type', () => {
      given().when(request(both)).then(requested(both));
      const running: ContractTerms = { ...unpriced, feeType: 'RUNNING_ROYALTY', royalty };
      given().when(request(running)).then(requested(running));
    });
    it('C-48: is refused with others', () => {
      given()
        .when(request({ ...both, feeFen: '1' }))
        .thenRefuses('C-48', 'fee');
      given()
        .when(request({ ...licence, entryFeeFen: '1' }))
        .thenRefuses('C-48', 'entryFee');
      given()
        .when(request({ ...licence, royalty }))
        .thenRefuses('C-48', 'royalty');
      given()
        .when(request({ ...licence, instalments: [{ dueOn: '2023-04-01', amountFen: '10000000' }] }))
        .thenRefuses('C-48', 'instalments');
    });
  });
  describe('for shares', () => {
    const equity = { company: '示例公司', sharePermyriad: 10_000, valueFen: '1' };
    const contribution: ContractTerms = { ...transfer, mode: 'EQUITY', equity };
    it('is accepted as an equity contribution', () =>
      given().when(request(contribution)).then(requested(contribution)));
    it('C-50: is refused otherwise, or for no share or more than all', () => {
      given()
        .when(request({ ...transfer, equity }))
        .thenRefuses('C-50', 'equity');
      for (const sharePermyriad of [0, 10_001])
        given()
          .when(request({ ...contribution, equity: { ...equity, sharePermyriad } }))
          .thenRefuses('C-50', 'equity');
    });
  });
  describe('within a scope', () => {
    const scoped: ContractTerms = { ...licence, territory: ['000000', '430100'], fields: ['C', 'C39', 'C3921'] };
    it('is accepted with codes of places and industries', () => given().when(request(scoped)).then(requested(scoped)));
    it('C-43, C-51: is refused with anything else', () => {
      given()
        .when(request({ ...scoped, territory: ['湖南'] }))
        .thenRefuses('C-43', 'territory');
      for (const code of ['电子', 'C3', 'Z39'])
        given()
          .when(request({ ...scoped, fields: [code] }))
          .thenRefuses('C-51', 'fields');
    });
    it('C-49: is refused for a transfer', () => {
      given()
        .when(request({ ...transfer, sublicensable: true }))
        .thenRefuses('C-49', 'sublicensable');
      given()
        .when(request({ ...transfer, endsOn: '2030-01-01' }))
        .thenRefuses('C-49', 'endsOn');
    });
    it("C-49: is refused with another contract's terms", () => {
      given()
        .when(request({ ...licence, inventorSharePermyriad: 0 }))
        .thenRefuses('C-49', 'inventorShare');
      for (const licenceKind of ['SOLE', 'EXCLUSIVE', 'CROSS'] as const)
        given()
          .when(request({ ...licence, licenceKind, asOwnUse: true }))
          .thenRefuses('C-49', 'asOwnUse');
      const listing = { platform: '示例', listingNo: '1', from: '2023-01-01', to: '2023-02-01' };
      given()
        .when(request({ ...licence, listing }))
        .thenRefuses('C-49', 'platform');
    });
    it('C-49: is accepted for an ordinary licence as own use, with a last day', () => {
      const own: ContractTerms = { ...licence, licenceKind: 'ORDINARY', asOwnUse: true, endsOn: '2030-01-01' };
      given().when(request(own)).then(requested(own));
    });
  });
  it.each(['counterpartyDivision', 'implementationDivision'])('C-43: %s has six digits', (field) => {
    given()
      .when(request({ ...licence, [field]: '岳麓区' }))
      .thenRefuses('C-43', field);
  });
  it('E-1: is refused for a release without the share of the university', () => {
    const release = { ...transfer, mode: 'RELEASE', feeType: 'FREE', feeFen: '0', counterparty: 'p_1' } as const;
    given().when(request(release)).thenRefuses('E-1', 'inventorShare');
    const early = { ...release, signedOn: '2020-02-02' };
    given().when(request(early)).then(requested(early));
    const agreed = { ...release, inventorSharePermyriad: 0 };
    given().when(request(agreed)).then(requested(agreed));
  });
});

describe('the commit point', () => {
  it('is lodged or refused, once and for all', () => {
    given(requested()).when({ type: 'ConfirmLodgement' }).then(lodged);
    given(requested())
      .when({ type: 'RefuseLodgement', ...refusal })
      .then(refused);
    for (const history of [[], [requested(), lodged], [requested(), refused]]) {
      given(...history)
        .when({ type: 'ConfirmLodgement' })
        .thenNothing();
      given(...history)
        .when({ type: 'RefuseLodgement', ...refusal })
        .thenNothing();
    }
  });
});

describe('recording a licence', () => {
  it('is accepted', () =>
    given(...licensed)
      .when(record())
      .then(recorded));
  it('is ignored when it is recorded so', () => {
    given(...licensed, recorded)
      .when(record())
      .thenNothing();
  });
  it('C-37: is refused when it is recorded otherwise', () => {
    given(...licensed, recorded)
      .when(record('2023-05-02'))
      .thenRefuses('C-37');
    given(...licensed, recorded)
      .when(record('2023-05-01', 'X2'))
      .thenRefuses('C-37');
  });
  it('C-38: is refused for a transfer', () =>
    given(...transferred)
      .when(record())
      .thenRefuses('C-38', 'recordedOn'));
  it('C-30, C-39: is not before the signing nor after today', () => {
    given(...licensed)
      .when(record('2026-01-01'))
      .thenRefuses('C-30', 'recordedOn');
    given(...licensed)
      .when(record('2023-02-28'))
      .thenRefuses('C-39', 'recordedOn');
  });
});

describe('registering a transfer', () => {
  it('is accepted', () =>
    given(...transferred)
      .when(register())
      .then(registered));
  it.each(['EQUITY', 'SUCCESSION'] as const)('is accepted for %s', (mode) => {
    given(requested({ ...transfer, mode }), lodged)
      .when(register())
      .then(registered);
  });
  it('is ignored when it is registered so', () => {
    given(...transferred, registered)
      .when(register())
      .thenNothing();
  });
  it('C-37: is refused when it is registered otherwise', () => {
    given(...transferred, registered)
      .when(register('2023-06-02'))
      .thenRefuses('C-37');
  });
  it('C-38: is refused for a licence', () =>
    given(...licensed)
      .when(register())
      .thenRefuses('C-38', 'registeredOn'));
  it('C-30, C-39: is not before the signing nor after today', () => {
    given(...transferred)
      .when(register('2026-01-01'))
      .thenRefuses('C-30', 'registeredOn');
    given(...transferred)
      .when(register('2023-02-28'))
      .thenRefuses('C-39', 'registeredOn');
  });
});

describe('whatever follows the lodgement', () => {
  const later = [
    ['recording', record()],
    ['registering', register()],
    ['correcting', { type: 'CorrectContract', number: 'G-1', field: 'feeFen', value: '1', facts, ...approved }],
    ['voiding', voiding],
  ] as const;
  it.each(later)('C-36: %s needs a contract', (_name, command) => given().when(command).thenRefuses('C-36'));
  it('C-36: accepts one that is there', () =>
    given(...licensed)
      .when(record())
      .then(recorded));
  it.each(later)('C-37: %s needs it lodged', (_name, command) => {
    given(requested(), refused).when(command).thenRefuses('C-37');
  });
  it.each(later)('C-45: %s waits until it is', (_name, command) => {
    given(requested()).when(command).thenRefuses('C-45');
  });
  it.each(later.slice(0, 3))('C-37: %s needs it not voided', (_name, command) => {
    given(...licensed, voided)
      .when(command)
      .thenRefuses('C-37');
  });
});

describe('correcting', () => {
  const correct = (field: string, value: string | boolean, more: object = {}) =>
    ({ type: 'CorrectContract', number: 'G-1', field, value, facts, ...approved, ...more }) as ContractCommand;
  const corrected = (field: string, from: string | null, to: string | boolean, more: object = {}) =>
    ({ type: 'ContractCorrected', data: { number: 'G-1', field, from, to, ...approved, ...more } }) as ContractEvent;

  it('says what it was and what it is', () => {
    given(...licensed)
      .when(correct('feeFen', '12000000'))
      .then(corrected('feeFen', '10000000', '12000000'));
    given(...licensed)
      .when(correct('relatedParty', true))
      .then(corrected('relatedParty', null, true));
    given(...licensed)
      .when(correct('counterparty', '示例二公司'))
      .then(corrected('counterparty', '示例公司', '示例二公司'));
    given(...licensed, recorded)
      .when(correct('recordedOn', '2023-04-28'))
      .then(corrected('recordedOn', '2023-05-01', '2023-04-28'));
    given(...transferred, registered)
      .when(correct('registeredOn', '2023-05-28'))
      .then(corrected('registeredOn', '2023-06-01', '2023-05-28'));
  });
  it('starts from the correction before it', () => {
    const first = corrected('feeFen', '10000000', '12000000');
    given(...licensed, first)
      .when(correct('feeFen', '11000000', { number: 'G-2' }))
      .then(corrected('feeFen', '12000000', '11000000', { number: 'G-2' }));
  });
  it('decides anew whether the conversion is in Changsha', () => {
    const inChangsha = { rule: 'in-changsha/1', value: true };
    given(...licensed)
      .when(correct('counterpartyDivision', '430104'))
      .then(corrected('counterpartyDivision', null, '430104', { inChangsha }));
    const implemented = { ...licence, implementationDivision: '430104' };
    given(requested(implemented), lodged)
      .when(correct('counterpartyDivision', '110108'))
      .then(corrected('counterpartyDivision', null, '110108', { inChangsha }));
  });
  it('is ignored when its number said so before', () => {
    given(...licensed, corrected('feeFen', '10000000', '12000000'))
      .when(correct('feeFen', '12000000'))
      .thenNothing();
  });
  it('C-44: is refused when its number said something else', () => {
    const history = [...licensed, corrected('feeFen', '10000000', '12000000')];
    given(...history)
      .when(correct('feeFen', '13000000'))
      .thenRefuses('C-44', 'number');
    given(...history)
      .when(correct('counterparty', '示例二公司'))
      .thenRefuses('C-44', 'number');
  });
  it.each(['reason', 'evidence'])('L-6: needs its %s', (field) => {
    given(...licensed)
      .when(correct('feeFen', '1', { [field]: ' ' }))
      .thenRefuses('L-6', field);
  });
  it.each([
    ['recordNo', 'X2023430000001', 'X2'],
    ['counterpartyCode', null, '91430100MA4L0000XX'],
  ])('says what %s was and is', (field, from, to) => {
    given(...licensed, recorded)
      .when(correct(field, to))
      .then(corrected(field, from, to));
  });
  it('puts a technology contract number right wherever it came from', () => {
    const numbered = [requested({ ...licence, technologyContractNo: 'T1' }), lodged];
    given(...numbered)
      .when(correct('technologyContractNo', 'T2'))
      .then(corrected('technologyContractNo', 'T1', 'T2'));
    const data = { technologyContractNo: 'T1', registeredOn: '2023-04-01', amountFen: '1' };
    const history = [...licensed, { type: 'TechnologyContractRegistered', data } as const];
    const after = given(...history, corrected('technologyContractNo', 'T1', 'T2')).state();
    expect(after).toMatchObject({
      technology: { technologyContractNo: 'T2' },
      leaving: [{ kind: 'technology-contract', value: 'T1' }],
    });
  });
  it('C-63, C-47: keeps receipts and instalments within a corrected fee', () => {
    const data = { number: 'DZ-1', receivedOn: '2023-04-01', amountFen: '9000000', kind: 'LUMP_SUM' } as const;
    given(...licensed, { type: 'PaymentReceived', data })
      .when(correct('feeFen', '8999999'))
      .thenRefuses('C-63', 'value');
    const instalments = [{ dueOn: '2023-04-01', amountFen: '10000000' }];
    given(requested({ ...licence, feeType: 'INSTALMENTS', instalments }), lodged)
      .when(correct('feeFen', '9000000'))
      .thenRefuses('C-47', 'instalments');
  });
  it('P-2: keeps a corrected fee at the published price', () => {
    const notice = {
      noticeId: 'n1',
      number: '示例-GS-1',
      universityId: 'hnu',
      assetIds: ['a1', 'a2'],
      proposedFen: '10000000',
      startsOn: '2023-02-01',
      endsOn: '2023-02-20',
      objections: [],
    };
    given(...licensed)
      .when(correct('feeFen', '9999999', { facts: { stateFounded: true, notice } }))
      .thenRefuses('P-2', 'fee');
  });
  it('L-7: needs a recording number to correct', () => {
    const cancelled: ContractEvent = {
      type: 'RecordingCancelled',
      data: { cancelledOn: '2023-06-01', reason: '示例' },
    };
    given(...licensed, recorded, cancelled)
      .when(correct('recordNo', 'X2'))
      .thenRefuses('L-7', 'field');
  });
  it.each(['recordedOn', 'registeredOn'])('L-7: needs a %s to correct', (field) => {
    given(...licensed)
      .when(correct(field, '2023-05-01'))
      .thenRefuses('L-7', 'field');
  });
  it('C-30, C-39: does not date before the signing nor after today', () => {
    given(...licensed, recorded)
      .when(correct('recordedOn', '2026-01-01'))
      .thenRefuses('C-30', 'value');
    given(...licensed, recorded)
      .when(correct('recordedOn', '2023-02-28'))
      .thenRefuses('C-39', 'value');
  });
  it('C-46: does not date a recording before the day of effect', () => {
    given(...licensed, recorded)
      .when(correct('recordedOn', '2023-03-14'))
      .thenRefuses('C-46', 'value');
  });
  it('C-34: keeps fee and fee type together', () => {
    given(...licensed)
      .when(correct('feeFen', '0'))
      .thenRefuses('C-34', 'value');
  });

  it.each([
    ['recordedOn', '2023年5月1日', '2023-05-01'],
    ['registeredOn', '20230601', '2023-06-01'],
    ['feeFen', '100', '100'],
    ['counterparty', '示例公司', '示例公司'],
    ['effectiveOn', '2023年4月1日', '2023-04-01'],
    ['recordNo', 'X 1', 'X 1'],
    ['counterpartyDivision', '430104', '430104'],
    ['implementationDivision', '430104', '430104'],
    ['relatedParty', 'true', true],
    ['relatedParty', 'false', false],
  ] as const)('reads %s "%s"', (field, text, value) => expect(correctedValue(field, text)).toBe(value));
  it.each([
    ['recordedOn', '去年', 'V-DATE'],
    ['feeFen', '12,000.50', 'V-FEN-FORM'],
    ['counterpartyDivision', '4301', 'C-43'],
    ['counterpartyCode', '1', 'I-5'],
    ['relatedParty', '也许', 'C-40'],
  ] as const)('does not read %s "%s"', (field, text, rule) => {
    expect(() => correctedValue(field, text)).toThrow(expect.objectContaining({ rule, place: { field: 'value' } }));
  });
});

describe('voiding', () => {
  const atRest = [...licensed, settled(0)];
  const asked: ContractEvent = { type: 'VoidRequested', data: { voidedOn: '2024-01-10', ...approved } };
  const stale: ContractCommand = { type: 'CommitChange', revision: 2 };
  const commit: ContractCommand = { type: 'CommitChange', revision: 3 };

  it('is accepted, asked of the titles, then decided', () => {
    given(...atRest)
      .when(voiding)
      .then(asked);
    given(...atRest, asked)
      .when(commit)
      .then(voided);
    given(...atRest, asked)
      .when({ type: 'RefuseChange', revision: 3, ...refusal })
      .then({ type: 'VoidRefused', data: refusal });
  });
  it('is ignored when it was asked for or voided that day, or decided before', () => {
    given(...atRest, asked)
      .when(voiding)
      .thenNothing();
    given(...atRest, asked, voided)
      .when(voiding)
      .thenNothing();
    for (const history of [atRest, [...atRest, asked, voided]]) {
      given(...history)
        .when(commit)
        .thenNothing();
      given(...history)
        .when({ type: 'RefuseChange', revision: 3, ...refusal })
        .thenNothing();
    }
    given(...atRest, asked)
      .when(stale)
      .thenNothing();
  });
  it('C-37: is refused when it was voided another day', () => {
    given(...licensed, voided)
      .when({ ...voiding, voidedOn: '2024-01-11' } as ContractCommand)
      .thenRefuses('C-37');
  });
  it('C-45: waits until the titles follow the contract', () => {
    given(...licensed)
      .when(voiding)
      .thenRefuses('C-45');
    given(...atRest, asked)
      .when({ ...voiding, voidedOn: '2024-01-11' } as ContractCommand)
      .thenRefuses('C-45');
    given(requested(transfer), lodged, settled(0), asked).when(register()).thenRefuses('C-45');
  });
  it.each(['reason', 'evidence'])('L-6: needs its %s', (field) => {
    given(...atRest)
      .when({ ...voiding, [field]: '' } as ContractCommand)
      .thenRefuses('L-6', field);
  });
  it('C-30, C-39: is not before the signing nor after today', () => {
    for (const [voidedOn, rule] of [
      ['2026-01-01', 'C-30'],
      ['2023-02-28', 'C-39'],
    ] as const) {
      given(...atRest)
        .when({ ...voiding, voidedOn } as ContractCommand)
        .thenRefuses(rule, 'voidedOn');
    }
  });
});

describe('settling', () => {
  const settle = (revision: number): ContractCommand => ({ type: 'SettleContract', revision });
  const correction = (field: 'counterparty' | 'feeFen' | 'registeredOn', to: string): ContractEvent => ({
    type: 'ContractCorrected',
    data: { number: `G-${field}`, field, from: null, to, ...approved },
  });

  it('closes what the driver saw', () => {
    given(...licensed)
      .when(settle(0))
      .then(settled(0));
    given(...licensed, settled(0))
      .when(settle(0))
      .thenNothing();
    given(...transferred, settled(0), registered)
      .when(settle(3))
      .then(settled(3));
  });
  it('leaves open what happened since', () => {
    given(...transferred, registered)
      .when(settle(0))
      .thenNothing();
    given(...licensed, voided)
      .when(settle(0))
      .thenNothing();
  });
  it('is asked for by what the titles must follow, and by nothing else', () => {
    const unsettled = (...events: ContractEvent[]) => given(...transferred, settled(0), ...events).state().unsettled;
    expect(unsettled()).toBeUndefined();
    expect(unsettled(correction('feeFen', '1'))).toBeUndefined();
    expect(unsettled(registered)).toBe(3);
    expect(unsettled(correction('counterparty', '示例二公司'))).toBe(3);
    expect(unsettled(registered, settled(3), correction('registeredOn', '2023-05-01'))).toBe(5);
    expect(unsettled(registered, correction('feeFen', '1'))).toBe(3);
    expect(unsettled(voided)).toBe(3);
  });
});
