import { patent } from './tour-assets.js';
import { APPROVED } from './tour-disclosures.js';
import type { Tour } from './tour-guide.js';
import { LICENSEE } from './tour-registry.js';

const declaration = (tour: Tour, number: string, asset: string) => ({
  universityId: 'hnu',
  number,
  asset: tour.id(`no. ${asset}`),
  declaredOn: '2022-01-10',
  endsOn: '2026-12-31',
  feeType: 'LUMP_SUM',
  feeFen: '500000',
  valuation: '示例：参照同类许可',
});
interface Offers {
  readonly items: ReadonlyArray<{ readonly number: string; readonly feeFen: string; readonly standardVersion: number }>;
}

const on = (tour: Tour, name: string, step: string) => `/api/v1/open-licences/${tour.id(name)}/${step}`;
const onGrant = (tour: Tour, name: string, step: string) => `/api/v1/open-grants/${tour.id(name)}/${step}`;
const declares = async (tour: Tour, name: string, number: string): Promise<void> => {
  await patent(tour, `open ${name}`, 'hnu');
  await tour.does('hnu', '/api/v1/open-licences', declaration(tour, number, `open ${name}`), name);
};
const offers = async (tour: Tour, asOf: string): Promise<Offers> =>
  (await tour.fetches<Offers>(undefined, `/api/v1/public/open-licences?asOf=${asOf}`)).body;

/** 开放许可: from the declaration to the last grant. */
export const openLicences = (tour: Tour): void => {
  describe('open licences', () => {
    it('a declaration is announced and offered to everyone, its fee raised later', async () => {
      await declares(tour, 'offer', '示例-KF-1');
      await tour.does('hnu', on(tour, 'offer', 'announcement'), { announcedOn: '2022-02-01' });
      const dearer = { announcedOn: '2023-01-01', feeType: 'LUMP_SUM', feeFen: '600000', valuation: '示例：市场变化' };
      await tour.does('hnu', on(tour, 'offer', 'fee-standards'), dearer);
      await tour.record('open-licence', 'offer');
      expect((await offers(tour, '2022-01-31')).items).toEqual([]);
      expect((await offers(tour, '2022-02-01')).items).toMatchObject([{ number: '示例-KF-1', feeFen: '500000' }]);
      expect((await offers(tour, '2023-01-01')).items).toMatchObject([{ feeFen: '600000', standardVersion: 2 }]);
      const file = await tour.fetches(undefined, '/api/v1/public/open-licences.csv?asOf=2023-01-01');
      expect(file.text).toContain('示例-KF-1');
    });

    it('is taken by notice and payment: recorded, cancelled, ended early, voided', async () => {
      const grant = {
        licensee: LICENSEE.name,
        licenseeCode: LICENSEE.code,
        licenseeDivision: '430100',
        noticeOn: '2023-03-01',
        paidOn: '2023-03-05',
        paidFen: '600000',
      };
      const takes = (name: string, number: string, more: object = {}) =>
        tour.does('hnu', on(tour, 'offer', 'grants'), { ...grant, number, ...more }, name);
      const short = { ...grant, number: '示例-KS-1', paidFen: '599999' };
      await tour.isRefused('hnu', on(tour, 'offer', 'grants'), short, 'OL-5');
      await takes('grant', '示例-KS-1');
      await tour.does('hnu', onGrant(tour, 'grant', 'recording'), {
        recordNo: 'K2023430000001',
        recordedOn: '2023-04-01',
      });
      expect(await tour.record('open-licence-grant', 'grant')).toMatchObject({
        status: 'RECORDED',
        detail: { licenseeSize: 'MEDIUM', standardVersion: 2 },
      });
      await takes('cancelled grant', '示例-KS-2', { noticeOn: '2022-03-01', paidOn: '2022-03-01', paidFen: '500000' });
      await tour.does('hnu', onGrant(tour, 'cancelled grant', 'recording'), {
        recordNo: 'K2022430000002',
        recordedOn: '2022-04-01',
      });
      const cancellation = { cancelledOn: '2022-06-01', reason: '示例：材料不实' };
      await tour.does('hnu', onGrant(tour, 'cancelled grant', 'recording-cancellation'), cancellation);
      await tour.does('hnu', onGrant(tour, 'cancelled grant', 'end'), { on: '2022-12-31', ...APPROVED });
      await takes('void grant', '示例-KS-3');
      await tour.does('hnu', onGrant(tour, 'void grant', 'void'), APPROVED);
      await takes('grant again', '示例-KS-3');
    });
  });
};

/** 开放许可的终止: how an offer ends. */
export const endedOffers = (tour: Tour): void => {
  describe('offers that end', () => {
    it('ends by withdrawal or with its patent; what was taken stays', async () => {
      await tour.isRefused('hnu', on(tour, 'offer', 'withdrawal'), { withdrawnOn: '2023-02-01' }, 'OL-12');
      await tour.does('hnu', on(tour, 'offer', 'withdrawal'), { withdrawnOn: '2024-01-01' });
      expect((await tour.record('open-licence', 'offer')).status).toBe('WITHDRAWN');
      expect((await tour.record('open-licence-grant', 'grant')).status).toBe('RECORDED');
      await declares(tour, 'lapsing', '示例-KF-2');
      await tour.does('hnu', on(tour, 'lapsing', 'announcement'), { announcedOn: '2022-02-01' });
      await tour.does('hnu', `/api/v1/assets/${tour.id('open lapsing')}/lapse`, {
        on: '2023-05-02',
        cause: 'ABANDONED',
      });
      await tour.does('hnu', on(tour, 'lapsing', 'termination'), { endedOn: '2023-05-02', cause: 'LAPSED' });
      await tour.record('open-licence', 'lapsing');
      expect((await offers(tour, '2024-01-01')).items).toEqual([]);
    });

    it('a declaration may be rejected, and one entered by mistake taken out', async () => {
      await declares(tour, 'rejected', '示例-KF-3');
      await tour.does('hnu', on(tour, 'rejected', 'rejection'), { rejectedOn: '2022-02-01', ground: '示例：缺文件' });
      await declares(tour, 'mistaken', '示例-KF-4');
      await tour.does('hnu', on(tour, 'mistaken', 'void'), APPROVED);
      const states = await Promise.all(['rejected', 'mistaken'].map((name) => tour.record('open-licence', name)));
      expect(states.map(({ status }) => status)).toEqual(['REJECTED', 'VOIDED']);
    });
  });
};
