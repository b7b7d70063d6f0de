import { type BilingualText, type IpType, isPatent, yearOf } from '@app/kernel';
import type { Deal, DealMode } from './deal.js';

/** The date that decides the year of a conversion (D§7.2). */
type DateBasis = 'registeredOn' | 'recordedOn' | 'effectiveOn';

interface CountingRule extends BilingualText {
  readonly id: string;
  /** Per mode and IP type the date that counts; a mode without entry is never a conversion of the target. */
  readonly dates: Readonly<Partial<Record<DealMode, Readonly<Record<IpType, DateBasis>>>>>;
}

/** Rights that no office records when they change hands count when the contract takes effect (ADR 0006). */
const dates = (registered: DateBasis): Readonly<Record<IpType, DateBasis>> => ({
  INVENTION: registered,
  UTILITY_MODEL: registered,
  DESIGN: registered,
  LAYOUT: registered,
  PLANT_VARIETY: registered,
  TRADEMARK: registered,
  SOFTWARE: 'effectiveOn',
  TECH_SECRET: 'effectiveOn',
  OTHER: 'effectiveOn',
});

/** The rule the plan's target is counted by unless another version is asked for. A change is a new entry, never an edit. */
export const PLAN_RULE: CountingRule = {
  id: '2022-plan/1',
  zh: '专利、布图设计、植物新品种、商标：转让计登记日，许可计备案日；软件、技术秘密、其他计生效日；开放许可计备案日；作价投资、权属继受、转给发明人和作废合同不计',
  en: 'Patents, layout designs, plant varieties, trademarks: transfers by registration date, licences by recording date; software, technical secrets, others by effective date; open-licence grants by recording date; equity contributions, successions, releases to inventors and voided contracts never',
  dates: { TRANSFER: dates('registeredOn'), LICENCE: dates('recordedOn'), OPEN_GRANT: dates('recordedOn') },
};

/** Counted, but shown apart for a second look (ADR 0006). */
export type FactFlag = 'RELATED_PARTY' | 'OWN_ASSET_COMPANY' | 'RETURN';

/** One asset × one transaction (件次). Exactly one of the two dates is there. */
export interface ConversionFact {
  readonly rule: string;
  /** Id of the contract or of the open-licence grant. */
  readonly contractId: string;
  readonly contractNumber: string;
  readonly universityId: string;
  readonly assetId: string;
  /** Registration number of the asset. */
  readonly number: string;
  readonly ipType: IpType;
  readonly isPatent: boolean;
  readonly mode: DealMode;
  /** The date it counts on. */
  readonly countedOn: string | null;
  /** Lodged but not yet registered or recorded: the date it took effect. In a column of its own, never in the target. */
  readonly pendingOn: string | null;
  /** Whichever of the two dates there is, and its year. */
  readonly date: string;
  readonly year: number;
  readonly flags: readonly FactFlag[];
  readonly inChangsha: boolean | null;
}

const flagsOf = (deal: Deal): readonly FactFlag[] => [
  ...(deal.relatedParty ? (['RELATED_PARTY'] as const) : []),
  ...(deal.ownAssetCompany ? (['OWN_ASSET_COMPANY'] as const) : []),
  ...(deal.isReturn ? (['RETURN'] as const) : []),
];

/** The facts a deal amounts to as it is now known, one per asset; none when it does not stand or its mode never counts. */
export const factsOf = (
  contractId: string,
  deal: Deal | undefined,
  rule: CountingRule = PLAN_RULE,
): readonly ConversionFact[] => {
  const counts = deal?.stands ? rule.dates[deal.mode] : undefined;
  if (!deal || !counts) return [];
  return deal.assets.map(({ assetId, number, ipType }) => {
    const countedOn = deal[counts[ipType]] ?? null;
    const date = countedOn ?? deal.effectiveOn;
    return {
      rule: rule.id,
      contractId,
      contractNumber: deal.number,
      universityId: deal.universityId,
      assetId,
      number,
      ipType,
      isPatent: isPatent(ipType),
      mode: deal.mode,
      countedOn,
      pendingOn: countedOn ? null : date,
      date,
      year: yearOf(date),
      flags: flagsOf(deal),
      inChangsha: deal.inChangsha,
    };
  });
};
