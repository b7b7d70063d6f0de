import { specFor } from '@app/testing';
import { contractDecider } from './contract.js';
import type { ContractCommand, ContractEvent } from './contract-events.js';
import type { NamedContract } from './contract-facts.js';
import type { ContractTerms } from './contract-terms.js';

const given = specFor(contractDecider);
const [one, two] = [
  { assetId: 'a1', ipType: 'INVENTION', number: '201910699568X' },
  { assetId: 'a2', ipType: 'INVENTION', number: '2019106995694' },
] as const;
const sale: ContractTerms = {
  universityId: 'hnu',
  number: '示例-HT-1',
  mode: 'TRANSFER',
  assets: [one, two],
  counterparty: '示例（长沙）A公司',
  signedOn: '2023-03-01',
  effectiveOn: '2023-03-15',
  feeType: 'LUMP_SUM',
  feeFen: '10000000',
  pricingMethod: 'NEGOTIATED',
};
const back: ContractTerms = {
  ...sale,
  number: '示例-HT-2',
  assets: [two],
  signedOn: '2024-03-01',
  effectiveOn: '2024-03-01',
  returnOf: '示例-HT-1',
};
const returned = (more: Partial<ContractTerms> = {}, isLodged = true): NamedContract => ({
  contractId: 'c1',
  terms: { ...sale, ...more },
  isLodged,
});
const request = (terms: ContractTerms, named?: NamedContract): ContractCommand => ({
  type: 'RequestLodgement',
  ...terms,
  facts: { stateFounded: true, ...(named ? { returned: named } : {}) },
});
const requested = (terms: ContractTerms): ContractEvent => ({
  type: 'LodgementRequested',
  data: { ...terms, inChangsha: { rule: 'in-changsha/1', value: null } },
});

describe('a return', () => {
  it('P-1, C-55, C-56: is accepted from the receiver, whose price needs no notice', () => {
    given().when(request(back, returned())).then(requested(back));
    given()
      .when(request(back, returned({ counterparty: '示例(长沙) a公司' })))
      .then(requested(back));
    const renamed = { ...back, counterparty: '示例改名公司', counterpartyCode: '91430102MA5M06774U' };
    given()
      .when(request(renamed, returned({ counterpartyCode: '91430102MA5M06774U' })))
      .then(requested(renamed));
  });
  it('C-55: is refused for anything but a transfer', () => {
    const licence: ContractTerms = { ...back, mode: 'LICENCE' };
    const succession: ContractTerms = { ...back, mode: 'SUCCESSION', ground: '示例文件' };
    for (const terms of [licence, succession]) given().when(request(terms, returned())).thenRefuses('C-55', 'returnOf');
  });
  it.each([
    ['unknown', undefined],
    ['not lodged', returned({}, false)],
    ['a licence', returned({ mode: 'LICENCE' })],
    ['itself a return', returned({ returnOf: '示例-HT-0' })],
    ['signed after it', returned({ signedOn: '2024-03-02' })],
    ['of other assets', returned({ assets: [one] })],
    ['to another party', returned({ counterparty: '示例B公司' })],
  ])('C-56: is refused where the contract it names is %s', (_what, named) =>
    given().when(request(back, named)).thenRefuses('C-56', 'returnOf'),
  );
  it('C-56: is refused from a party of another credit code', () => {
    const other = returned({ counterpartyCode: '91430103MA6A00162F' });
    given()
      .when(request({ ...back, counterpartyCode: '91430102MA5M06774U' }, other))
      .thenRefuses('C-56', 'returnOf');
  });
});
