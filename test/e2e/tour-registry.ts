import { creditCodeWithCheck } from '@app/kernel';
import type { Tour } from './tour-guide.js';

export const LICENSEE = { name: '示例制造有限公司', code: creditCodeWithCheck('91430100MA4L00000') };

/** 高校与校内制度: who is on the ledger, and by what rules of its own. */
export const universities = (tour: Tour): void => {
  describe('universities and policies', () => {
    const policies = '/api/v1/universities/hnu/policies';

    it('registers a public and a private university, both in the panel', async () => {
      const authority = '示例主管部门';
      const hnu = { code: 'hnu', name: '示例大学', ownership: 'PROVINCIAL', level: 'UNDERGRADUATE', authority };
      const csu = { code: 'csu', name: '示例学院', ownership: 'PRIVATE', level: 'VOCATIONAL', authority };
      for (const university of [hnu, csu]) {
        await tour.does('reviewer', '/api/v1/universities', university);
        const panel = { inPanel: true, from: '2020-01-01', source: '示例名单' };
        await tour.does('reviewer', `/api/v1/universities/${university.code}/panel`, panel);
      }
      const listed = await tour.reads<ReadonlyArray<{ universityId: string }>>('auditor', '/api/v1/universities');
      expect(listed.map(({ universityId }) => universityId).sort()).toEqual(['csu', 'hnu']);
      await tour.isRefused('hnu', '/api/v1/universities', { ...hnu, code: 'other' }, 'A-1');
    });

    it('adopts and repeals a policy', async () => {
      const old = {
        policy: 'EVALUATION',
        documentNo: '示例校发〔2020〕1号',
        adoptedOn: '2020-03-01',
        evidence: '示例文件',
      };
      await tour.does('reviewer', policies, old);
      await tour.does('reviewer', policies, { ...old, documentNo: '示例校发〔2021〕9号', adoptedOn: '2021-09-01' });
      const { policy, documentNo } = old;
      await tour.does('reviewer', `${policies}/repeal`, { policy, documentNo, on: '2021-09-01' });
      const { timeline } = await tour.record('university', 'hnu');
      expect(timeline.map(({ type }) => type)).toEqual([
        'UniversityRegistered',
        'PanelMembershipSet',
        'PolicyAdopted',
        'PolicyAdopted',
        'PolicyRepealed',
      ]);
    });
  });
};

/** 企业规模: what a licensee is, by its figures of a year. */
export const enterpriseSizes = (tour: Tour): void => {
  describe('the size of an enterprise', () => {
    const figures = {
      enterpriseName: LICENSEE.name,
      creditCode: LICENSEE.code,
      industry: 'C39',
      employees: 250,
      revenueFen: '3000000000',
      dataYear: 2022,
      determinedOn: '2023-02-01',
      evidence: '示例中小企业声明函',
    };

    it('is determined, and determined anew when its figures were wrong', async () => {
      await tour.does('clerk', '/api/v1/enterprise-sizes', figures, 'size');
      expect(await tour.record('enterprise-size', 'size')).toMatchObject({ detail: { size: 'SMALL' } });
      const correction = { ...figures, employees: 350, reason: '示例：人数有误', approver: 'reviewer' };
      await tour.does('clerk', '/api/v1/enterprise-sizes/corrections', correction);
      expect(await tour.record('enterprise-size', 'size')).toMatchObject({ detail: { size: 'MEDIUM' } });
    });
  });
};

/** 登记对象: what the plan counts and the fund pays for. */
export const registryObjects = (tour: Tour): void => {
  describe('objects of the registry', () => {
    const at = (path: string) => `/api/v1/registry/${path}`;
    const universityId = 'hnu';
    const office = {
      universityId,
      legalForm: 'INTERNAL',
      documentNo: '示例编〔2022〕3号',
      establishedOn: '2022-03-01',
      staff: 6,
    };

    it('an office is founded and another closed', async () => {
      await tour.does('hnu', at('dedicated-offices'), { ...office, name: '示例转化中心' }, 'office');
      await tour.does(
        'hnu',
        at('dedicated-offices'),
        { ...office, name: '示例旧中心', documentNo: '示例编〔2019〕1号' },
        'old office',
      );
      const closing = { closedOn: '2023-01-01', reason: '示例：合并' };
      await tour.does('hnu', at(`dedicated-offices/${tour.id('old office')}/close`), closing);
      expect((await tour.record('dedicated-office', 'office')).status).not.toBe(
        (await tour.record('dedicated-office', 'old office')).status,
      );
    });

    it('a certificate is issued and another withdrawn', async () => {
      const certificate = {
        universityId,
        standard: 'GB/T 33251-2016',
        body: '示例认证公司',
        validFrom: '2024-01-01',
        validTo: '2026-12-31',
      };
      await tour.does('hnu', at('certifications'), { ...certificate, certNo: '示例-ZS-1' }, 'certificate');
      await tour.does('hnu', at('certifications'), { ...certificate, certNo: '示例-ZS-2' }, 'withdrawn certificate');
      const withdrawal = { withdrawnOn: '2024-06-01', reason: '示例：审核未通过' };
      await tour.does('hnu', at(`certifications/${tour.id('withdrawn certificate')}/withdraw`), withdrawal);
      expect((await tour.record('certification', 'withdrawn certificate')).detail).toMatchObject({
        withdrawnOn: '2024-06-01',
      });
    });
  });
};

/** 成果登记: what was built up and honoured. */
export const honours = (tour: Tour): void => {
  describe('portfolios and honours', () => {
    const at = (path: string) => `/api/v1/registry/${path}`;
    const universityId = 'hnu';

    it('a portfolio is started and accepted', async () => {
      const portfolio = {
        universityId,
        number: '示例-ZH-1',
        title: '示例组合',
        startedOn: '2023-01-01',
        partners: ['示例公司'],
        assets: [tour.id('no. story')],
      };
      await tour.does('hnu', at('portfolios'), portfolio, 'portfolio');
      await tour.does('hnu', at(`portfolios/${tour.id('portfolio')}/accept`), { acceptedOn: '2024-12-01' });
      expect((await tour.record('portfolio', 'portfolio')).detail).toMatchObject({ acceptedOn: '2024-12-01' });
    });

    it('a designation, a commendation and a platform are noted', async () => {
      const designation = {
        designation: 'PILOT',
        documentNo: '示例国知〔2023〕1号',
        designatedOn: '2023-05-01',
        authority: '示例局',
      };
      await tour.does(
        'hnu',
        at('designations'),
        { universityId, ...designation, validTo: '2026-04-30' },
        'designation',
      );
      const commendation = {
        award: '示例转化奖',
        year: 2023,
        documentNo: '示例奖〔2024〕1号',
        grantedOn: '2024-03-01',
      };
      await tour.does('hnu', at('commendations'), { universityId, ...commendation }, 'commendation');
      const platform = {
        name: '示例交易平台',
        url: 'https://example.org/',
        launchedOn: '2023-10-01',
        documentNo: '示例文〔2023〕2号',
      };
      await tour.does('hnu', at('trading-platforms'), { universityId, ...platform }, 'platform');
      const targets = (
        await tour.reads<{ targets: ReadonlyArray<{ id: string; actual: number }> }>('auditor', '/api/v1/boards/target')
      ).targets;
      const actual = Object.fromEntries(targets.map((target) => [target.id, target.actual]));
      expect(actual).toMatchObject({ T1: 1, T2: 1, T5: 1 });
    });
  });
};
