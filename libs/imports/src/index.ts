export {
  type Cell,
  type Column,
  type Columns,
  choice,
  creditCode,
  date,
  filled,
  integer,
  list,
  parseRow,
  type Row,
  rowRule,
  text,
  wanYuan,
  yesNo,
  yuan,
} from './columns.js';
export { type ImportKind, importKind, type RowContext } from './import-kind.js';
export { type ImportProgress, type ImportRequest, runImport } from './import-runner.js';
export { openSheet, readSheet, type SheetFormat, type SheetRow } from './sheet-reader.js';
export { csvTemplate, xlsxTemplate } from './template.js';
export { ImportCatalogue, type References } from './import-catalogue.js';
export { FileFolder, formatOf, ImportJobs, type ImportJobSummary } from './import-jobs.js';
export { ImportsModule } from './imports.module.js';
