import { recorded } from '@app/testing';
import type { AssetEvent } from './asset-events.js';
import { titleRegister } from './title-register.js';

const registered: AssetEvent = {
  type: 'AssetRegistered',
  data: {
    universityId: 'hnu',
    ipType: 'INVENTION',
    number: '201910699568X',
    title: '示例：一种测量装置',
    filedOn: '2019-07-30',
    grantedOn: '2021-03-02',
  },
};
const right = { kind: 'LICENCE', licence: 'ORDINARY', from: '2022-01-01' } as const;
const names = { universityId: 'hnu', contractNumber: '示例-c1', party: '示例乙公司' };
const licensed: AssetEvent[] = [
  { type: 'AssetReserved', data: { contractId: 'c1', right, ...names } },
  { type: 'ReservationConfirmed', data: { contractId: 'c1' } },
];
const opened: AssetEvent = {
  type: 'OpenLicenceEntered',
  data: { declarationId: 'd1', number: '示例-d1', universityId: 'hnu', from: '2022-01-01', to: '2026-12-31' },
};
const inForce = (asOf: string, ...events: AssetEvent[]): boolean[] => {
  const log = [registered, ...licensed, opened, ...events].map((event) => ['asset-a1', event] as const);
  const { licences, openLicences } = titleRegister(recorded(...log), asOf);
  return [...licences, ...openLicences].map((entry) => entry.inForce);
};

describe('what is in force on a title', () => {
  const lapsed: AssetEvent = { type: 'PatentLapsed', data: { on: '2024-05-01', cause: 'UNPAID_FEE' } };
  const restored: AssetEvent = { type: 'PatentRestored', data: { on: '2024-08-01' } };
  const invalid: AssetEvent = {
    type: 'PatentInvalidated',
    data: { on: '2024-05-01', scope: 'WHOLE', decisionNo: '示例-WX-1' },
  };

  it('ends with the right, and comes back with it', () => {
    expect(inForce('2024-04-30', lapsed)).toEqual([true, true]);
    expect(inForce('2024-05-01', lapsed)).toEqual([false, false]);
    expect(inForce('2024-08-01', lapsed, restored)).toEqual([true, true]);
    expect(inForce('2024-05-01', invalid)).toEqual([false, false]);
  });
  it('ends with the term of the right', () => {
    expect(inForce('2026-12-31')).toEqual([true, true]);
    expect(inForce('2039-07-31')).toEqual([false, false]);
  });
  it('is a licence, but no open licence, after the title moved', () => {
    const move: AssetEvent = {
      type: 'OwnershipMoved',
      data: { contractId: 's1', to: '示例买方', on: '2024-05-01', revision: 2 },
    };
    expect(inForce('2024-05-01', move)).toEqual([true, false]);
  });
  it('names its licensee as corrected', () => {
    const renamed: AssetEvent = { type: 'PartyRenamed', data: { contractId: 'c1', party: '示例丙公司', revision: 4 } };
    const log = [registered, ...licensed, renamed].map((event) => ['asset-a1', event] as const);
    const register = titleRegister(recorded(...log), '2024-01-01');
    expect(register.licences).toMatchObject([{ licensee: '示例丙公司' }]);
    expect(register.entries.at(-1)?.zh).toContain('示例丙公司');
  });
});
