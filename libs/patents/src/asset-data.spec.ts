import { specFor } from '@app/testing';
import { assetDecider } from './asset.js';
import type { AssetCommand, AssetEvent, LicenceRight } from './asset-events.js';

const given = specFor(assetDecider);

const data = {
  universityId: 'hnu',
  ipType: 'INVENTION',
  number: '201910699568X',
  title: '示例：一种测量装置',
  filedOn: '2019-07-30',
  grantedOn: '2021-03-02',
} as const;
const registered: AssetEvent = { type: 'AssetRegistered', data };
const approved = { reason: '示例：笔误', evidence: '示例文号1', approver: 'reviewer' } as const;
const correct = (changes: object, more: object = {}): AssetCommand => ({
  type: 'CorrectData',
  changes,
  ...more,
  ...approved,
});
const corrected = (from: object, to: object): AssetEvent => ({
  type: 'AssetDataCorrected',
  data: { from, to, ...approved },
});
const licence = (to: string): AssetEvent[] => {
  const right: LicenceRight = { kind: 'LICENCE', licence: 'ORDINARY', from: '2022-01-01', to };
  return [
    {
      type: 'AssetReserved',
      data: { contractId: 'c1', universityId: 'hnu', right, contractNumber: '示例-HT-1', party: '示例公司' },
    },
    { type: 'ReservationConfirmed', data: { contractId: 'c1' } },
  ];
};
const granted: AssetEvent = { type: 'PatentGranted', data: { on: '2021-03-02' } };
const lapsed: AssetEvent = { type: 'PatentLapsed', data: { on: '2023-07-30', cause: 'UNPAID_FEE' } };

describe('putting registered data right', () => {
  it('is accepted, field by field, and ignored when they stand so already', () => {
    const changes = { title: '示例：另一名称', filedOn: '2019-07-29' };
    given(registered)
      .when(correct(changes))
      .then(corrected({ title: data.title, filedOn: data.filedOn }, changes));
    given(registered, corrected({ title: data.title, filedOn: data.filedOn }, changes))
      .when(correct(changes))
      .thenNothing();
    given(registered)
      .when(correct({}, { removes: ['grantedOn'] }))
      .then(corrected({ grantedOn: data.grantedOn }, {}));
    given(registered)
      .when(correct({ disclosureNumber: '示例-PL-1' }))
      .then(corrected({}, { disclosureNumber: '示例-PL-1' }));
  });

  it('C-23: is refused of no asset', () =>
    given()
      .when(correct({ title: '示例' }))
      .thenRefuses('C-23'));

  it('I-22: is refused where an entry stands on the data, accepted up to its day', () => {
    given(registered, lapsed)
      .when(correct({ grantedOn: '2023-07-31' }))
      .thenRefuses('I-22', 'changes');
    given(registered, lapsed)
      .when(correct({ grantedOn: '2023-07-30' }))
      .then(corrected({ grantedOn: data.grantedOn }, { grantedOn: '2023-07-30' }));
    const { grantedOn: _none, ...application } = data;
    given({ type: 'AssetRegistered', data: application }, granted)
      .when(correct({ grantedOn: '2021-03-01' }))
      .thenRefuses('I-22');
  });

  it('I-23: is refused where a licence would outlive the right, accepted up to its last day', () => {
    const earlier = { filedOn: '2019-07-29' };
    given(registered, ...licence('2039-07-30'))
      .when(correct(earlier))
      .thenRefuses('I-23', 'changes');
    given(registered, ...licence('2039-07-29'))
      .when(correct(earlier))
      .then(corrected({ filedOn: data.filedOn }, earlier));
  });
});
