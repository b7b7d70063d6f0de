import { cpSync } from 'node:fs';
import { eventCatalogues } from '@app/platform';
import { assets, endedRights, titleOfTheStory } from './tour-assets.js';
import { annualReports, baselines, dryRun } from './tour-bureau.js';
import { priceNotices, storyContracts, storySale } from './tour-contracts.js';
import { changes, licences, recordings, soleLicences, transfers } from './tour-deals.js';
import { disclosures, evaluations, unfiled } from './tour-disclosures.js';
import { fundClaims, fundYear } from './tour-fund.js';
import { Tour } from './tour-guide.js';
import { deadlines, evidence, repeated, sessionsAndSheets } from './tour-office.js';
import { endedOffers, openLicences } from './tour-open-licences.js';
import { races } from './tour-races.js';
import { enterpriseSizes, honours, registryObjects, universities } from './tour-registry.js';

/** A folder to keep the tour's data in, for its golden files: `TOUR_KEEP=<folder> npx jest test/e2e/tour …`. */
const { TOUR_KEEP } = process.env;

describe('a tour of the product by its users', () => {
  const tour = new Tour();
  beforeAll(() => tour.open(), 120_000);
  afterAll(async () => {
    await tour.product.stop();
    if (TOUR_KEEP) cpSync(tour.product.data, TOUR_KEEP, { recursive: true });
    await tour.product.dispose();
  });
  universities(tour);
  enterpriseSizes(tour);
  disclosures(tour);
  evaluations(tour);
  unfiled(tour);
  assets(tour);
  endedRights(tour);
  priceNotices(tour);
  storyContracts(tour);
  storySale(tour);
  titleOfTheStory(tour);
  licences(tour);
  soleLicences(tour);
  recordings(tour);
  changes(tour);
  transfers(tour);
  openLicences(tour);
  endedOffers(tour);
  registryObjects(tour);
  honours(tour);
  evidence(tour);
  baselines(tour);
  dryRun(tour);
  fundYear(tour);
  fundClaims(tour);
  annualReports(tour);
  deadlines(tour);
  races(tour);

  describe('at its end', () => {
    let before: number;
    beforeAll(() => {
      before = tour.log().length;
    });
    repeated(tour);

    it('has written nothing by repeating', () => {
      expect(tour.log().slice(before)).toEqual([]);
    });

    sessionsAndSheets(tour);

    it('has left every type of event in the log', () => {
      const types = eventCatalogues.flatMap((catalogue) => Object.keys(catalogue));
      const written = new Set(tour.log().map(({ type }) => type));
      expect(types.filter((type) => !written.has(type))).toEqual([]);
      expect([...written].filter((type) => !types.includes(type))).toEqual([]);
    });

    it('has called at every route that takes a POST', async () => {
      const { body } = await tour.fetches<{ paths: Record<string, object> }>(undefined, '/openapi.json');
      const routes = Object.entries(body.paths).flatMap(([path, methods]) => ('post' in methods ? [path] : []));
      const unseen = routes.filter((route) => {
        const pattern = new RegExp(`^${route.replace(/[.]/g, '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`);
        return ![...tour.visited].some((path) => pattern.test(path));
      });
      expect(unseen).toEqual([]);
    });
  });
});
