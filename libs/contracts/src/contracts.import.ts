import type { CommandContext, CommandOutcome } from '@app/event-store';
import { choice, date, type ImportKind, importKind, list, type RowContext, text, yuan, filled } from '@app/imports';
import { Refusal, compactNumber, yuanToFen } from '@app/kernel';
import { FindUniversity } from '@app/registry';
import { Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { correctedValue } from './contract-correction.js';
import { CORRECTABLE, type CorrectableField } from './contract-vocabulary.js';
import { FindContract } from './contract-facts.handler.js';
import { ContractNumbers } from './contract-numbers.handler.js';
import { contractRule } from './contract-rules.js';
import { type HistorySheet, approved, historySheets, ofContract } from './contract-history.import.js';
import { RunContract } from './contract.handler.js';
import type { ContractRequest } from './contract-request.handler.js';
import { contractColumns, readContractRow } from './contract-sheet.import.js';
import { type ContractDraft, type FollowUpStep, LodgeContract, lodgedAs } from './lodge-contract.handler.js';
import { PublishPriceNotice } from './price-notice.handler.js';

const corrections = {
  ...ofContract,
  number: text({ zh: '更正编号', en: 'Correction number', required: true }),
  field: choice(CORRECTABLE)({ zh: '更正项', en: 'Field', required: true }),
  value: text({ zh: '更正后', en: 'Right value', required: true }),
  ...approved,
};

const voids = {
  ...ofContract,
  voidedOn: date({ zh: '作废日期', en: 'Voided on', required: true }),
  ...approved,
};

const notices = {
  university: ofContract.university,
  number: text({ zh: '公示编号', en: 'Notice number', required: true, example: 'HNU-GS-2023-01' }),
  title: text({ zh: '成果名称', en: 'Title', required: true }),
  assets: list({ zh: '知识产权号', en: 'Assets', required: true, example: '201910699568.X' }),
  proposedPrice: yuan({ zh: '拟交易价格(元)', en: 'Proposed price (yuan)', required: true, example: '100000.00' }),
  method: text({ zh: '定价依据', en: 'How the price was arrived at' }),
  startsOn: date({ zh: '公示起', en: 'From', required: true, example: '2023-02-01' }),
  endsOn: date({ zh: '公示止', en: 'To', required: true, example: '2023-02-16' }),
  procedure: text({ zh: '异议处理程序', en: 'How objections are dealt with' }),
};

@Injectable()
export class ContractsImports {
  readonly kinds: readonly ImportKind[];

  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly numbers: ContractNumbers,
  ) {
    const history = historySheets.map((sheet) => this.history(sheet));
    this.kinds = [this.priceNotices(), this.contracts(), this.corrections(), ...history, this.voids()];
  }

  private priceNotices() {
    return importKind({
      kind: 'price-notices',
      title: { zh: '定价公示', en: 'Price notices' },
      order: 65,
      columns: notices,
      identity: ({ university: at, number }) => [at, compactNumber(number)],
      execute: async (
        { university: at, proposedPrice: proposedFen, number, title, assets, startsOn, endsOn, ...row },
        { step },
      ) => {
        const { universityId } = await this.queries.execute(new FindUniversity(at));
        const draft = { universityId, number, title, assets, proposedFen, startsOn, endsOn, ...filled(row) };
        return (await this.commands.execute(new PublishPriceNotice(draft, step('publish', draft)))).written;
      },
    });
  }

  private contracts() {
    return importKind({
      kind: 'contracts',
      title: { zh: '转化合同', en: 'Licences and transfers' },
      order: 70,
      columns: contractColumns,
      identity: ({ university: at, number }) => [at, compactNumber(number)],
      touches: ({ assets, recordNo, technologyContractNo }) =>
        [...assets.map(assetKey), recordNo, technologyContractNo].flatMap((key) => (key ? [compactNumber(key)] : [])),
      execute: async (row, { step }) => {
        const { universityId } = await this.queries.execute(new FindUniversity(row.university));
        const { draft, followUps } = readContractRow(row, universityId);
        const steps = followUps.map((command) => ({ command, context: step(command.type, command) }));
        const lodged = await this.lodge(draft, step, steps);
        const isNew = wroteOn(draft.number, lodged);
        return (await this.runAll({ contractId: lodged.id, number: draft.number }, followUps, step)) || isNew;
      },
    });
  }

  /**
   * A row with the number of a voided contract and other content enters the number anew; the row of the voided one, sent again, is known as
   * what it was.
   */
  private async lodge(
    draft: ContractDraft,
    step: RowContext['step'],
    followUps: readonly FollowUpStep[],
  ): Promise<CommandOutcome> {
    for (let nth = 1; ; nth += 1) {
      const context = step(nth === 1 ? 'lodge' : `lodge-${nth}`, draft);
      try {
        return await this.commands.execute(new LodgeContract(draft, context, followUps));
      } catch (error) {
        const differs = error instanceof Refusal && error.rule === 'C-1';
        if (!differs || !(await this.numbers.isVoided(lodgedAs(context)))) throw error;
      }
    }
  }

  private corrections() {
    return importKind({
      kind: 'contract-corrections',
      title: { zh: '合同更正', en: 'Contract corrections' },
      order: 80,
      columns: corrections,
      identity: ({ university: at, contractNumber, number }) => [at, compactNumber(contractNumber), number],
      touches: ({ university: at, contractNumber }) => [`${at}/${compactNumber(contractNumber)}`],
      execute: async ({ university: at, contractNumber, field, value, ...correction }, { step }) => {
        const contract = await this.find(at, contractNumber, step('CorrectContract', {}));
        const right = correctedValue(field, spelled(field, value));
        const command = { type: 'CorrectContract', ...correction, field, value: right } as const;
        return this.runAll(contract, [command], step);
      },
    });
  }

  private voids() {
    return importKind({
      kind: 'contract-voids',
      title: { zh: '合同作废', en: 'Voided contracts' },
      order: 90,
      columns: voids,
      identity: ({ university: at, contractNumber }) => [at, compactNumber(contractNumber)],
      touches: ({ university: at, contractNumber }) => [`${at}/${compactNumber(contractNumber)}`],
      execute: async ({ university: at, contractNumber, ...row }, { step }) => {
        const contract = await this.find(at, contractNumber, step('VoidContract', {}));
        return this.runAll(contract, [{ type: 'VoidContract', ...row }], step);
      },
    });
  }

  private history({ request, identity, columnOf = {}, ...sheet }: HistorySheet) {
    return importKind({
      ...sheet,
      identity: (row) => [row.university, compactNumber(row.contractNumber), ...identity(row)],
      touches: (row) => [`${row.university}/${compactNumber(row.contractNumber)}`],
      execute: async ({ university: at, contractNumber, ...row }, { step }) => {
        try {
          const asked = request(row);
          const contract = await this.find(at, contractNumber, step(asked.type, {}));
          return await this.runAll(contract, [asked], step);
        } catch (error) {
          throw inColumn(error, columnOf);
        }
      },
    });
  }

  /** The living contract, unless an earlier one with the number has this very row on record. */
  private async find(at: string, number: string, context: CommandContext): Promise<EnteredContract> {
    const { universityId } = await this.queries.execute(new FindUniversity(at));
    const known = await this.numbers.toldOf({ universityId, number }, context);
    if (known !== undefined) return { contractId: known, number };
    const { contractId } = await this.queries.execute(new FindContract(universityId, number));
    return { contractId, number };
  }

  /** Runs what happened to the contract, in order; answers whether anything was written. */
  private async runAll(
    { contractId, number }: EnteredContract,
    requests: readonly ContractRequest[],
    step: RowContext['step'],
  ): Promise<boolean> {
    let wrote = false;
    for (const request of requests) {
      const command = new RunContract(contractId, request, step(request.type, request));
      wrote = wroteOn(number, await this.commands.execute(command)) || wrote;
    }
    return wrote;
  }
}

