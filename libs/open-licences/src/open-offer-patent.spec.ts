import { openTestLedger, testActors, testCommand } from '@app/flow-testing';
import { EnterAssetFact, PatentsModule, RegisterAsset, RunAsset, patentsEvents } from '@app/patents';
import { RegistryModule, RunUniversity, registryEvents, registryProjections } from '@app/registry';
import { openGrantEvents } from './open-grant.projection.js';
import { openLicenceEvents } from './open-licence.projection.js';
import { RunOpenGrant } from './open-grant.handler.js';
import { type OpenLicenceRequest, RunOpenLicence } from './open-licence.handler.js';
import { OpenLicencesModule } from './open-licences.module.js';
import { openOffers } from './open-offer.projection.js';
import type { PublicOfferPage } from './open-offer.queries.js';

const NUMBER = '201910699568X';
let ledger: Awaited<ReturnType<typeof openTestLedger>>;
let assetId = '';
let declarationId = '';
const run = (key: string, command: OpenLicenceRequest) =>
  ledger.commands.execute(new RunOpenLicence(command, testCommand(key, command)));
const onTitle = (command: RunAsset['command']) =>
  ledger.commands.execute(new RunAsset(assetId, command, testCommand(JSON.stringify(command), command)));

beforeEach(async () => {
  ledger = await openTestLedger({
    modules: [RegistryModule, PatentsModule, OpenLicencesModule],
    events: [...registryEvents, ...patentsEvents, openLicenceEvents, openGrantEvents],
    projections: [...registryProjections, openOffers],
  });
  const data = {
    code: 'hnu',
    name: '示例大学',
    ownership: 'PROVINCIAL',
    level: 'UNDERGRADUATE',
    authority: '示例',
  } as const;
  const register = { type: 'RegisterUniversity', data } as const;
  await ledger.commands.execute(new RunUniversity('hnu', register, testCommand('u', data, testActors.reviewer)));
  const facts = { filedOn: '2019-07-30', grantedOn: '2021-03-02', title: '示例：一种测量装置' };
  const asset = { universityId: 'hnu', ipType: 'INVENTION', number: NUMBER, ...facts } as const;
  assetId = (await ledger.commands.execute(new RegisterAsset(asset, testCommand('a', asset)))).id;
  const dates = { declaredOn: '2024-01-01', endsOn: '2027-02-28' };
  const fee = { feeType: 'LUMP_SUM', feeFen: '300' } as const;
  const declare = {
    type: 'DeclareOpenLicence',
    universityId: 'hnu',
    number: '示例-KF-1',
    asset: NUMBER,
    ...dates,
    ...fee,
  } as const;
  declarationId = (await run('d', declare)).id;
  await run('n', { type: 'AnnounceOpenLicence', declarationId, announcedOn: '2024-02-01' });
});
afterEach(() => ledger.close());

/** The days of these on which the list shows the offer. */
const shownOn = async (...days: string[]): Promise<string[]> => {
  await ledger.models.waitFor(ledger.models.token(await ledger.store.head()));
  const shown: string[] = [];
  for (const asOf of days) {
    const url = `/api/v1/public/open-licences?asOf=${asOf}`;
    const page: PublicOfferPage = (await ledger.app.inject({ method: 'GET', url })).json();
    if (page.total > 0) shown.push(asOf);
  }
  return shown;
};

describe('an offer of a patent', () => {
  it('is not shown while the patent has lapsed, and again once it is restored', async () => {
    const lapse = { type: 'PatentLapsed', data: { on: '2024-05-01', cause: 'UNPAID_FEE' } } as const;
    await ledger.commands.execute(new EnterAssetFact(assetId, lapse, testCommand('l', lapse)));
    expect(await shownOn('2024-04-30', '2024-05-01', '2025-01-01')).toEqual(['2024-04-30']);
    const restored = { type: 'PatentRestored', data: { on: '2024-08-01' } } as const;
    await ledger.commands.execute(new EnterAssetFact(assetId, restored, testCommand('r', restored)));
    expect(await shownOn('2024-04-30', '2024-07-31', '2024-08-01')).toEqual(['2024-04-30', '2024-08-01']);
  });
  it('is not shown while the patent is with somebody else', async () => {
    const contract = { universityId: 'hnu', contractNumber: '示例-s1', party: '示例买方' };
    await onTitle({ type: 'Reserve', contractId: 's1', ...contract, right: { kind: 'TITLE', on: '2024-03-01' } });
    await onTitle({ type: 'Confirm', contractId: 's1' });
    await onTitle({ type: 'MoveOwnership', contractId: 's1', to: '示例买方', on: '2024-04-01', revision: 2 });
    expect(await shownOn('2024-03-31', '2024-04-01')).toEqual(['2024-03-31']);
    await onTitle({
      type: 'Reserve',
      contractId: 'b1',
      ...contract,
      right: { kind: 'TITLE', on: '2024-05-01', back: true },
    });
    await onTitle({ type: 'Confirm', contractId: 'b1' });
    await onTitle({ type: 'MoveOwnership', contractId: 'b1', to: 'hnu', on: '2024-06-01', revision: 2 });
    expect(await shownOn('2024-03-31', '2024-05-31', '2024-06-01')).toEqual(['2024-03-31', '2024-06-01']);
  });
});

describe('OL-38: a new standard', () => {
  const change = (announcedOn: string) =>
    run(announcedOn, { type: 'ChangeFeeStandard', declarationId, announcedOn, feeType: 'LUMP_SUM', feeFen: '400' });

  it('is refused where a grant was given notice of since, and accepted from the day after', async () => {
    const paid = { noticeOn: '2024-05-06', paidOn: '2024-05-06', paidFen: '300' };
    const grant = {
      type: 'GrantOpenLicence',
      declarationId,
      number: '示例-KFSS-1',
      licensee: '示例公司',
      ...paid,
    } as const;
    await ledger.commands.execute(new RunOpenGrant(grant, testCommand('g', grant)));
    await expect(change('2024-05-06')).rejects.toMatchObject({ rule: 'OL-38', place: { field: 'announcedOn' } });
    expect(await change('2024-05-07')).toMatchObject({ written: true });
  });
});

describe('I-13: co-owners', () => {
  const joining = (name: string) => {
    const entry = {
      type: 'CoOwnersChanged',
      data: { on: '2024-05-01', documentNo: '示例-BG-1', coOwners: [{ name }] },
    } as const;
    return ledger.commands.execute(new EnterAssetFact(assetId, entry, testCommand(name, entry)));
  };
  it('is refused for the university by its name', async () => {
    await expect(joining('示例 大学')).rejects.toMatchObject({ rule: 'I-13' });
  });
  it('is accepted for another', async () => {
    expect(await joining('示例甲公司')).toMatchObject({ written: true });
  });
});
