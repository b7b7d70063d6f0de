import type { EvidenceRef } from '@app/evidence';
import type { LegalDate } from '@app/kernel';
import { evaluationRule } from './evaluation-rules.js';
import { type EvaluationConclusion, conclusions } from './evaluation-facts.js';
import { type DecidedFiling, assertNotAfter } from './filing.js';
import { isSameContent } from './same-content.js';

/** The release of the right to the inventors (转给发明人): they file in their own name, own the patent and pay. Never a conversion (E-2). */
export interface Release {
  readonly on: LegalDate;
  /** Number of the written contract with the inventors (书面合同). */
  readonly contractNo: string;
  /** Its record, where the contract is entered in this ledger. */
  readonly contractId?: string;
  /** The university's share of the inventors' proceeds after costs, in 0.01%. */
  readonly sharePermyriad: number;
  /** The clause that says the university gets nothing; needed for a share of 0 (E-33). */
  readonly zeroShareClause?: string;
  /** Person ids of the inventors it is released to. */
  readonly inventors: readonly string[];
  readonly evidence?: string;
  readonly evidenceFiles?: readonly EvidenceRef[];
}

interface Releasable {
  readonly number: string;
  readonly filing?: DecidedFiling;
  readonly release?: Release;
}

/** The contract's record may come later than the release. */
const terms = ({ contractId: _record, ...written }: Release) => written;

/**
 * Whether the same release is there already.
 * @throws Refusal E-34 when another is
 */
export const isReleased = ({ number, release }: Releasable, wanted: Release): boolean => {
  if (!release) return false;
  if (isSameContent(terms(release), terms(wanted))) return true;
  throw evaluationRule('E-34', { number, on: release.on, contract: release.contractNo });
};

/**
 * Only what was found unfit to file is released; a contract clause against the evaluation is no such finding.
 * @throws Refusal E-44
 */
export const assertAgainstFiling = (
  { number, conclusion }: { readonly number: string; readonly conclusion: EvaluationConclusion },
  on: LegalDate,
): void => {
  if (conclusion === 'DO_NOT_FILE' || !evaluationRule.governs('E-44', on)) return;
  const { zh: conclusionZh, en: conclusionEn } = conclusions[conclusion];
  throw evaluationRule('E-44', { number, conclusionZh, conclusionEn });
};

/** @throws Refusal E-13, E-32, E-33, E-35, E-36; people are named by their place in the list, never by name */
export const assertRelease = (
  { number, filing }: Releasable,
  { on, sharePermyriad, zeroShareClause, inventors }: Release,
  { disclosed, today }: { readonly disclosed: readonly string[]; readonly today: LegalDate },
): void => {
  if (filing?.decision !== 'DO_NOT_FILE') throw evaluationRule('E-32', { number });
  const { decidedOn } = filing;
  assertNotAfter(today, on, 'on');
  if (on < decidedOn) throw evaluationRule('E-36', { on, decidedOn }, { field: 'on' });
  if (sharePermyriad === 0 && zeroShareClause === undefined) {
    throw evaluationRule('E-33', {}, { field: 'zeroShareClause' });
  }
  const stranger = inventors.findIndex((person, at) => !disclosed.includes(person) || inventors.indexOf(person) !== at);
  if (stranger >= 0) throw evaluationRule('E-35', { position: stranger + 1 }, { field: 'inventors' });
};

/** A release as other slices ask for it. */
export interface StandingRelease extends Release {
  readonly evaluationId: string;
  readonly evaluationNumber: string;
  readonly disclosureNumber: string;
}

/**
 * A result released to its inventors is entered as a RELEASE or, when owners merge, a SUCCESSION, never as a market conversion.
 * @throws Refusal E-2
 */
export const assertNoMarketTransfer = (release: StandingRelease | undefined, mode: string): void => {
  if (!release || mode === 'RELEASE' || mode === 'SUCCESSION') return;
  const { evaluationId: conflict, disclosureNumber: disclosure, on, contractNo: contract } = release;
  throw evaluationRule('E-2', { disclosure, on, contract }, { field: 'mode', conflict });
};