interface EnteredContract {
  readonly contractId: string;
  readonly number: string;
}

/** Whether it wrote; a row is taken when the titles have decided, and comes again until then. @throws Refusal C-45 */
const wroteOn = (number: string, { written, pendingAt }: CommandOutcome): boolean => {
  if (pendingAt !== undefined) throw contractRule('C-45', { number });
  return written;
};

const inColumn = (error: unknown, columnOf: Readonly<Record<string, string>>): unknown => {
  const column = error instanceof Refusal ? columnOf[error.place.field ?? ''] : undefined;
  if (!(error instanceof Refusal) || column === undefined) return error;
  const { rule, clause, text: said, kind, place } = error;
  return new Refusal(rule, { clause, kind, ...said }, { ...place, field: column });
};

/** One key for the spellings of a number, so that rows over the same asset keep their order. */
const assetKey = (number: string): string =>
  compactNumber(number)
    .replace(/^(ZL|CN)/, '')
    .replaceAll('.', '');

const YUAN: ReadonlySet<CorrectableField> = new Set(['feeFen', 'entryFeeFen', 'technologyAmountFen']);

/** As the API spells it: sheets write yuan and 是 or 否. */
const spelled = (field: CorrectableField, value: string): string => {
  if (YUAN.has(field)) return yuanToFen(value, 'value').toString();
  if (field === 'instalments')
    // A day and an amount in yuan, one plan in a cell.
    return value.replace(/(\S+)\s*(?=$|[；;])/g, (_all, yuanText: string) => yuanToFen(yuanText, 'value').toString());
  if (field !== 'relatedParty') return value;
  return value === '是' ? 'true' : value === '否' ? 'false' : value;
};
