export { type Config, loadConfig } from './config.js';
export { type Ledger, openLedger, openStore } from './ledger.js';
export { LedgerModule } from './ledger.module.js';
export { eventCatalogues, projections, ruleTables, streamPrefixes } from './slices.js';
export type { DryRunAnswer } from './dry-run.interceptor.js';
