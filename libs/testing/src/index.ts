export { rowsAfter } from './projection-spec.js';
export { recorded } from './recorded.js';
export { specFor, testContext } from './spec-for.js';
export { describeEventStore } from './describe-event-store.js';
export { anEvent, contractPrefixes, type OpenedStore } from './event-store-kit.js';
export type { EventStoreDbNode, EventStoreDbOptions, EventStoreDbServer } from './eventstoredb-api.js';
export { startEventStoreDbServer } from './eventstoredb-server.js';
export { injectFaults, seededRandom } from './eventstoredb-random-faults.js';
export { ResendingStore } from './resending-store.js';
export { type PostgresServer, startPostgres } from './postgres.js';
export { ViewsKit, Wire, type ViewsEngine, viewsEngines } from './views-kit.js';
export {
  SpecLine,
  SpecSum,
  type Tables,
  added,
  append,
  foldOf,
  lines,
  logOf,
  noted,
  nth,
  sums,
  sumsAndLines,
  sumsRegistry,
  tablesOf,
} from './sums-kit.js';
export { type OfficeEngine, officeEngines } from './office-engines.js';
