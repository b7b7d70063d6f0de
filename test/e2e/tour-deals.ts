import { patent } from './tour-assets.js';
import { APPROVED } from './tour-disclosures.js';
import type { Tour } from './tour-guide.js';
import { LICENSEE } from './tour-registry.js';

/** A licence of the private university, which prices freely. */
export const deal = (tour: Tour, number: string, assets: readonly string[], terms: object = {}) => ({
  universityId: 'csu',
  number,
  mode: 'LICENCE',
  assets: assets.map((name) => tour.id(`no. ${name}`)),
  counterparty: '示例公司',
  signedOn: '2022-12-01',
  effectiveOn: '2023-01-01',
  endsOn: '2025-12-31',
  feeType: 'LUMP_SUM',
  feeFen: '1000000',
  pricingMethod: 'NEGOTIATED',
  ...terms,
});
const transfer = (tour: Tour, number: string, assets: readonly string[], terms: object = {}) => {
  const { endsOn: _ends, ...sale } = deal(tour, number, assets, { mode: 'TRANSFER', ...terms });
  return sale;
};
export const onContract = (tour: Tour, name: string, step: string) => `/api/v1/contracts/${tour.id(name)}/${step}`;
const lodges = (tour: Tour, name: string, contract: object) => tour.does('csu', '/api/v1/contracts', contract, name);

/** 许可: every kind of licence and fee. */
export const licences = (tour: Tour): void => {
  describe('licences of every kind', () => {
    it('an exclusive one in instalments, with a sub-licence within its bounds', async () => {
      await patent(tour, 'exclusive', 'csu');
      const instalments = [
        { dueOn: '2023-02-01', amountFen: '400000' },
        { dueOn: '2024-02-01', amountFen: '600000' },
      ];
      const scope = { territory: ['430000'], fields: ['C39'], sublicensable: true };
      const terms = { licenceKind: 'EXCLUSIVE', feeType: 'INSTALMENTS', instalments, ...scope };
      await lodges(tour, 'head', deal(tour, '示例-HT-10', ['exclusive'], terms));
      const sub = {
        licenceKind: 'SUB',
        headContract: '示例-HT-10',
        territory: ['430100'],
        fields: ['C391'],
        counterparty: '示例分公司',
      };
      const wide = deal(tour, '示例-HT-11', ['exclusive'], { ...sub, territory: ['440000'] });
      await tour.isRefused('csu', '/api/v1/contracts', wide, 'L-32');
      await lodges(tour, 'sub', deal(tour, '示例-HT-11', ['exclusive'], sub));
      const rival = deal(tour, '示例-HT-12', ['exclusive'], {
        licenceKind: 'ORDINARY',
        territory: ['430100'],
        fields: ['C'],
      });
      await tour.isRefused('csu', '/api/v1/contracts', rival, 'L-2');
      await lodges(tour, 'elsewhere', { ...rival, territory: ['440000'] });
      const first = {
        number: '示例-DZ-1',
        receivedOn: '2023-02-01',
        amountFen: '400000',
        kind: 'INSTALMENT',
        instalment: 1,
      };
      await tour.does('csu', onContract(tour, 'head', 'payments'), first);
      expect(await tour.record('contract', 'head')).toMatchObject({
        status: 'LODGED',
        detail: { receivedFen: '400000' },
      });
    });
  });
};

/** 排他许可: a licence that leaves the owner its own use. */
export const soleLicences = (tour: Tour): void => {
  describe('a sole licence', () => {
    it('a sole one beside the licence by which the owner uses the patent itself', async () => {
      await patent(tour, 'sole', 'csu');
      const royalty = { permyriad: 500, base: 'NET_SALES' };
      const sole = {
        licenceKind: 'SOLE',
        feeType: 'ENTRY_FEE_PLUS_ROYALTY',
        feeFen: undefined,
        entryFeeFen: '300000',
        royalty,
      };
      await lodges(tour, 'sole licence', deal(tour, '示例-HT-13', ['sole'], sole));
      const own = { licenceKind: 'ORDINARY', asOwnUse: true, feeType: 'FREE', feeFen: '0' };
      await lodges(tour, 'own use', deal(tour, '示例-HT-14', ['sole'], own));
      const payments = onContract(tour, 'sole licence', 'payments');
      await tour.does('csu', payments, {
        number: '示例-DZ-1',
        receivedOn: '2023-02-01',
        amountFen: '300000',
        kind: 'ENTRY',
      });
      await tour.does('csu', payments, {
        number: '示例-DZ-2',
        receivedOn: '2024-02-01',
        amountFen: '77777',
        kind: 'ROYALTY',
      });
      expect(await tour.record('contract', 'sole licence')).toMatchObject({ detail: { receivedFen: '377777' } });
    });
  });
};

