import {
  choice,
  creditCode,
  date,
  filled,
  type ImportKind,
  importKind,
  integer,
  list,
  type Row,
  text,
  yesNo,
  yuan,
} from '@app/imports';
import { compactNumber, FEE_TYPES, yuanToFen } from '@app/kernel';
import { FindUniversity } from '@app/registry';
import { Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { type OpenGrantRequest, RunOpenGrant } from './open-grant.handler.js';
import { type OfferedInstalment, ROYALTY_BASES } from './fee-standard.js';
import {
  type DeclarationFollowUp,
  FindOpenLicence,
  type OpenLicenceRequest,
  RunOpenLicence,
} from './open-licence.handler.js';
import { openLicenceRule } from './open-licence-rules.js';

const university = text({ zh: '高校', en: 'University', required: true, example: '湖南大学' });

const declarations = {
  university,
  number: text({ zh: '声明编号', en: 'Declaration number', required: true, example: '示例-KF-2024-001' }),
  asset: text({ zh: '专利号', en: 'Patent number', required: true, example: 'ZL201910699568.X' }),
  declaredOn: date({ zh: '声明日', en: 'Declared on', required: true, example: '2024-03-01' }),
  announcedOn: date({ zh: '公告日', en: 'Announced on' }),
  endsOn: date({ zh: '许可期限止', en: 'Ends on', required: true }),
  feeType: choice(FEE_TYPES)({ zh: '计费方式', en: 'Fee type', required: true, example: '一次总付' }),
  fee: yuan({ zh: '许可费(元)', en: 'Fee (yuan)', example: '20000.00' }),
  royaltyPermyriad: integer({ zh: '提成率(万分之)', en: 'Royalty (per 10,000)' }),
  evaluationReportNo: text({ zh: '评价报告号', en: 'Evaluation report number' }),
  evaluationReportOn: date({ zh: '评价报告日', en: 'Evaluation report date' }),
  withdrawnOn: date({ zh: '撤回公告日', en: 'Withdrawn on' }),
  evaluationReportMeets: yesNo({ zh: '评价报告符合授权条件', en: 'Report meets the conditions of grant' }),
  declarants: list({ zh: '共同声明人', en: 'Co-owners who declare' }),
  pledgeeConsent: yesNo({ zh: '质权人同意', en: 'Pledgee agrees' }),
  royaltyBase: choice(ROYALTY_BASES)({ zh: '提成基数', en: 'Royalty base' }),
  instalments: list({ zh: '分期付款计划(月/元)', en: 'Instalments (months/yuan)', example: '0/10000；6/10000' }),
  valuation: text({ zh: '使用费计算依据', en: 'Basis of the fee' }),
  note: text({ zh: '其他事项', en: 'Note' }),
  rejectedOn: date({ zh: '不予公告日', en: 'Rejected on' }),
  rejectionGround: text({ zh: '不予公告理由', en: 'Ground of rejection' }),
};

const grants = {
  university,
  declarationNumber: text({ zh: '声明编号', en: 'Declaration number', required: true }),
  number: text({ zh: '许可编号', en: 'Grant number', required: true, example: '示例-KFSS-2024-001' }),
  licensee: text({ zh: '被许可方', en: 'Licensee', required: true }),
  licenseeCode: creditCode({ zh: '统一社会信用代码', en: 'Credit code' }),
  licenseeDivision: text({ zh: '住所区划', en: "Licensee's division", example: '430104' }),
  noticeOn: date({ zh: '通知日', en: 'Notice on', required: true }),
  paidOn: date({ zh: '付费日', en: 'Paid on', required: true }),
  paid: yuan({ zh: '已付(元)', en: 'Paid (yuan)', required: true }),
  recordNo: text({ zh: '备案号', en: 'Recording number' }),
  recordedOn: date({ zh: '备案日', en: 'Recorded on' }),
};

@Injectable()
export class OpenLicencesImports {
  readonly kinds: readonly ImportKind[];

  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {
    this.kinds = [this.declarations(), this.grants()];
  }

  private declarations() {
    return importKind({
      kind: 'open-licences',
      title: { zh: '开放许可声明', en: 'Open-licence declarations' },
      order: 70,
      columns: declarations,
      identity: ({ university, number }) => [university, compactNumber(number)],
      touches: ({ asset }) => [compactNumber(asset)],
      execute: async (row, { step }) => {
        const followUps = followUpsOf(row);
        const { universityId } = await this.queries.execute(new FindUniversity(row.university));
        const draft = { ...draftOf(row), type: 'DeclareOpenLicence', universityId } as OpenLicenceRequest;
        const declare = new RunOpenLicence(draft, step(draft.type, draft), followUps);
        const { id: declarationId, written } = await this.commands.execute(declare);
        const outcomes = [written];
        for (const later of followUps) {
          const command = { ...later, declarationId };
          const followed = await this.commands.execute(new RunOpenLicence(command, step(command.type, command)));
          outcomes.push(followed.written);
        }
        return outcomes.includes(true);
      },
    });
  }

  private grants() {
    return importKind({
      kind: 'open-licence-grants',
      title: { zh: '开放许可实施', en: 'Open-licence grants' },
      order: 80,
      columns: grants,
      identity: ({ university, number }) => [university, compactNumber(number)],
      touches: ({ university, declarationNumber }) => [`${university}/${compactNumber(declarationNumber)}`],
      execute: async ({ university, declarationNumber, paid: paidFen, recordNo, recordedOn, ...row }, { step }) => {
        assertRecording(recordNo, recordedOn);
        const { universityId } = await this.queries.execute(new FindUniversity(university));
        const { declarationId } = await this.queries.execute(new FindOpenLicence(universityId, declarationNumber));
        const grant = { ...filled({ ...row, paidFen }), type: 'GrantOpenLicence', declarationId } as OpenGrantRequest;
        const recording =
          recordNo && recordedOn ? ({ type: 'RecordOpenGrant', recordNo, recordedOn } as const) : undefined;
        const { id: grantId, written } = await this.commands.execute(
          new RunOpenGrant(grant, step(grant.type, grant), recording),
        );
        if (!recording) return written;
        const record = { ...recording, grantId };
        return (await this.commands.execute(new RunOpenGrant(record, step(record.type, record)))).written || written;
      },
    });
  }
}

const draftOf = ({
  university: _university,
  fee: feeFen,
  instalments: plan,
  announcedOn: _announced,
  withdrawnOn: _withdrawn,
  rejectedOn: _rejected,
  rejectionGround: _ground,
  ...row
}: Row<typeof declarations>) => filled({ ...row, feeFen, instalments: plan?.map(instalmentIn) });

/** Written `months/yuan`. @throws Refusal OL-34 */
const instalmentIn = (written: string): OfferedInstalment => {
  const [, months = '', amount = ''] = /^(\d{1,3})\s*[/／]\s*([\d.,]+)$/.exec(written.normalize('NFKC')) ?? [];
  if (months === '') throw openLicenceRule('OL-34', { written }, { field: 'instalments' });
  return { afterMonths: Number(months), amountFen: yuanToFen(amount, 'instalments').toString() };
};

/** @throws Refusal OL-35 */
const followUpsOf = (row: Row<typeof declarations>): DeclarationFollowUp[] => {
  const { announcedOn, withdrawnOn, rejectedOn, rejectionGround: ground } = row;
  if ((rejectedOn === undefined) !== (ground === undefined)) {
    throw openLicenceRule('OL-35', {}, { field: rejectedOn === undefined ? 'rejectedOn' : 'rejectionGround' });
  }
  return [
    ...(announcedOn ? [{ type: 'AnnounceOpenLicence', announcedOn } as const] : []),
    ...(withdrawnOn ? [{ type: 'WithdrawOpenLicence', withdrawnOn } as const] : []),
    ...(rejectedOn && ground ? [{ type: 'RejectOpenLicence', rejectedOn, ground } as const] : []),
  ];
};

/** A recording is a number and a date; half of it is a slip of the pen. */
const assertRecording = (recordNo: string | undefined, recordedOn: string | undefined): void => {
  if ((recordNo === undefined) === (recordedOn === undefined)) return;
  throw openLicenceRule('OL-19', {}, { field: recordNo === undefined ? 'recordNo' : 'recordedOn' });
};
