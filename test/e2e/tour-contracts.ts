import { patent } from './tour-assets.js';
import { APPROVED } from './tour-disclosures.js';
import type { Tour } from './tour-guide.js';
import { LICENSEE } from './tour-registry.js';

/** 定价公示: a public university's price, before it signs. */
export const priceNotices = (tour: Tour): void => {
  describe('price notices', () => {
    const at = (name: string, step: string) => `/api/v1/price-notices/${tour.id(name)}/${step}`;
    const notice = async (number: string) => ({
      universityId: 'hnu',
      number,
      title: '示例成果',
      assets: [tour.id('no. story')],
      proposedFen: '2000000',
      startsOn: '2021-11-01',
      endsOn: '2021-11-16',
      procedure: '示例：向科研院书面提出',
    });

    it('a price is published, objected to, and stands', async () => {
      await patent(tour, 'story', 'hnu');
      const short = { ...(await notice('示例-GS-0')), endsOn: '2021-11-15' };
      await tour.isRefused('hnu', '/api/v1/price-notices', short, 'P-6');
      await tour.does('hnu', '/api/v1/price-notices', await notice('示例-GS-1'), 'notice');
      const objection = { number: '示例-YY-1', raisedOn: '2021-11-05', ground: '示例：价格偏低' };
      await tour.does('hnu', at('notice', 'objections'), objection);
      const resolution = { number: '示例-YY-1', resolvedOn: '2021-11-20', outcome: 'DISMISSED' };
      await tour.does('hnu', at('notice', 'resolutions'), resolution);
      expect((await tour.record('price-notice', 'notice')).timeline).toHaveLength(3);
    });

    it('another is withdrawn and carries no contract', async () => {
      await tour.does('hnu', '/api/v1/price-notices', await notice('示例-GS-2'), 'withdrawn notice');
      await tour.does('hnu', at('withdrawn notice', 'withdrawal'), {
        withdrawnOn: '2021-11-10',
        reason: '示例：重新定价',
      });
      const contract = { ...storyLicence(tour), priceNotice: '示例-GS-2' };
      await tour.isRefused('hnu', '/api/v1/contracts', contract, 'P-1');
    });
  });
};

const storyLicence = (tour: Tour) => ({
  universityId: 'hnu',
  number: '示例-HT-1',
  mode: 'LICENCE',
  licenceKind: 'ORDINARY',
  assets: [tour.id('no. story')],
  counterparty: LICENSEE.name,
  counterpartyCode: LICENSEE.code,
  counterpartyDivision: '430100',
  signedOn: '2021-12-15',
  effectiveOn: '2022-01-01',
  endsOn: '2023-12-31',
  feeType: 'LUMP_SUM',
  feeFen: '2000000',
  pricingMethod: 'NEGOTIATED',
  priceNotice: '示例-GS-1',
});

/** 合同: the licence and the sale of the story, with their money. */
export const storyContracts = (tour: Tour): void => {
  describe('a licence and its money', () => {
    const at = (name: string, step: string) => `/api/v1/contracts/${tour.id(name)}/${step}`;

    it('is lodged at the published price or above, and recorded', async () => {
      const cheap = { ...storyLicence(tour), feeFen: '1999999' };
      await tour.isRefused('hnu', '/api/v1/contracts', cheap, 'P-2');
      await tour.does('hnu', '/api/v1/contracts', storyLicence(tour), 'licence');
      await tour.does('hnu', at('licence', 'recording'), { recordNo: 'X2022430000001', recordedOn: '2022-02-15' });
      const number = { technologyContractNo: '2022430100000001', registeredOn: '2022-01-20', amountFen: '1900000' };
      await tour.does('hnu', at('licence', 'technology-registration'), number);
      expect(await tour.record('contract', 'licence')).toMatchObject({
        status: 'RECORDED',
        amountFen: '2000000',
        detail: { onTime: true, inChangsha: true, technologyAmountFen: '1900000' },
      });
    });

    it('is paid, a wrong entry reversed, and the inventors rewarded', async () => {
      const payment = { number: '示例-DZ-1', receivedOn: '2022-01-10', amountFen: '200000', kind: 'LUMP_SUM' };
      await tour.does('hnu', at('licence', 'payments'), payment);
      const reversal = at('licence', `payments/${encodeURIComponent(payment.number)}/reversal`);
      await tour.does('hnu', reversal, APPROVED);
      await tour.does('hnu', at('licence', 'payments'), { ...payment, number: '示例-DZ-2', amountFen: '2000000' });
      const more = { ...payment, number: '示例-DZ-3', amountFen: '1' };
      await tour.isRefused('hnu', at('licence', 'payments'), more, 'C-63');
      const share = (staffNumber: string, amountFen: string, main: boolean) => ({
        name: `示例${staffNumber}`,
        staffNumber,
        amountFen,
        main,
      });
      const shares = [share('A001', '700000', true), share('A003', '200000', false)];
      const reward = {
        number: '示例-JL-1',
        distributedOn: '2022-03-01',
        costsFen: '200000',
        rewardFen: '900000',
        shares,
      };
      const low = { ...reward, rewardFen: '899999', shares: [share('A001', '899999', true)] };
      await tour.isRefused('hnu', at('licence', 'rewards'), low, 'P-3');
      await tour.does('hnu', at('licence', 'rewards'), { ...reward, number: '示例-JL-0', distributedOn: '2022-02-20' });
      const undone = at('licence', `rewards/${encodeURIComponent('示例-JL-0')}/reversal`);
      await tour.does('hnu', undone, APPROVED);
      await tour.does('hnu', at('licence', 'rewards'), reward);
      expect(await tour.record('contract', 'licence')).toMatchObject({
        detail: { receivedFen: '2000000', netIncomeFen: '1800000', rewardFen: '900000' },
      });
    });
  });
};

/** 转让: the patent of the story is sold. */
export const storySale = (tour: Tour): void => {
  describe('the sale', () => {
    const at = (name: string, step: string) => `/api/v1/contracts/${tour.id(name)}/${step}`;

    it('is sold once its licence is over', async () => {
      const { licenceKind: _kind, endsOn: _ends, priceNotice: _notice, ...terms } = storyLicence(tour);
      const listing = { platform: '示例交易所', listingNo: '示例-GP-1', from: '2024-04-01', to: '2024-04-30' };
      const sale = {
        ...terms,
        number: '示例-HT-2',
        mode: 'TRANSFER',
        counterparty: '示例受让公司',
        signedOn: '2024-05-06',
        effectiveOn: '2024-05-06',
        pricingMethod: 'LISTING',
        listing,
      };
      const { counterpartyCode: _code, ...unlicensed } = sale;
      await tour.does('hnu', '/api/v1/contracts', unlicensed, 'sale');
      await tour.does('hnu', at('sale', 'registration'), { registeredOn: '2024-06-03' });
      expect((await tour.record('contract', 'sale')).status).toBe('REGISTERED');
      await tour.isRefused('hnu', '/api/v1/contracts', { ...unlicensed, number: '示例-HT-3' }, 'L-4');
    });
  });
};