/** 许可备案: a licence through everything its recording may meet. */
export const recordings = (tour: Tour): void => {
  describe('a licence and its recording', () => {
    it('a cross licence abroad with royalties, refused, recorded, cancelled, ended and struck off', async () => {
      await patent(tour, 'cross', 'csu');
      const abroad = {
        licenceKind: 'CROSS',
        feeType: 'RUNNING_ROYALTY',
        feeFen: undefined,
        royalty: { permyriad: 300, base: 'PROFIT' },
        foreignParty: true,
      };
      const contract = deal(tour, '示例-HT-15', ['cross'], abroad);
      await tour.isRefused('csu', '/api/v1/contracts', contract, 'C-35');
      await lodges(tour, 'cross licence', { ...contract, exportRegistrationNo: '示例技出字1号' });
      const at = (step: string) => onContract(tour, 'cross licence', step);
      await tour.does('csu', at('recording/refusal'), { refusedOn: '2023-02-01', ground: 'CONTENT_MISSING' });
      await tour.does('csu', at('recording'), { recordNo: 'X2023430000015', recordedOn: '2023-03-01' });
      await tour.does('csu', at('recording/cancellation'), { cancelledOn: '2023-04-01', reason: '示例：材料不实' });
      expect(await tour.record('contract', 'cross licence')).toMatchObject({
        status: 'LODGED',
        detail: { recordedOn: null },
      });
      await tour.does('csu', at('recording'), { recordNo: 'X2023430000016', recordedOn: '2023-06-01' });
      await tour.does('csu', at('termination'), { on: '2024-06-30', ...APPROVED });
      await tour.does('csu', at('deregistration'), { deregisteredOn: '2024-07-10', reason: '示例：合同解除' });
      expect(await tour.record('contract', 'cross licence')).toMatchObject({
        status: 'TERMINATED',
        detail: { terminatedOn: '2024-06-30', deregisteredOn: '2024-07-10', onTime: false },
      });
    });
  });
};

/** 变更、更正、作废: what may be put right, and by whom. */
export const changes = (tour: Tour): void => {
  describe('amendments, corrections and voiding', () => {
    it('an amendment of the fee holds at once, one of the term asks the titles', async () => {
      const at = onContract(tour, 'elsewhere', 'amendments');
      const amendment = { signedOn: '2024-01-10', reason: '示例：补充协议' };
      await tour.does('csu', at, { number: '示例-BG-1', changes: { feeFen: '1200000' }, ...amendment });
      await tour.does('csu', at, { number: '示例-BG-2', changes: { endsOn: '2026-12-31' }, ...amendment });
      const beyond = { number: '示例-BG-3', changes: { territory: ['430100'] }, ...amendment };
      await tour.isRefused('csu', at, beyond, 'L-2');
      const { amountFen, detail, timeline } = await tour.record('contract', 'elsewhere');
      expect({ amountFen, endsOn: detail['endsOn'] }).toEqual({ amountFen: '1200000', endsOn: '2026-12-31' });
      expect(timeline.filter(({ type }) => /Amend/.test(type)).map(({ type }) => type)).toEqual([
        'ContractAmended',
        'AmendmentRequested',
        'ContractAmended',
      ]);
    });

    it('a correction needs another person, and moves the title with the date', async () => {
      const correction = { number: '示例-GZ-1', field: 'effectiveOn', value: '2023-02-01', ...APPROVED };
      const at = onContract(tour, 'elsewhere', 'corrections');
      await tour.isRefused('csu', at, { ...correction, approver: 'auditor' }, 'A-13');
      await tour.isRefused('csu', at, { ...correction, approver: 'hnu-head' }, 'A-13');
      await tour.does('csu', at, correction);
      await tour.does('csu', at, { ...correction, number: '示例-GZ-2', field: 'counterparty', value: LICENSEE.name });
      expect(await tour.record('contract', 'elsewhere')).toMatchObject({
        counterparty: LICENSEE.name,
        detail: { effectiveOn: '2023-02-01', dueOn: '2023-05-04' },
      });
    });

    it('a voided contract leaves its patent free', async () => {
      await patent(tour, 'voided', 'csu');
      const exclusive = { licenceKind: 'EXCLUSIVE' };
      await lodges(tour, 'void', deal(tour, '示例-HT-16', ['voided'], exclusive));
      const again = deal(tour, '示例-HT-17', ['voided'], exclusive);
      await tour.isRefused('csu', '/api/v1/contracts', again, 'L-2');
      await tour.does('csu', onContract(tour, 'void', 'voiding'), { voidedOn: '2023-03-01', ...APPROVED });
      await lodges(tour, 'after the void', again);
      expect((await tour.record('contract', 'void')).status).toBe('VOIDED');
    });
  });
};

