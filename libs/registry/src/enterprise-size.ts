import type { EvidenceRef } from '@app/evidence';
import { type Decider, type DecisionContext, type Message, assertNever, fenFromText, yearOf } from '@app/kernel';
import { type IndustryClass, parseIndustry } from './industry.js';
import { notAfter, registryRule } from './registry-rules.js';
import { type EnterpriseSize, type SizeRule, determineSize, sizeTables } from './size-table.js';

/** What an enterprise tells of itself for one year, by declaration (中小企业声明函) or audited accounts. */
export interface SizeFigures {
  readonly enterpriseName: string;
  /** Code of GB/T 4754-2017, such as `C39`. */
  readonly industry: string;
  readonly employees?: number;
  /** Money as text of fen. */
  readonly revenueFen?: string;
  readonly assetsFen?: string;
  /** The year the figures are of. */
  readonly dataYear: number;
  readonly determinedOn: string;
  /** What the figures rest on: declaration, audit report. */
  readonly evidence: string;
  readonly evidenceFiles?: readonly EvidenceRef[];
}

export interface SizeDetermination extends SizeFigures {
  /** Id of the record: one per enterprise and data year. */
  readonly determinationId: string;
  readonly creditCode: string;
}

/** New figures for a data year in the place of those determined; all of them are told again. */
export interface SizeCorrection extends SizeDetermination {
  readonly reason: string;
  /** User name. */
  readonly approver: string;
}

/** What follows from the figures, frozen with the version of the table. */
export interface SizeFinding {
  readonly industryClass: IndustryClass;
  readonly size: EnterpriseSize;
  readonly rule: SizeRule;
}

export type EnterpriseSizeEvent =
  | Message<'EnterpriseSizeDetermined', SizeDetermination & SizeFinding>
  | Message<'EnterpriseSizeCorrected', SizeCorrection & SizeFinding>;

export type EnterpriseSizeCommand =
  | Message<'DetermineEnterpriseSize', SizeDetermination>
  | Message<'CorrectEnterpriseSize', SizeCorrection>;

type Determined = SizeDetermination & SizeFinding;

/** All determinations of one enterprise, one per data year, as corrected. */
export type EnterpriseSizes = readonly Determined[];

/** Whose record it is, in the university's place: the city's, like its baseline. */
export const SIZES_OF = 'city';

/** One stream per enterprise, named by what its credit code hashes to. */
export const enterpriseSizeStream = (id: string): string => `enterprise-size-${id}`;

const CURRENT: SizeRule = 'sme-2011-300/1';

const checked = <Figures extends SizeDetermination>(given: Figures, today: string): Figures & SizeFinding => {
  const { determinedOn, dataYear, employees, revenueFen, assetsFen } = given;
  notAfter(today, 'determinedOn', determinedOn);
  if (!registryRule.governs('S-4', determinedOn))
    throw registryRule('S-4', { determinedOn }, { field: 'determinedOn' });
  if (dataYear > yearOf(determinedOn)) throw registryRule('S-5', { dataYear, determinedOn }, { field: 'dataYear' });
  const { code: industry, industryClass } = parseIndustry(given.industry, 'industry');
  const indicators = {
    industryClass,
    ...(employees === undefined ? {} : { employees }),
    ...(revenueFen === undefined ? {} : { revenueFen: fenFromText(revenueFen, 'revenueFen') }),
    ...(assetsFen === undefined ? {} : { assetsFen: fenFromText(assetsFen, 'assetsFen') }),
  };
  const size = determineSize(indicators, sizeTables[CURRENT]);
  return { ...given, industry, industryClass, size, rule: CURRENT };
};

const COMPARED = [
  'enterpriseName',
  'industry',
  'employees',
  'revenueFen',
  'assetsFen',
  'determinedOn',
  'evidence',
] as const satisfies ReadonlyArray<keyof SizeFigures>;

const hashesOf = ({ evidenceFiles = [] }: SizeFigures): string => evidenceFiles.map(({ hash }) => hash).join();

const saysTheSame = (known: SizeFigures, data: SizeFigures): boolean =>
  COMPARED.every((field) => known[field] === data[field]) && hashesOf(known) === hashesOf(data);

const ofYear = (sizes: EnterpriseSizes, year: number): Determined | undefined =>
  sizes.find(({ dataYear }) => dataYear === year);

const determine = (
  given: SizeDetermination,
  sizes: EnterpriseSizes,
  { today }: DecisionContext,
): readonly EnterpriseSizeEvent[] => {
  const data = checked(given, today);
  const known = ofYear(sizes, data.dataYear);
  if (!known) return [{ type: 'EnterpriseSizeDetermined', data }];
  if (saysTheSame(known, data)) return [];
  const { enterpriseName, dataYear, determinedOn } = known;
  const place = { field: 'dataYear', conflict: known.determinationId };
  throw registryRule('S-6', { enterpriseName, dataYear, determinedOn }, place);
};

const correct = (
  given: SizeCorrection,
  sizes: EnterpriseSizes,
  { today }: DecisionContext,
): readonly EnterpriseSizeEvent[] => {
  const known = ofYear(sizes, given.dataYear);
  if (!known) throw registryRule('S-7', { dataYear: given.dataYear }, { field: 'dataYear' });
  const data = checked(given, today);
  return saysTheSame(known, data) ? [] : [{ type: 'EnterpriseSizeCorrected', data }];
};

export const enterpriseSizeDecider: Decider<EnterpriseSizes, EnterpriseSizeCommand, EnterpriseSizeEvent> = {
  initial: [],
  decide: (command, sizes, context) => {
    switch (command.type) {
      case 'DetermineEnterpriseSize':
        return determine(command.data, sizes, context);
      case 'CorrectEnterpriseSize':
        return correct(command.data, sizes, context);
      default:
        return assertNever(command);
    }
  },
  evolve: (sizes, { data }) => [...sizes.filter(({ dataYear }) => dataYear !== data.dataYear), data],
};

const isLater = (one: Determined, other: Determined): boolean =>
  one.determinedOn === other.determinedOn ? one.dataYear > other.dataYear : one.determinedOn > other.determinedOn;

/** The determination that speaks for the enterprise on a date: the last one made by then; of two made on a day, that of the later year. */
export const sizeOn = (sizes: EnterpriseSizes, on: string): Determined | undefined =>
  sizes
    .filter(({ determinedOn }) => determinedOn <= on)
    .reduce<Determined | undefined>((last, next) => (last && isLater(last, next) ? last : next), undefined);
