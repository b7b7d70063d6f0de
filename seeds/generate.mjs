// Writes seeds/sample: an invented history of 2020-2025, the same bytes every time.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addUnconverted, assetRows } from './generator/assets.mjs';
import { addAwkward } from './generator/awkward.mjs';
import { baselineRows, countsOf } from './generator/baselines.mjs';
import { allDeals, contractRows, correctionRows, countedDates, numberDeals, voidRows } from './generator/deals.mjs';
import { disclosureRows, evaluationRows, makeDisclosures } from './generator/disclosures.mjs';
import { categoryRows, claimRows, standardRows, yearRows } from './generator/fund.mjs';
import { countedGrants, declarationRows, grantRows, makeOpenLicences } from './generator/open-licences.mjs';
import { addUncounted, fillYear } from './generator/ordinary.mjs';
import { priceNoticeRows, pricingCells } from './generator/pricing.mjs';
import { sampleReadme } from './generator/readme.mjs';
import {
  certificationRows,
  commendationRows,
  designationRows,
  officeRows,
  platformRows,
  portfolioRows,
} from './generator/registry.mjs';
import { writeCsv, writeXlsx } from './generator/sheets.mjs';
import { entryRows, exemptionOf, policyRows, sizeRows } from './generator/rule-book.mjs';
import { OFF_PANEL, readUniversities, sharesOf } from './generator/universities.mjs';
import { writeWrong } from './generator/wrong.mjs';

const seeds = dirname(fileURLToPath(import.meta.url));
const universities = readUniversities(join(seeds, 'reference/universities.csv'));

/** Conversions of the city in 件次. The approved baseline of 2020 is higher than what the ledger holds of that year. */
const CITY = { 2020: 800, 2021: 1007, 2022: 1120, 2023: 1421, 2024: 1655, 2025: 2022 };
const BASELINE = { times: 812 };

const openLicences = makeOpenLicences(universities);
addAwkward(universities);

const factsOf = () => [
  ...allDeals().flatMap((deal) => countedDates(deal).map((fact) => ({ ...fact, deal }))),
  ...countedGrants(openLicences).map((fact) => ({ ...fact, deal: fact })),
];
const isInPanel = ({ asset }) => asset.university.code !== OFF_PANEL;

for (const [year, total] of Object.entries(CITY)) {
  addUncounted(universities, Number(year));
  fillYear(universities, Number(year), total - countsOf(factsOf(), Number(year), isInPanel).times);
}
addUnconverted(universities, sharesOf(2022), 9_500);
numberDeals();
const disclosures = makeDisclosures(universities);

const facts = factsOf();
const counts = Object.keys(CITY).map((year) => ({ year, ...countsOf(facts, Number(year), isInPanel) }));
const registry = {
  offices: officeRows(universities),
  designations: designationRows(),
  certifications: certificationRows(),
  commendations: commendationRows(),
  platforms: platformRows(),
  portfolios: portfolioRows(),
};

/** Missed by the least there is: the smallest base whose requirement is above the count. */
const justMissed = (actual) => Math.floor((actual * 5 ** 5) / 6 ** 5) + 1;
const city = { ...BASELINE, contracts: counts[0].contracts + 7, distinct: justMissed(counts.at(-1).distinct) };

const SHEETS = [
  ['015-baselines.csv', baselineRows(facts, city)],
  ['016-university-policies.csv', policyRows()],
  ['020-certifications.csv', registry.certifications],
  ['020-commendations.xlsx', registry.commendations],
  ['020-dedicated-offices.xlsx', registry.offices],
  ['020-designations.xlsx', registry.designations],
  ['020-trading-platforms.xlsx', registry.platforms],
  ['030-disclosures.csv', disclosureRows(disclosures)],
  ['040-evaluations.csv', evaluationRows(disclosures)],
  ['050-assets.csv', assetRows(exemptionOf)],
  ['055-asset-entries.csv', entryRows()],
  ['060-enterprise-sizes.csv', sizeRows(openLicences)],
  ['060-portfolios.xlsx', registry.portfolios],
  ['065-price-notices.csv', priceNoticeRows()],
  ['070-contracts.csv', contractRows('contracts', pricingCells)],
  ['070-open-licences.csv', declarationRows(openLicences)],
  ['080-contract-corrections.csv', correctionRows()],
  ['080-open-licence-grants.csv', grantRows(openLicences)],
  ['090-contract-voids.csv', voidRows()],
  ['095-contracts.csv', contractRows('late-contracts', pricingCells)],
  ['100-fund-years.xlsx', yearRows()],
  ['110-fund-categories.xlsx', categoryRows()],
  ['120-fund-standards.xlsx', standardRows()],
  ['130-fund-claims.csv', claimRows(registry)],
];

const folder = join(seeds, 'sample');
mkdirSync(folder, { recursive: true });
for (const file of readdirSync(folder)) rmSync(join(folder, file));
for (const [file, rows] of SHEETS) {
  const [, name, kind, format] = /^(\d+-(.+))\.(csv|xlsx)$/.exec(file);
  if (format === 'csv') writeCsv(folder, name, kind, rows);
  else await writeXlsx(folder, name, kind, rows);
}
writeFileSync(join(folder, 'README.md'), sampleReadme(SHEETS.map(([file, rows]) => ({ file, rows }))));
writeWrong(join(seeds, 'wrong'), { declarations: openLicences.declarations, deals: allDeals() });

console.table(counts);
