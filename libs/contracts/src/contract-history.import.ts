import { type Columns, choice, date, filled, integer, list, type Row, text, yuan } from '@app/imports';
import { type BilingualText, fenText, yuanToFen } from '@app/kernel';
import type { ContractRequest, RewardRecipient } from './contract-request.handler.js';
import { PAYMENT_KINDS } from './contract-vocabulary.js';
import { moneyRule } from './money-rules.js';

/** Every row is about a contract of a university. */
export const ofContract = {
  university: text({ zh: '高校', en: 'University', required: true, example: '湖南大学' }),
  contractNumber: text({ zh: '合同编号', en: 'Contract number', required: true, example: 'HNU-2023-001' }),
};

export const approved = {
  reason: text({ zh: '理由', en: 'Reason', required: true }),
  evidence: text({ zh: '佐证', en: 'Evidence', required: true }),
  approver: text({ zh: '批准人', en: 'Approver', required: true }),
};

/** A sheet whose rows each say one thing that happened to a contract. */
export interface HistorySheet<Shape extends Columns = Columns> {
  readonly kind: string;
  readonly title: BilingualText;
  readonly order: number;
  readonly columns: Shape & typeof ofContract;
  /** What tells two rows about one contract apart; nothing where it happens once. */
  readonly identity: (row: Row<Shape>) => readonly string[];
  /** @throws Refusal of a cell */
  readonly request: (row: Row<Shape>) => ContractRequest;
  /** Columns that bear another name than the input field a refusal points to. */
  readonly columnOf?: Readonly<Record<string, string>>;
}

const sheet = <const Shape extends Columns>({
  columns,
  ...definition
}: Omit<HistorySheet<Shape>, 'columns'> & { readonly columns: Shape }): HistorySheet =>
  ({ ...definition, columns: { ...ofContract, ...columns } }) as unknown as HistorySheet;

const amendments = sheet({
  kind: 'contract-amendments',
  title: { zh: '合同变更', en: 'Contract amendments' },
  order: 84,
  columns: {
    number: text({ zh: '变更编号', en: 'Amendment number', required: true, example: 'BG-1' }),
    signedOn: date({ zh: '签订日', en: 'Signed on', required: true, example: '2023-03-01' }),
    endsOn: date({ zh: '许可期限止', en: 'Ends on' }),
    fee: yuan({ zh: '合同金额(元)', en: 'Amount (yuan)' }),
    territory: list({ zh: '许可地域', en: 'Territory', example: '430000' }),
    fields: list({ zh: '许可领域', en: 'Fields', example: 'C39' }),
    priceNotice: text({ zh: '公示编号', en: 'Price notice' }),
    priceNoticeExemption: text({ zh: '公示豁免理由', en: 'Why there is no price notice' }),
    reason: text({ zh: '理由', en: 'Reason', required: true }),
  },
  identity: ({ number }) => [number],
  request: ({ number, signedOn, reason, fee: feeFen, endsOn, territory, fields, ...pricing }) => ({
    type: 'AmendContract',
    number,
    changes: filled({
      endsOn,
      feeFen,
      territory,
      fields,
      priceNotice: pricing.priceNotice,
      priceNoticeExemption: pricing.priceNoticeExemption,
    }),
    signedOn,
    reason,
  }),
});

const payments = sheet({
  kind: 'contract-payments',
  title: { zh: '到账', en: 'Payments received' },
  order: 85,
  columns: {
    number: text({ zh: '到账编号', en: 'Payment number', required: true, example: 'DZ-1' }),
    receivedOn: date({ zh: '到账日', en: 'Received on', required: true, example: '2023-04-01' }),
    amount: yuan({ zh: '金额(元)', en: 'Amount (yuan)', required: true, example: '100000.00' }),
    kind: choice(PAYMENT_KINDS)({ zh: '款项', en: 'Kind of payment', required: true, example: '一次总付' }),
    instalment: integer({ zh: '第几期', en: 'Instalment' }),
  },
  identity: ({ number }) => [number],
  request: ({ number, receivedOn, amount: amountFen, kind, instalment }) => ({
    type: 'ReceivePayment',
    number,
    receivedOn,
    amountFen,
    kind,
    ...(instalment === undefined ? {} : { instalment }),
  }),
});

const MAIN = '主要';

/** `name/staff number/yuan`, and `/主要` for a main contributor; no refusal repeats what names a person. @throws Refusal C-66 */
const recipientIn = (line: string): RewardRecipient => {
  const [name, staffNumber, yuanText, role, ...more] = line.split('/').map((part) => part.trim());
  const isSound = name && staffNumber && yuanText && (role === undefined || role === MAIN) && more.length === 0;
  if (!isSound) throw moneyRule('C-66', {}, { field: 'shares' });
  return { name, staffNumber, amountFen: fenText(yuanToFen(yuanText, 'shares')), main: role === MAIN };
};

const rewards = sheet({
  kind: 'contract-rewards',
  title: { zh: '奖励分配', en: 'Rewards distributed' },
  order: 86,
  columns: {
    number: text({ zh: '奖励编号', en: 'Distribution number', required: true, example: 'JL-1' }),
    distributedOn: date({ zh: '分配日', en: 'Distributed on', required: true, example: '2023-12-01' }),
    costs: yuan({ zh: '直接成本(元)', en: 'Direct costs (yuan)', required: true, example: '0' }),
    shares: {
      ...list({ zh: '获奖人', en: 'Recipients', required: true, example: '示例甲/2001/50000.00/主要' }),
      personal: true,
    },
  },
  identity: ({ number }) => [number],
  request: ({ number, distributedOn, costs: costsFen, shares: lines }) => {
    const shares = lines.map(recipientIn);
    const rewardFen = fenText(shares.reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n));
    return { type: 'DistributeReward', number, distributedOn, costsFen, rewardFen, shares };
  },
  columnOf: { reward: 'shares' },
});

const terminations = sheet({
  kind: 'contract-terminations',
  title: { zh: '提前终止', en: 'Licences ended early' },
  order: 88,
  columns: {
    terminatedOn: date({ zh: '解除日', en: 'Terminated on', required: true, example: '2024-06-30' }),
    ...approved,
  },
  identity: () => [],
  request: ({ terminatedOn: on, ...row }) => ({ type: 'TerminateLicence', on, ...row }),
  columnOf: { on: 'terminatedOn' },
});

/** What offices know of the years of a contract, one sheet a kind of event. */
export const historySheets: readonly HistorySheet[] = [amendments, payments, rewards, terminations];
