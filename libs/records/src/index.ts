export { RecordsModule } from './records.module.js';
export { recordRule } from './record-rules.js';
export { GetRecord, type RecordDetail, type TimelineEvent } from './record.queries.js';
export type { ExportedRecord, RecordItem, RecordPage } from './records.queries.js';
