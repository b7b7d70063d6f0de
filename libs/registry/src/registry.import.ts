import {
  type ImportKind,
  type RowContext,
  choice,
  creditCode,
  date,
  filled,
  importKind,
  integer,
  list,
  text,
  yesNo,
} from '@app/imports';
import { Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { enterpriseSizeSheet } from './enterprise-size.import.js';
import {
  type Commendation,
  type DedicatedOffice,
  type Designation,
  type IpCertificate,
  type PortfolioAcceptance,
  type TradingPlatform,
  designations,
  legalForms,
} from './registry-events.js';
import {
  ConcludeRegistryObject,
  type PortfolioRequest,
  RecordRegistryObject,
  type RegistryRequest,
} from './registry-object.handler.js';
import { notBefore } from './registry-object.js';
import { notAfter, registryRule } from './registry-rules.js';
import { type PanelMembership, type UniversityData, educationLevels, ownerships } from './university.js';
import { FindUniversity, RunUniversity } from './university.handler.js';
import { universityPolicySheet } from './university-policy.import.js';

const university = text({ zh: '高校', en: 'University', required: true, example: '湖南大学' });
const evidence = text({ zh: '佐证', en: 'Evidence' });

@Injectable()
export class RegistryImports {
  readonly kinds: readonly ImportKind[];

  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {
    this.kinds = [
      this.universities(),
      universityPolicySheet(commands, queries),
      this.dedicatedOffices(),
      this.designations(),
      this.certifications(),
      this.commendations(),
      this.tradingPlatforms(),
      this.portfolios(),
      enterpriseSizeSheet(commands),
    ];
  }

  /** Two commands, so that the same row may come again once the panel is decided; nothing is written of a row that would stop halfway. */
  private universities(): ImportKind {
    return importKind({
      kind: 'universities',
      title: { zh: '高校', en: 'Universities' },
      order: 10,
      columns: {
        code: text({ zh: '学校代码', en: 'Ledger code', required: true, example: 'hnu' }),
        name: text({ zh: '学校名称', en: 'Name', required: true, example: '湖南大学' }),
        englishName: text({ zh: '英文名', en: 'English name', example: 'Hunan University' }),
        schoolCode: text({ zh: '学校标识码', en: 'School code', example: '4143010532' }),
        creditCode: creditCode({ zh: '统一社会信用代码', en: 'Unified social credit code' }),
        ownership: choice(ownerships)({ zh: '办学性质', en: 'Ownership', required: true, example: '中央' }),
        level: choice(educationLevels)({ zh: '办学层次', en: 'Level', required: true, example: '本科' }),
        authority: text({ zh: '主管部门', en: 'Authority in charge', required: true, example: '教育部' }),
        inPanel: yesNo({ zh: '纳入统计', en: 'In the panel', required: true, example: '是' }),
        panelFrom: date({ zh: '纳入统计起', en: 'Panel membership since', example: '2020-01-01' }),
        source: text({ zh: '依据', en: 'Source' }),
      },
      identity: ({ code }) => [code],
      touches: ({ code }) => [code],
      execute: async ({ inPanel, panelFrom: from, ...fields }, { step, today }) => {
        if (inPanel && from === undefined) throw registryRule('R-12', {}, { field: 'panelFrom' });
        if (from !== undefined) notAfter(today, 'panelFrom', from);
        const { code, source } = fields;
        const data = filled(fields) as UniversityData;
        const registered = await this.commands.execute(
          new RunUniversity(code, { type: 'RegisterUniversity', data }, step('register', data)),
        );
        if (from === undefined) return registered.written;
        const panel = filled({ inPanel, from, source }) as PanelMembership;
        const decided = await this.commands.execute(
          new RunUniversity(code, { type: 'SetPanelMembership', data: panel }, step('panel', panel)),
        );
        return registered.written || decided.written;
      },
    });
  }

  private dedicatedOffices(): ImportKind {
    return importKind({
      kind: 'dedicated-offices',
      title: { zh: '专门机构', en: 'Dedicated offices' },
      order: 20,
      columns: {
        university,
        name: text({ zh: '机构名称', en: 'Name', required: true, example: '示例知识产权转化中心' }),
        legalForm: choice(legalForms)({ zh: '机构形式', en: 'Legal form', required: true, example: '直属单位' }),
        documentNo: text({ zh: '成立文号', en: 'Founding document', required: true, example: '示例校字〔2021〕1号' }),
        establishedOn: date({ zh: '成立日期', en: 'Established on', required: true, example: '2021-05-10' }),
        staff: integer({ zh: '专职人数', en: 'Full-time staff', example: '8' }),
        evidence,
      },
      identity: (row) => [row.university, row.name],
      execute: async ({ university: written, ...fields }, context) => {
        const data = { universityId: await this.universityId(written), ...filled(fields) } as DedicatedOffice;
        return this.record({ type: 'EstablishDedicatedOffice', data }, context);
      },
    });
  }

  private designations(): ImportKind {
    return importKind({
      kind: 'designations',
      title: { zh: '试点示范', en: 'Designations' },
      order: 20,
      columns: {
        university,
        designation: choice(designations)({ zh: '称号', en: 'Designation', required: true, example: '试点' }),
        documentNo: text({ zh: '文号', en: 'Document', required: true, example: '示例函〔2022〕1号' }),
        designatedOn: date({ zh: '认定日期', en: 'Designated on', required: true, example: '2022-10-20' }),
        validTo: date({ zh: '有效期至', en: 'Valid until', example: '2025-10-19' }),
        authority: text({ zh: '认定机关', en: 'Authority', required: true, example: '示例认定机关' }),
        evidence,
      },
      identity: (row) => [row.university, row.designation, row.documentNo],
      execute: async ({ university: written, ...fields }, context) => {
        const data = { universityId: await this.universityId(written), ...filled(fields) } as Designation;
        return this.record({ type: 'GrantDesignation', data }, context);
      },
    });
  }

  private certifications(): ImportKind {
    return importKind({
      kind: 'certifications',
      title: { zh: '贯标证书', en: 'IP management certificates' },
      order: 20,
      columns: {
        university,
        certNo: text({ zh: '证书编号', en: 'Certificate number', required: true, example: '示例-GB-001' }),
        standard: text({ zh: '标准', en: 'Standard', required: true, example: 'GB/T 33251-2016' }),
        body: text({ zh: '认证机构', en: 'Certification body', required: true, example: '示例认证机构' }),
        validFrom: date({ zh: '有效期起', en: 'Valid from', required: true, example: '2022-03-01' }),
        validTo: date({ zh: '有效期止', en: 'Valid to', required: true, example: '2025-02-28' }),
        scope: text({ zh: '范围', en: 'Scope' }),
        evidence,
      },
      identity: (row) => [row.university, row.certNo],
      execute: async ({ university: written, ...fields }, context) => {
        const data = { universityId: await this.universityId(written), ...filled(fields) } as IpCertificate;
        return this.record({ type: 'IssueIpCertificate', data }, context);
      },
    });
  }

  private commendations(): ImportKind {
    return importKind({
      kind: 'commendations',
      title: { zh: '转化表彰', en: 'Commendations' },
      order: 20,
      columns: {
        university,
        award: text({ zh: '奖项', en: 'Award', required: true, example: '示例转化贡献奖' }),
        year: integer({ zh: '年度', en: 'Year', required: true, example: '2022' }),
        documentNo: text({ zh: '文号', en: 'Document', required: true, example: '示例〔2023〕2号' }),
        grantedOn: date({ zh: '授予日期', en: 'Granted on', required: true, example: '2023-04-26' }),
        evidence,
      },
      identity: (row) => [row.university, row.award, String(row.year)],
      execute: async ({ university: written, ...fields }, context) => {
        const data = { universityId: await this.universityId(written), ...filled(fields) } as Commendation;
        return this.record({ type: 'GrantCommendation', data }, context);
      },
    });
  }

  private tradingPlatforms(): ImportKind {
    return importKind({
      kind: 'trading-platforms',
      title: { zh: '线上交易平台', en: 'Online trading platforms' },
      order: 20,
      columns: {
        university: text({ zh: '申报高校', en: 'Applying university', required: true, example: '湖南大学' }),
        name: text({ zh: '平台名称', en: 'Platform', required: true, example: '示例线上交易平台' }),
        url: text({ zh: '网址', en: 'Address', example: 'https://example.org' }),
        launchedOn: date({ zh: '上线日期', en: 'Launched on', required: true, example: '2022-09-01' }),
        documentNo: text({ zh: '文号', en: 'Document', required: true, example: '示例〔2022〕3号' }),
        evidence,
      },
      identity: (row) => [row.university, row.name],
      execute: async ({ university: written, ...fields }, context) => {
        const data = { universityId: await this.universityId(written), ...filled(fields) } as TradingPlatform;
        return this.record({ type: 'LaunchTradingPlatform', data }, context);
      },
    });
  }

  /** Two commands, so that the same row may come again once the project is accepted. */
  private portfolios(): ImportKind {
    return importKind({
      kind: 'portfolios',
      title: { zh: '高价值专利组合', en: 'High-value portfolios' },
      order: 60,
      columns: {
        university,
        number: text({ zh: '组合编号', en: 'Portfolio number', required: true, example: '示例-ZH-2022-01' }),
        title: text({ zh: '名称', en: 'Title', required: true, example: '示例：先进储能专利组合' }),
        chain: text({ zh: '产业链', en: 'Industry chain', example: '先进储能材料' }),
        startedOn: date({ zh: '立项日期', en: 'Started on', required: true, example: '2022-03-01' }),
        acceptedOn: date({ zh: '验收日期', en: 'Accepted on' }),
        partners: list({ zh: '合作企业', en: 'Partner enterprises', example: '示例科技有限公司' }),
        assets: list({ zh: '核心专利', en: 'Core patents', required: true, example: '201910699568.X' }),
        evidence,
      },
      identity: (row) => [row.university, row.number],
      execute: async ({ university: written, acceptedOn, ...fields }, context) => {
        if (acceptedOn !== undefined) {
          notAfter(context.today, 'acceptedOn', acceptedOn);
          notBefore(fields.startedOn, 'acceptedOn', acceptedOn);
        }
        const data = { universityId: await this.universityId(written), ...filled(fields) } as PortfolioRequest;
        const started = await this.commands.execute(
          new RecordRegistryObject({ type: 'StartHighValuePortfolio', data }, context.step('record', data)),
        );
        if (acceptedOn === undefined) return started.written;
        const acceptance: PortfolioAcceptance = { acceptedOn };
        const command = { type: 'AcceptHighValuePortfolio', data: acceptance } as const;
        const accepted = await this.commands.execute(
          new ConcludeRegistryObject(started.id, command, context.step('accept', acceptance)),
        );
        return started.written || accepted.written;
      },
    });
  }

  private async record(request: RegistryRequest, { step }: RowContext): Promise<boolean> {
    const { written } = await this.commands.execute(new RecordRegistryObject(request, step('record', request.data)));
    return written;
  }

  private async universityId(written: string): Promise<string> {
    return (await this.queries.execute(new FindUniversity(written))).universityId;
  }
}
