import { patentNumberWithCheck } from '@app/kernel';
import { APPROVED } from './tour-disclosures.js';
import type { Outcome, Tour } from './tour-guide.js';

interface Register {
  readonly status: string;
  readonly ownership: {
    readonly owner: string;
    readonly chain: ReadonlyArray<{ readonly party: string; readonly number?: string }>;
  };
  readonly licences: ReadonlyArray<{
    readonly number?: string;
    readonly licensee?: string;
    readonly licence: string;
    readonly state: string;
  }>;
  readonly pledges: ReadonlyArray<{ readonly pledgeNo: string; readonly inForce: boolean }>;
  readonly suspensions: ReadonlyArray<{ readonly documentNo: string; readonly inForce: boolean }>;
  readonly statusHistory: ReadonlyArray<{ readonly status: string; readonly on: string }>;
}

let serial = 0;

/** An invention patent of a university, filed in 2018 and granted in 2020; its number goes by the name `no. <name>`. */
export const patent = async (tour: Tour, name: string, owner: 'hnu' | 'csu') => {
  serial += 1;
  const number = patentNumberWithCheck(`20181${String(serial).padStart(7, '0')}`);
  const dates = { filedOn: '2018-05-01', grantedOn: '2020-05-04' };
  const asset = { universityId: owner, ipType: 'INVENTION', number, title: `示例专利 ${name}`, ...dates };
  await tour.does(owner, '/api/v1/assets', asset, name);
  tour.names.set(`no. ${name}`, number);
  return number;
};

const registerOf = (tour: Tour, name: string, asOf: string): Promise<Register> =>
  tour.fetches<Register>('auditor', `/api/v1/assets/${tour.id(name)}/register?asOf=${asOf}`).then(({ body }) => body);

const enters = (tour: Tour, name: string, entry: string, data: object): Promise<Outcome> =>
  tour.does('hnu', `/api/v1/assets/${tour.id(name)}/${entry}`, data);

/** 登记簿: what is owned, and the facts of its legal life. */
export const assets = (tour: Tour): void => {
  describe('assets and their register', () => {
    it('takes a patent that was decided on, and no other', async () => {
      const { number, ...undecided } = {
        universityId: 'hnu',
        ipType: 'INVENTION',
        number: patentNumberWithCheck('202419999999'),
        title: '示例专利 新',
        filedOn: '2024-04-01',
      };
      await tour.isRefused('hnu', '/api/v1/assets', { ...undecided, number }, 'E-3');
      const decided = { ...undecided, number, disclosureNumber: '示例-PL-1' };
      await tour.does('hnu', '/api/v1/assets', decided, 'young');
      await tour.isRefused('hnu', '/api/v1/assets', { ...decided, title: '示例专利 重复' }, 'C-4');
      await enters(tour, 'young', 'publication', { on: '2024-09-10', publicationNo: 'CN118000001A' });
      await enters(tour, 'young', 'grant', { on: '2025-03-04' });
      const history = async (asOf: string) => (await registerOf(tour, 'young', asOf)).status;
      expect([await history('2024-05-01'), await history('2024-10-01'), await history('2025-03-04')]).toEqual([
        'FILED',
        'PUBLISHED',
        'GRANTED',
      ]);
    });

    it('keeps pledges, suspensions, annuities and co-owners by their dates', async () => {
      await patent(tour, 'burdened', 'hnu');
      const pledge = {
        on: '2021-02-01',
        pledgeNo: '示例Y2021-1',
        pledgee: '示例银行',
        amountFen: '50000000',
        openLicenceConsent: false,
      };
      await enters(tour, 'burdened', 'pledge', pledge);
      await enters(tour, 'burdened', 'pledge-release', { on: '2022-02-01', pledgeNo: pledge.pledgeNo });
      const suspension = { on: '2022-06-01', documentNo: '示例（2022）民初1号', cause: 'PRESERVATION' };
      await enters(tour, 'burdened', 'suspension', suspension);
      await enters(tour, 'burdened', 'suspension-end', { on: '2022-09-01', documentNo: suspension.documentNo });
      await enters(tour, 'burdened', 'annuity', { year: 4, paidOn: '2021-04-20', feeFen: '120000' });
      const coOwners = [{ name: '示例研究院', sharePermyriad: 3_000 }];
      await enters(tour, 'burdened', 'co-owners', { on: '2021-06-01', coOwners, documentNo: '示例手续1号' });
      expect(await registerOf(tour, 'burdened', '2022-07-01')).toMatchObject({
        ownership: { ownerSharePermyriad: 7_000, coOwners },
        pledges: [{ pledgeNo: pledge.pledgeNo, inForce: false, releasedOn: '2022-02-01' }],
        suspensions: [{ documentNo: suspension.documentNo, inForce: true }],
      });
    });
  });
};

