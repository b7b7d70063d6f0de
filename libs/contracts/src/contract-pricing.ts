import type { DealFacts, NoticeFacts } from './contract-facts.js';
import { amountsDue } from './contract-money.js';
import type { ContractTerms } from './contract-terms.js';
import { pricingRule } from './pricing-rules.js';

/**
 * Whether the price was set as the law wants it (促进科技成果转化法 art 18). It binds state-founded universities where they license,
 * transfer or contribute a result: not a return to them, nor a sub-licence, which the licensee gives. Answers the ids of the rules that
 * are not met and passed over for a stated reason. @throws Refusal P-1, P-2, P-4
 */
export const assertPriced = (terms: ContractTerms, facts: DealFacts): readonly string[] => {
  if (!facts.stateFounded || !setsPrice(terms)) return [];
  if (terms.pricingMethod !== 'NEGOTIATED') {
    assertListed(terms);
    return [];
  }
  return assertPublished(terms, facts.notice);
};

/** A price put right or agreed anew without a new notice is no lower than the published one. @throws Refusal P-2 */
export const assertStillPriced = (terms: ContractTerms, { stateFounded, notice }: DealFacts): void => {
  const isBound = stateFounded && setsPrice(terms) && pricingRule.governs('P-2', terms.signedOn);
  if (isBound && notice && terms.pricingMethod === 'NEGOTIATED') assertNotBelow(terms, notice);
};

/** Whether the law on prices is about such a contract at all. */
export const setsPrice = ({ mode, licenceKind, returnOf }: ContractTerms): boolean =>
  (mode === 'LICENCE' || mode === 'TRANSFER' || mode === 'EQUITY') && licenceKind !== 'SUB' && returnOf === undefined;

const assertListed = ({ listing, signedOn }: ContractTerms): void => {
  if (!pricingRule.governs('P-4', signedOn)) return;
  const isSound = listing && listing.to <= signedOn;
  if (!isSound) throw pricingRule('P-4', { signedOn }, { field: listing ? 'listedTo' : 'platform' });
};

/** @throws Refusal P-1, P-2 */
export const assertPublished = (terms: ContractTerms, notice: NoticeFacts | undefined): readonly string[] => {
  const { signedOn, priceNoticeExemption } = terms;
  if (!pricingRule.governs('P-1', signedOn)) return [];
  if (!notice && priceNoticeExemption !== undefined) return ['P-1'];
  const [zh, en] = notice
    ? shortcomingOf(notice, terms)
    : ['没有公示编号，也未说明理由', 'no notice, and no reason given'];
  if (zh && en) {
    const conflict = notice ? { conflict: notice.noticeId } : {};
    throw pricingRule('P-1', { reasonZh: zh, reasonEn: en }, { field: 'priceNotice', ...conflict });
  }
  if (notice) assertNotBelow(terms, notice);
  return [];
};

type Shortcoming = readonly [zh: string, en: string] | readonly [];

const shortcomingOf = (notice: NoticeFacts, { universityId, assets, signedOn }: ContractTerms): Shortcoming => {
  const { number, startsOn, endsOn, withdrawnOn, assetIds, objections } = notice;
  if (notice.universityId !== universityId)
    return [`公示 ${number} 属于其他学校`, `notice ${number} is another university's`];
  if (withdrawnOn && withdrawnOn <= signedOn)
    return [`公示 ${number} 已于 ${withdrawnOn} 撤回`, `notice ${number} was withdrawn on ${withdrawnOn}`];
  if (endsOn >= signedOn)
    return [
      `公示 ${number}（${startsOn} 至 ${endsOn}）在签订日前尚未期满`,
      `notice ${number} ran until ${endsOn}, not ended before signing`,
    ];
  const uncovered = assets.find(({ assetId }) => !assetIds.includes(assetId));
  if (uncovered)
    return [`公示 ${number} 未列 ${uncovered.number}`, `notice ${number} does not list ${uncovered.number}`];
  const standing = objections.find(({ resolvedOn, isUpheld }) => isUpheld || !resolvedOn || resolvedOn > signedOn);
  return standing
    ? [
        `公示 ${number} 的异议 ${standing.number} 签订前未了结或成立`,
        `objection ${standing.number} to notice ${number} was open at signing, or upheld`,
      ]
    : [];
};

/** The price in fen: what the shares were valued at, or what is due for certain. */
export const priceOf = (terms: ContractTerms): bigint =>
  terms.equity
    ? BigInt(terms.equity.valueFen)
    : amountsDue(terms).reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n);

const assertNotBelow = (terms: ContractTerms, { number, noticeId, proposedFen }: NoticeFacts): void => {
  const price = priceOf(terms);
  if (price >= BigInt(proposedFen)) return;
  throw pricingRule('P-2', { price, notice: number, proposed: proposedFen }, { field: 'fee', conflict: noticeId });
};