/** 转让及其他: every way a title leaves, and one back. */
export const transfers = (tour: Tour): void => {
  describe('transfers of every mode', () => {
    const registers = (name: string, registeredOn: string) =>
      tour.does('csu', onContract(tour, name, 'registration'), { registeredOn });

    it('a contribution for shares, a release to the inventor and a succession', async () => {
      for (const name of ['contributed', 'released', 'inherited']) await patent(tour, name, 'csu');
      const equity = { company: '示例作价公司', sharePermyriad: 2_000, valueFen: '5000000' };
      const contribution = { mode: 'EQUITY', equity, feeType: 'FREE', feeFen: '0', counterparty: '示例作价公司' };
      await lodges(tour, 'equity', transfer(tour, '示例-HT-20', ['contributed'], contribution));
      const release = {
        mode: 'RELEASE',
        counterparty: '示例甲/B001',
        feeType: 'FREE',
        feeFen: '0',
        inventorSharePermyriad: 1_000,
        ground: '示例：放弃申请的材料在纸质档案',
      };
      await lodges(tour, 'release', transfer(tour, '示例-HT-21', ['released'], release));
      const heirless = { mode: 'SUCCESSION', counterparty: '示例合并后学院', feeType: 'FREE', feeFen: '0' };
      const groundless = transfer(tour, '示例-HT-22', ['inherited'], heirless);
      await tour.isRefused('csu', '/api/v1/contracts', groundless, 'C-59');
      const succession = { ...heirless, ground: '示例：合并批复' };
      await lodges(tour, 'succession', transfer(tour, '示例-HT-22', ['inherited'], succession));
      for (const name of ['equity', 'release', 'succession']) await registers(name, '2023-02-01');
      expect(await tour.record('contract', 'equity')).toMatchObject({
        status: 'REGISTERED',
        detail: { equitySharePermyriad: 2_000 },
      });
      expect(await tour.record('contract', 'release')).toMatchObject({ detail: { warnings: ['E-1'] } });
      const { counterparty, names } = await tour.record('contract', 'release', 'csu');
      expect(names[counterparty ?? '']).toBe('示例甲');
      expect((await tour.record('contract', 'release')).names).toEqual({});
    });

    it('a sale and its return', async () => {
      await patent(tour, 'returned', 'csu');
      await lodges(tour, 'gone', transfer(tour, '示例-HT-23', ['returned']));
      await registers('gone', '2023-03-01');
      const back = transfer(tour, '示例-HT-24', ['returned'], {
        returnOf: '示例-HT-23',
        signedOn: '2024-01-05',
        effectiveOn: '2024-01-05',
      });
      await lodges(tour, 'back', back);
      await registers('back', '2024-02-01');
      const path = `/api/v1/assets/${tour.id('returned')}/register`;
      const { body } = await tour.fetches<{ ownership: { owner: string; chain: unknown[] } }>('csu', path);
      expect(body.ownership).toMatchObject({ owner: 'csu', chain: [{}, { party: '示例公司' }, { party: 'csu' }] });
    });
  });
};