/** 权利的终止与恢复: how a right ends, and what ends wrongly. */
export const endedRights = (tour: Tour): void => {
  describe('rights that end', () => {
    it('lapses, is restored and partly invalidated; a wrong entry is voided', async () => {
      await enters(tour, 'burdened', 'lapse', { on: '2023-05-01', cause: 'UNPAID_FEE' });
      await enters(tour, 'burdened', 'restoration', { on: '2023-08-01' });
      const { revision } = await enters(tour, 'burdened', 'invalidation', {
        on: '2023-10-01',
        scope: 'WHOLE',
        decisionNo: '示例 56789',
      });
      expect((await registerOf(tour, 'burdened', '2024-01-01')).status).toBe('INVALIDATED');
      await enters(tour, 'burdened', 'entry-voids', { revision, ...APPROVED });
      await enters(tour, 'burdened', 'corrections', { changes: { title: '示例专利（更名）' }, ...APPROVED });
      const { statusHistory } = await registerOf(tour, 'burdened', '2024-01-01');
      expect(statusHistory.map(({ status, on }) => `${on} ${status}`)).toEqual([
        '2018-05-01 FILED',
        '2020-05-04 GRANTED',
        '2023-05-01 LAPSED',
        '2023-08-01 GRANTED',
      ]);
    });

    it('registers, renews and ends a trade mark; a secret that is told is no more', async () => {
      const mark = {
        universityId: 'hnu',
        ipType: 'TRADEMARK',
        number: '51234567',
        title: '示例商标',
        filedOn: '2010-03-01',
      };
      await tour.does('hnu', '/api/v1/assets', mark, 'mark');
      await enters(tour, 'mark', 'registration', { on: '2011-01-07' });
      await enters(tour, 'mark', 'renewal', { on: '2020-12-01', to: '2031-01-06' });
      await enters(tour, 'mark', 'registration-end', { on: '2024-05-01', cause: 'SURRENDERED' });
      const secret = {
        universityId: 'hnu',
        ipType: 'TECH_SECRET',
        number: '示例-JS-1',
        title: '示例秘密',
        filedOn: '2019-01-01',
      };
      await tour.does('hnu', '/api/v1/assets', secret, 'secret know-how');
      await enters(tour, 'secret know-how', 'secret-disclosure', { on: '2023-01-01' });
      for (const name of ['mark', 'secret know-how']) {
        expect((await registerOf(tour, name, '2022-12-31')).status).not.toBe('LAPSED');
        expect((await registerOf(tour, name, '2024-05-01')).status).toBe('LAPSED');
      }
    });
  });
};

/** The title register as it reads once the story is over. */
export const titleOfTheStory = (tour: Tour): void => {
  describe('the title register of one patent', () => {
    it('reads as the story told, on three dates', async () => {
      const [licensed, ended, sold] = await Promise.all(
        ['2022-06-30', '2024-03-01', '2024-07-01'].map((asOf) => registerOf(tour, 'story', asOf)),
      );
      const owners = [licensed, ended, sold].map((register) => register?.ownership.owner);
      expect(owners).toEqual(['hnu', 'hnu', '示例受让公司']);
      const users = [licensed, ended, sold].map((register) =>
        register?.licences.map(({ number, licensee, state }) => `${number} ${licensee} ${state}`),
      );
      expect(users).toEqual([
        ['示例-HT-1 示例制造有限公司 IN_FORCE'],
        ['示例-HT-1 示例制造有限公司 ENDED'],
        ['示例-HT-1 示例制造有限公司 ENDED'],
      ]);
      expect(sold?.ownership.chain).toMatchObject([
        { party: 'hnu' },
        { party: '示例受让公司', number: '示例-HT-2', from: '2024-06-03' },
      ]);
    });
  });
};
