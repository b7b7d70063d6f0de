export type { Cell } from './cell.js';
export {
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
  text,
  wanYuan,
  yesNo,
  yuan,
} from './columns.js';
export { type ImportKind, importKind, type RowContext } from './import-kind.js';
export { type ImportProgress, type ImportRequest, runImport } from './import-runner.js';
export { openSheet, readSheet, type SheetFormat, type SheetRow } from './sheet-reader.js';
export { rowRule } from './row-rules.js';
export { csvTemplate, xlsxTemplate } from './template.js';
export { ImportCatalogue, type References } from './import-catalogue.js';
export { acceptFiles, bodyStream, TakesFile } from './file-body.js';
export { isFileName } from './file-name.js';
export { FileFolder, type FilePart, isPart, placePart, sweepFolder, writePart } from './file-folder.js';
export { formatOf, ImportJobs } from './import-jobs.js';
export type { ImportJobSummary } from './import-queue.js';
export { ImportsModule } from './imports.module.js';
