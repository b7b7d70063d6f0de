import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { StreamableFile } from '@nestjs/common';
import { stringify } from 'csv-stringify';
import type { DeadlineItem } from './deadline.queries.js';
import { DEADLINE_STATES } from './deadline.js';

const HEADERS = [
  '期限 Deadline',
  '状态 State',
  '到期日 Due on',
  '名义到期日 Nominal date',
  '宽限至 Grace until',
  '起始日 Opens on',
  '办结日 Closed on',
  '高校 University',
  '编号 Number',
  '名称 Title',
  '事项 What',
  'What (English)',
  '依据 Clause',
];

/** CSV as spreadsheet programs open it with Chinese intact; text that starts like a formula is quoted. */
export const deadlineFile = (items: readonly DeadlineItem[]): StreamableFile => {
  const csv = stringify({ bom: true, header: true, columns: HEADERS, escape_formulas: true });
  const file = new PassThrough();
  pipeline(Readable.from(items.map(toCells)), csv, file).catch((error: Error) => file.destroy(error));
  return new StreamableFile(file, { type: 'text/csv; charset=utf-8' });
};

const toCells = (item: DeadlineItem): string[] => [
  item.kindTitle.zh,
  DEADLINE_STATES[item.state].zh,
  item.dueOn ?? '',
  item.nominalOn ?? '',
  item.graceTo ?? '',
  item.opensOn,
  item.closedOn ?? '',
  item.university ?? '',
  item.recordNumber,
  item.title,
  item.textZh,
  item.textEn,
  item.clause,
];
