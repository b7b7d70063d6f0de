import { Approvers } from '@app/access';
import { openTestLedger, testActors } from './test-ledger.js';

describe('the application of a flow spec', () => {
  it('opens with users who may approve, and closes', async () => {
    const ledger = await openTestLedger({ modules: [], events: [] });
    const approvers = ledger.app.get(Approvers);
    const act = { actor: testActors.clerk, universityId: 'hnu' };
    expect(await approvers.named('hnu-head', 'correction.approve', act)).toBe('hnu-head');
    await ledger.close();
  });
});
