export { RecordsModule } from './records.module.js';
export type { RecordDetail, TimelineEvent } from './record.queries.js';
export type { ExportedRecord, RecordItem, RecordPage } from './records.queries.js';
