import type { Tour } from './tour-guide.js';

interface Fund {
  readonly allocatedFen: string;
  readonly leftFen: string;
  readonly claims: ReadonlyArray<{
    readonly number: string;
    readonly status: string;
    readonly allocatedFen: string | null;
  }>;
}

/** 专项资金: a year of the fund. */
export const fundYear = (tour: Tour): void => {
  describe('a year of the fund', () => {
    const at = (step: string) => `/api/v1/fund-years/2025/${step}`;

    it('is opened with its categories and standards', async () => {
      const year = {
        year: 2025,
        budgetFen: '100000000',
        legalBasis: '示例',
        document: '示例财〔2025〕1号',
        openedOn: '2025-01-10',
      };
      await tour.does('fund', '/api/v1/fund-years', year);
      const standards = { DEDICATED_INSTITUTION: 'dedicated-office', IP_STANDARD_IMPLEMENTATION: 'certification' };
      for (const [category, objectKind] of Object.entries(standards)) {
        await tour.does('fund', at('categories'), { category, method: 'PRO_RATA', ceilingFen: '30000000' });
        const standard = {
          number: `示例-${objectKind}`,
          category,
          title: '示例',
          unit: '个',
          amountFen: '40000000',
          objectKind,
          legalBasis: '示例',
        };
        await tour.does('fund', at('standards'), standard);
      }
      const fees = {
        number: '示例-F',
        category: 'IP_STANDARD_IMPLEMENTATION',
        title: '示例',
        unit: '项',
        amountFen: '1',
        objectKind: 'certification',
        purpose: 'ANNUITY',
        legalBasis: '示例',
      };
      await tour.isRefused('fund', at('standards'), fees, 'F-X1');
    });
  });
};

/** 资金申报与分配: what is asked of the fund, and what it gives. */
export const fundClaims = (tour: Tour): void => {
  describe('claims on the fund', () => {
    const at = (step: string) => `/api/v1/fund-years/2025/${step}`;
    const board = () => tour.reads<Fund>('auditor', '/api/v1/boards/fund/2025');

    it('takes claims, one withdrawn, and is divided by another person', async () => {
      const claim = {
        universityId: 'hnu',
        units: 1,
        claimedOn: '2025-03-01',
        performanceTarget: '示例：年底前转化5项，见合同',
      };
      const office = {
        ...claim,
        number: '示例-SB-1',
        category: 'DEDICATED_INSTITUTION',
        standardNumber: '示例-dedicated-office',
        objectNumber: '示例转化中心',
      };
      await tour.does('hnu', at('claims'), office);
      await tour.isRefused('hnu', at('claims'), { ...office, number: '示例-SB-9' }, 'F-4');
      const certificate = {
        ...claim,
        number: '示例-SB-2',
        category: 'IP_STANDARD_IMPLEMENTATION',
        standardNumber: '示例-certification',
        objectNumber: '示例-ZS-1',
      };
      await tour.does('hnu', at('claims'), certificate, 'claim');
      await tour.isRefused(
        'hnu',
        at('claims'),
        { ...certificate, number: '示例-SB-3', objectNumber: '示例-ZS-2' },
        'F-61',
      );
      await tour.does('hnu', at(`claims/${tour.id('claim')}/withdrawal`), { reason: '示例：材料不全' });
      await tour.isRefused('hnu', at('allocation'), undefined, 'A-1');
      const dry = await tour.tries('fund2', at('allocation'), undefined);
      expect(dry.events.map(({ type }) => type)).toEqual(['FundAllocated']);
      await tour.does('fund2', at('allocation'));
      const { allocatedFen, leftFen, claims } = await board();
      expect({ allocatedFen, leftFen }).toEqual({ allocatedFen: '30000000', leftFen: '70000000' });
      expect(claims.map(({ number, status }) => `${number} ${status}`).sort()).toEqual([
        '示例-SB-1 ALLOCATED',
        '示例-SB-2 WITHDRAWN',
      ]);
    });
  });
};
