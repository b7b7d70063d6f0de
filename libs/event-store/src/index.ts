export {
  type Appended,
  AppendTooLarge,
  type EventMetadata,
  EventStore,
  type ExpectedRevision,
  type Json,
  type JsonObject,
  type NewEvent,
  type Position,
  type RecordedEvent,
  RevisionConflict,
  START,
  StoreAccessDenied,
  StoreBusy,
  StoreUnreachable,
  UnknownOutcome,
} from './event-store.js';
export { MemoryEventStore } from './memory.adapter.js';
export { takeFileLock } from './sqlite-lock.js';
export { SqliteEventStore, StoreLocked } from './sqlite.adapter.js';
export { EventStoreDbStore, type StoreObserver } from './eventstoredb.adapter.js';
export { type EventCatalogue, defineEvents, EventRegistry, type EventDescription } from './event-registry.js';
export {
  type CommandContext,
  type CommandOutcome,
  type CommandScope,
  commandContext,
  decisionContext,
  DeciderRunner,
  outcomeOf,
  type RunResult,
} from './decider-runner.js';
export { type ClaimedNumber, ClaimKeeper, claimEvents, claimStream } from './claims.js';
export { stableId, eventId, hashOf } from './ids.js';
export { DryRunnableStore, isDryRun } from './overlay.js';
export { runnerRule } from './runner-rules.js';
export { LogDigest, LogFileDamaged, type LogManifest, type LogSummary } from './log-file.js';
export { exportLog, type ImportedLog, importLog, type LogProgress, NotThisLog, summaryOf } from './log-transfer.js';
export { stepContext, withInput } from './step-context.js';
