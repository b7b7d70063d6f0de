import type { AssetEvent } from '@app/patents';
import { type TitleEvent, absences } from './patent-absence.js';

const told = (...events: AssetEvent[]) =>
  absences(events.map((event, index) => ({ ...event, revision: index + 1 }) as TitleEvent));
const lapsed: AssetEvent = { type: 'PatentLapsed', data: { on: '2024-05-01', cause: 'UNPAID_FEE' } };
const restored: AssetEvent = { type: 'PatentRestored', data: { on: '2024-08-01' } };
const invalid = (scope: 'WHOLE' | 'PART'): AssetEvent => ({
  type: 'PatentInvalidated',
  data: { on: '2024-06-01', scope, decisionNo: '示例-WX-1' },
});
const voided: AssetEvent = {
  type: 'AssetEntryVoided',
  data: { revision: 1, entry: 'PatentLapsed', reason: '录入有误', evidence: '示例', approver: 'reviewer' },
};
const moved = (contractId: string, to: string, on: string, revision = 2): AssetEvent => ({
  type: 'OwnershipMoved',
  data: { contractId, to, on, revision },
});

describe('the days nobody can take an offer', () => {
  it('are those between a lapse and the restoration, in whichever order they were entered', () => {
    expect(told(lapsed)).toEqual([{ from: '2024-05-01', to: '9999-12-31' }]);
    expect(told(restored, lapsed)).toEqual([{ from: '2024-05-01', to: '2024-07-31' }]);
    expect(told(lapsed, voided)).toEqual([]);
  });
  it('are those since the patent was wholly invalid, restored or not', () => {
    expect(told(invalid('WHOLE'), restored)).toEqual([
      { from: '2024-06-01', to: '2024-07-31' },
      { from: '2024-08-01', to: '9999-12-31' },
    ]);
    expect(told(invalid('PART'))).toEqual([]);
  });
  it('are those the title was away', () => {
    const [out, home] = [moved('s1', '示例买方', '2024-02-01'), moved('b1', 'hnu', '2024-06-01')];
    expect(told(out)).toEqual([{ from: '2024-02-01', to: '9999-12-31', owner: '示例买方' }]);
    expect(told(out, home)).toEqual([
      { from: '2024-02-01', to: '2024-05-31', owner: '示例买方' },
      { from: '2024-06-01', to: '9999-12-31', owner: 'hnu' },
    ]);
    expect(told(out, moved('s1', '示例丙', '2024-03-01', 5))).toEqual([
      { from: '2024-03-01', to: '9999-12-31', owner: '示例丙' },
    ]);
    expect(told(out, { type: 'RightReleased', data: { contractId: 's1', on: '2024-07-01' } })).toEqual([]);
  });
});
