import type { EvidenceRef } from '@app/evidence';
import { type Decider, type DecisionContext, type Message, assertNever, yearOf } from '@app/kernel';
import { growthRule } from './growth-rules.js';
import type { ApprovedBaseline, Basis, IpScope } from './target-board.js';

/** What a baseline (基数) is of: there is at most one live value per key. */
export interface BaselineKey {
  /** `city` or a university's ledger code. The city's baseline is approved for itself, never a sum. */
  readonly scope: string;
  readonly basis: Basis;
  readonly ipScope: IpScope;
  readonly baseYear: number;
}

interface BaselineValue {
  readonly value: number;
  readonly source: string;
  readonly evidence: string;
}

interface ApprovedBy {
  readonly proposedBy: string;
  /** User name of the approver, another person than the one who enters it. */
  readonly approvedBy: string;
}

interface Revision extends BaselineValue {
  readonly reason: string;
  readonly evidenceFiles?: readonly EvidenceRef[];
}

export type BaselineEvent =
  | Message<'BaselineApproved', ApprovedBaseline>
  | Message<'BaselineRevised', Revision & ApprovedBy & { readonly from: number }>;

export type BaselineCommand =
  | ({ readonly type: 'ApproveBaseline'; readonly approver: string } & BaselineKey & BaselineValue)
  | ({ readonly type: 'ReviseBaseline'; readonly approver: string } & Revision);

/** The approved baseline, if there is one. */
export type Baseline = ApprovedBaseline | undefined;

export const FIRST_BASE_YEAR = 2000;
export const MAX_BASELINE = 999_999_999;

export const baselineId = ({ scope, basis, ipScope, baseYear }: BaselineKey): string =>
  `${scope}-${basis}-${ipScope}-${baseYear}`;

export const baselineStream = (id: string): string => `baseline-${id}`;

const isSame = (left: BaselineValue, right: BaselineValue): boolean =>
  left.value === right.value && left.source === right.source && left.evidence === right.evidence;

const assertSound = ({ value, source, evidence }: BaselineValue): void => {
  if (!Number.isInteger(value) || value < 0 || value > MAX_BASELINE) {
    throw growthRule('G-4', { most: MAX_BASELINE }, { field: 'value' });
  }
  assertStated('source', source);
  assertStated('evidence', evidence);
};

const assertStated = (field: string, text: string): void => {
  if (text.trim() === '') throw growthRule('G-6', {}, { field });
};

const approvedBy = (approver: string, { actor }: DecisionContext): ApprovedBy => ({
  proposedBy: actor.id,
  approvedBy: approver,
});

const approve = (
  { type: _type, approver, ...data }: Extract<BaselineCommand, { type: 'ApproveBaseline' }>,
  baseline: Baseline,
  context: DecisionContext,
): readonly BaselineEvent[] => {
  assertSound(data);
  if (data.baseYear < FIRST_BASE_YEAR || data.baseYear >= yearOf(context.today)) {
    throw growthRule('G-5', { baseYear: data.baseYear, first: FIRST_BASE_YEAR }, { field: 'baseYear' });
  }
  const names = approvedBy(approver, context);
  if (!baseline) return [{ type: 'BaselineApproved', data: { ...data, ...names } }];
  if (isSame(baseline, data)) return [];
  const id = baselineId(baseline);
  throw growthRule('G-2', { id, value: baseline.value }, { field: 'value', conflict: id });
};

const revise = (
  { type: _type, approver, reason, ...data }: Extract<BaselineCommand, { type: 'ReviseBaseline' }>,
  baseline: Baseline,
  context: DecisionContext,
): readonly BaselineEvent[] => {
  if (!baseline) throw growthRule('G-3');
  assertSound(data);
  assertStated('reason', reason);
  const names = approvedBy(approver, context);
  if (isSame(baseline, data)) return [];
  return [{ type: 'BaselineRevised', data: { ...data, from: baseline.value, reason, ...names } }];
};

export const baselineDecider: Decider<Baseline, BaselineCommand, BaselineEvent> = {
  initial: undefined,
  decide: (command, baseline, context) => {
    switch (command.type) {
      case 'ApproveBaseline':
        return approve(command, baseline, context);
      case 'ReviseBaseline':
        return revise(command, baseline, context);
      default:
        return assertNever(command);
    }
  },
  evolve: (baseline, event) => {
    if (event.type === 'BaselineApproved') return event.data;
    const { from: _from, reason: _reason, evidenceFiles: _files, ...revised } = event.data;
    return baseline && { ...baseline, ...revised };
  },
};
