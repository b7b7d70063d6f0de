import { addDays } from './dates.mjs';
import { allDeals } from './deals.mjs';
import { STATE_FOUNDED } from './universities.mjs';

/* How state-founded universities came to their prices: published, listed, or, in earlier years, on papers that were not kept. */

/** From this year on the sample has the notices; before, a contract says why it has none. */
const NOTICES_SINCE = '2024-01-01';
const KEPT_ON_PAPER = '示例：早年公示材料在纸质档案，未录入';
const PLATFORM = '示例知识产权交易中心';
const PROCEDURE = '示例：公示期内书面提出，十五日内答复';

const setsPrice = ({ mode, returnOf }) => ['LICENCE', 'TRANSFER', 'EQUITY'].includes(mode) && !returnOf;
const isBound = (deal) => STATE_FOUNDED.has(deal.university.ownership) && setsPrice(deal);
const shortNumber = ({ plainNumber }) => plainNumber.replace('示例', '');
/** A fee that was put right later was not the published one. */
const hasNotice = (deal) =>
  deal.pricingMethod === 'NEGOTIATED' &&
  deal.signedOn >= NOTICES_SINCE &&
  !(deal.corrections ?? []).some(({ field }) => field === 'fee');

/** The cells of a contract's row on its price. */
export const pricingCells = (deal) => {
  if (!isBound(deal)) return {};
  if (deal.pricingMethod !== 'NEGOTIATED') {
    return {
      platform: PLATFORM,
      listingNo: `示例GP-${shortNumber(deal)}`,
      listedFrom: addDays(deal.signedOn, -30),
      listedTo: addDays(deal.signedOn, -2),
    };
  }
  return hasNotice(deal) ? { priceNotice: `示例GS-${shortNumber(deal)}` } : { priceNoticeExemption: KEPT_ON_PAPER };
};

/** One notice for each contract that was priced by agreement and published. */
export const priceNoticeRows = () =>
  allDeals()
    .filter((deal) => isBound(deal) && hasNotice(deal))
    .map((deal) => ({
      university: deal.university.code,
      number: `示例GS-${shortNumber(deal)}`,
      title: deal.assets.map(({ title }) => title).join('；').slice(0, 200),
      assets: deal.assets.map(({ number }) => number).join('；'),
      proposedPrice: deal.fee ?? '0.00',
      method: '示例：参照同类成果协商',
      startsOn: addDays(deal.signedOn, -20),
      endsOn: addDays(deal.signedOn, -4),
      procedure: PROCEDURE,
    }));
