import {
  choice,
  creditCode,
  date,
  filled,
  type ImportKind,
  importKind,
  list,
  type RowContext,
  text,
  yesNo,
  yuan,
} from '@app/imports';
import { compactNumber, yuanToFen } from '@app/kernel';
import { FindUniversity } from '@app/registry';
import { Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { type ContractDraft, type FollowUp, FindContract, LodgeContract, RunContract } from './contract.handler.js';
import { contractRule } from './contract-rules.js';
import { CONVERSION_MODES, FEE_TYPES, LICENCE_KINDS, PRICING_METHODS, correctedValue } from './contract-terms.js';

const contracts = {
  university: text({ zh: '高校', en: 'University', required: true, example: '湖南大学' }),
  number: text({ zh: '合同编号', en: 'Contract number', required: true, example: 'HNU-2023-001' }),
  mode: choice(CONVERSION_MODES)({ zh: '转化方式', en: 'Mode', required: true, example: '许可' }),
  licenceKind: choice(LICENCE_KINDS)({ zh: '许可种类', en: 'Licence kind', example: '普通' }),
  assets: list({ zh: '知识产权号', en: 'Assets', required: true, example: '201910699568.X' }),
  // A release names the inventor here: reports of refused rows must not keep it.
  counterparty: { ...text({ zh: '受让方/被许可方', en: 'Receiver', required: true }), personal: true },
  counterpartyCode: creditCode({ zh: '统一社会信用代码', en: 'Credit code' }),
  counterpartyDivision: text({ zh: '对方住所区划', en: "Receiver's division", example: '430104' }),
  implementationDivision: text({ zh: '实施地区划', en: 'Place of implementation', example: '430104' }),
  signedOn: date({ zh: '签订日', en: 'Signed on', required: true, example: '2023-03-01' }),
  effectiveOn: date({ zh: '生效日', en: 'Effective on', required: true, example: '2023-03-01' }),
  endsOn: date({ zh: '许可期限止', en: 'Ends on' }),
  feeType: choice(FEE_TYPES)({ zh: '计费方式', en: 'Fee type', required: true, example: '一次总付' }),
  fee: yuan({ zh: '合同金额(元)', en: 'Amount (yuan)', example: '100000.00' }),
  pricingMethod: choice(PRICING_METHODS)({ zh: '定价方式', en: 'Pricing', required: true, example: '协议' }),
  relatedParty: yesNo({ zh: '关联方', en: 'Related party' }),
  ownAssetCompany: yesNo({ zh: '本校资产公司', en: 'Own asset company' }),
  returnOf: text({ zh: '回转原合同编号', en: 'Returns contract' }),
  foreignParty: yesNo({ zh: '境外方', en: 'Foreign party' }),
  exportLicenceNo: text({ zh: '技术出口许可/登记号', en: 'Export licence' }),
  recordNo: text({ zh: '备案号', en: 'Recording number' }),
  recordedOn: date({ zh: '备案日', en: 'Recorded on' }),
  registeredOn: date({ zh: '转让登记日', en: 'Registered on' }),
  technologyContractNo: text({ zh: '技术合同认定登记编号', en: 'Technology contract number' }),
  inventorShare: text({ zh: '发明人返还学校比例%', en: "University's share %" }),
};

const approved = {
  reason: text({ zh: '理由', en: 'Reason', required: true }),
  evidence: text({ zh: '佐证', en: 'Evidence', required: true }),
  approver: text({ zh: '批准人', en: 'Approver', required: true }),
};

const corrections = {
  university: contracts.university,
  contractNumber: text({ zh: '合同编号', en: 'Contract number', required: true }),
  number: text({ zh: '更正编号', en: 'Correction number', required: true }),
  field: choice({
    recordedOn: { zh: '备案日', en: 'Recorded on' },
    registeredOn: { zh: '转让登记日', en: 'Registered on' },
    feeFen: { zh: '合同金额', en: 'Amount' },
    counterparty: { zh: '对方名称', en: 'Receiver' },
    counterpartyDivision: { zh: '对方住所区划', en: "Receiver's division" },
    relatedParty: { zh: '关联方', en: 'Related party' },
  })({ zh: '更正项', en: 'Field', required: true }),
  value: text({ zh: '更正后', en: 'Right value', required: true }),
  ...approved,
};

const voids = {
  university: contracts.university,
  contractNumber: text({ zh: '合同编号', en: 'Contract number', required: true }),
  voidedOn: date({ zh: '作废日期', en: 'Voided on', required: true }),
  ...approved,
};

@Injectable()
export class ContractsImports {
  readonly kinds: readonly ImportKind[];

  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {
    this.kinds = [this.contracts(), this.corrections(), this.voids()];
  }

  private contracts() {
    return importKind({
      kind: 'contracts',
      title: { zh: '转化合同', en: 'Licences and transfers' },
      order: 70,
      columns: contracts,
      identity: ({ university, number }) => [university, compactNumber(number)],
      touches: ({ assets, recordNo }) => [...assets.map(assetKey), ...(recordNo ? [compactNumber(recordNo)] : [])],
      execute: async ({ university, fee, inventorShare, recordNo, recordedOn, registeredOn, ...row }, { step }) => {
        const { universityId } = await this.queries.execute(new FindUniversity(university));
        const draft = {
          ...filled(row),
          universityId,
          ...(fee === undefined ? {} : { feeFen: fee }),
          ...(inventorShare === undefined ? {} : { inventorSharePermyriad: permyriad(inventorShare) }),
        } as ContractDraft;
        assertRecording(recordNo, recordedOn);
        const followUps: FollowUp[] = [
          ...(recordNo && recordedOn ? [{ type: 'RecordLicence', recordNo, recordedOn } as const] : []),
          ...(registeredOn ? [{ type: 'RegisterTransfer', registeredOn } as const] : []),
        ];
        const lodge = new LodgeContract(draft, step('lodge', draft), followUps);
        const { id, written } = await this.commands.execute(lodge);
        return (await this.runAll(id, followUps, step)) || written;
      },
    });
  }

  private corrections() {
    return importKind({
      kind: 'contract-corrections',
      title: { zh: '合同更正', en: 'Contract corrections' },
      order: 80,
      columns: corrections,
      identity: ({ university, contractNumber, number }) => [university, compactNumber(contractNumber), number],
      touches: ({ university, contractNumber }) => [`${university}/${compactNumber(contractNumber)}`],
      execute: async ({ university, contractNumber, field, value, ...correction }, { step }) => {
        const contractId = await this.find(university, contractNumber);
        const text =
          field === 'feeFen'
            ? yuanToFen(value, 'value').toString()
            : value === '是'
              ? 'true'
              : value === '否'
                ? 'false'
                : value;
        const command = { type: 'CorrectContract', ...correction, field, value: correctedValue(field, text) } as const;
        return this.runAll(contractId, [command], step);
      },
    });
  }

  private voids() {
    return importKind({
      kind: 'contract-voids',
      title: { zh: '合同作废', en: 'Voided contracts' },
      order: 90,
      columns: voids,
      identity: ({ university, contractNumber }) => [university, compactNumber(contractNumber)],
      touches: ({ university, contractNumber }) => [`${university}/${compactNumber(contractNumber)}`],
      execute: async ({ university, contractNumber, ...row }, { step }) => {
        const contractId = await this.find(university, contractNumber);
        return this.runAll(contractId, [{ type: 'VoidContract', ...row }], step);
      },
    });
  }

  private async find(university: string, contractNumber: string): Promise<string> {
    const { universityId } = await this.queries.execute(new FindUniversity(university));
    return (await this.queries.execute(new FindContract(universityId, contractNumber))).contractId;
  }

  /** Runs what happened to the contract, in order; answers whether anything was written. */
  private async runAll(
    contractId: string,
    commands: ReadonlyArray<RunContract['command']>,
    step: RowContext['step'],
  ): Promise<boolean> {
    let wrote = false;
    for (const command of commands) {
      const { written } = await this.commands.execute(
        new RunContract(contractId, command, step(command.type, command)),
      );
      wrote ||= written;
    }
    return wrote;
  }
}

/** One key for the spellings of a number, so that rows over the same asset keep their order. */
const assetKey = (number: string): string =>
  compactNumber(number)
    .replace(/^(ZL|CN)/, '')
    .replaceAll('.', '');

/** `12.5` percent as 1250. @throws Refusal C-40 */
const permyriad = (percent: string): number => {
  const match = /^(\d{1,3})(?:\.(\d{1,2}))?%?$/.exec(percent);
  const value = match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : Number.NaN;
  if (!(value <= 10_000))
    throw contractRule('C-40', { field: 'inventorShare', value: percent }, { field: 'inventorShare' });
  return value;
};

/** A recording is a number and a date; half of it is a slip of the pen. */
const assertRecording = (recordNo: string | undefined, recordedOn: string | undefined): void => {
  if ((recordNo === undefined) !== (recordedOn === undefined)) {
    throw contractRule('C-42', {}, { field: recordNo === undefined ? 'recordNo' : 'recordedOn' });
  }
};
