import { type BilingualText, type Message } from '@app/kernel';
import { notAfter, registryRule } from './registry-rules.js';

/** Rules a university makes for itself (校内制度, D§2, D§12.2). */
export const policyNames = {
  DISCLOSURE: { zh: '职务科技成果披露制度', en: 'Disclosure of service inventions' },
  EVALUATION: { zh: '专利申请前评估制度', en: 'Evaluation before filing' },
  REWARD: { zh: '转化收益分配与奖励制度', en: 'Distribution of proceeds and rewards' },
  REFORM: { zh: '职务科技成果权属改革', en: 'Ownership reform of service inventions' },
  EXAMINATION_STANDARD: { zh: '专利申请审查标准', en: 'Standard for examining applications' },
} as const satisfies Record<string, BilingualText>;
export type PolicyName = keyof typeof policyNames;

export interface PolicyAdoption {
  readonly policy: PolicyName;
  readonly adoptedOn: string;
  readonly documentNo: string;
  readonly evidence: string;
}

export interface PolicyRepeal {
  readonly policy: PolicyName;
  /** First day it is no longer in force. */
  readonly on: string;
  /** The document that is repealed. */
  readonly documentNo: string;
}

export type PolicyEvent = Message<'PolicyAdopted', PolicyAdoption> | Message<'PolicyRepealed', PolicyRepeal>;
export type PolicyCommand = Message<'AdoptPolicy', PolicyAdoption> | Message<'RepealPolicy', PolicyRepeal>;

export interface AdoptedPolicy extends PolicyAdoption {
  readonly repealedOn?: string;
}

const documentOf = (
  policies: readonly AdoptedPolicy[],
  { policy, documentNo }: Pick<PolicyAdoption, 'policy' | 'documentNo'>,
): AdoptedPolicy | undefined => policies.find((known) => known.policy === policy && known.documentNo === documentNo);

export const adoptPolicy = (
  data: PolicyAdoption,
  policies: readonly AdoptedPolicy[],
  today: string,
): readonly PolicyEvent[] => {
  notAfter(today, 'adoptedOn', data.adoptedOn);
  const known = documentOf(policies, data);
  if (!known) return [{ type: 'PolicyAdopted', data }];
  if (known.adoptedOn === data.adoptedOn && known.evidence === data.evidence) return [];
  const { documentNo, adoptedOn } = known;
  throw registryRule('R-13', { documentNo, adoptedOn }, { field: 'documentNo' });
};

export const repealPolicy = (
  data: PolicyRepeal,
  policies: readonly AdoptedPolicy[],
  today: string,
): readonly PolicyEvent[] => {
  const { on, documentNo, policy } = data;
  const known = documentOf(policies, data);
  if (!known) throw registryRule('R-14', { documentNo, policy: policyNames[policy].zh }, { field: 'documentNo' });
  if (known.repealedOn === on) return [];
  if (known.repealedOn) throw registryRule('R-4', { on: known.repealedOn, wanted: on }, { field: 'on' });
  notAfter(today, 'on', on);
  if (on < known.adoptedOn) throw registryRule('R-2', { start: known.adoptedOn, end: on }, { field: 'on' });
  return [{ type: 'PolicyRepealed', data }];
};

export const evolvePolicies = (policies: readonly AdoptedPolicy[], event: PolicyEvent): readonly AdoptedPolicy[] => {
  if (event.type === 'PolicyAdopted') return [...policies, event.data];
  const repealed = documentOf(policies, event.data);
  return policies.map((known) => (known === repealed ? { ...known, repealedOn: event.data.on } : known));
};

/** The policy in force on a date: the one adopted last of those not yet repealed that day. */
export const policyOn = (
  policies: readonly AdoptedPolicy[],
  policy: PolicyName,
  on: string,
): AdoptedPolicy | undefined =>
  policies
    .filter((known) => known.policy === policy && known.adoptedOn <= on)
    .filter(({ repealedOn }) => repealedOn === undefined || on < repealedOn)
    .reduce<AdoptedPolicy | undefined>(
      (latest, known) => (latest && latest.adoptedOn > known.adoptedOn ? latest : known),
      undefined,
    );
