import { type BilingualText, type LegalDate, addYears } from '@app/kernel';
import { type DisclosureFacts, assertNotFuture } from './disclosure-facts.js';
import { disclosureRule } from './disclosure-rules.js';

/** Why a result is a service invention (职务发明认定依据, 专利法 art 6; 细则 art 13), or that it is none. */
export const serviceGrounds = {
  OWN_JOB: { zh: '本职工作', en: 'in the own job' },
  ASSIGNED_TASK: { zh: '本单位交付的任务', en: 'a task assigned by the university' },
  WITHIN_ONE_YEAR: { zh: '离职一年内', en: 'within one year after leaving' },
  MATERIAL_CONDITIONS: {
    zh: '主要利用本单位物质技术条件',
    en: "mainly by the university's material and technical means",
  },
  NOT_SERVICE: { zh: '非职务发明', en: 'not a service invention' },
} as const satisfies Record<string, BilingualText>;
export type ServiceGround = keyof typeof serviceGrounds;

/** A determination of what a result is (职务发明认定). */
export interface Determination {
  readonly ground: ServiceGround;
  readonly determinedOn: LegalDate;
  /** The facts the ground rests on; of a former member also how it relates to the former work. */
  readonly basis: string;
  /** Clause by which the parties settled whose a result is that used the university's means (专利法 art 6 para 3). */
  readonly contractClause?: string;
  /** Day of retirement, transfer or end of employment, for WITHIN_ONE_YEAR. */
  readonly leftOn?: LegalDate;
}

const VARIED_BY_CONTRACT: readonly ServiceGround[] = ['MATERIAL_CONDITIONS', 'NOT_SERVICE'];

const foreign = ({ ground, contractClause, leftOn }: Determination): string | undefined => {
  if (contractClause !== undefined && !VARIED_BY_CONTRACT.includes(ground)) return 'contractClause';
  return leftOn !== undefined && ground !== 'WITHIN_ONE_YEAR' ? 'leftOn' : undefined;
};

/** The day of leaving itself is not counted (民法典 art 201): the year ends on its anniversary. */
const isWithinOneYear = (completedOn: LegalDate, leftOn: LegalDate | undefined): boolean =>
  leftOn !== undefined && leftOn <= completedOn && completedOn <= addYears(leftOn, 1);

/** @throws Refusal D-10, D-20, D-21, D-24 */
export const assertDetermination = (
  determination: Determination,
  { completedOn, disclosedOn }: Pick<DisclosureFacts, 'completedOn' | 'disclosedOn'>,
  today: LegalDate,
): void => {
  const { ground, determinedOn, leftOn } = determination;
  assertNotFuture({ determinedOn }, today);
  if (determinedOn < disclosedOn) {
    throw disclosureRule('D-24', { date: determinedOn, since: disclosedOn }, { field: 'determinedOn' });
  }
  const field = foreign(determination);
  const { zh: groundZh, en: groundEn } = serviceGrounds[ground];
  if (field !== undefined) throw disclosureRule('D-21', { groundZh, groundEn }, { field });
  if (ground === 'WITHIN_ONE_YEAR' && !isWithinOneYear(completedOn, leftOn)) {
    throw disclosureRule('D-20', { completedOn }, { field: 'leftOn' });
  }
};
