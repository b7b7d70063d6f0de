export { RecordsModule } from './records.module.js';
export type { RecordDetail, RecordItem, RecordPage, TimelineEvent } from './records.queries.js';
