import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Viewer } from '@app/http';
import { type Actor, fenFromText, formatYuan } from '@app/kernel';
import { ImportCatalogue } from '@app/imports';
import { Controller, Get, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { stringify } from 'csv-stringify';
import ExcelJS from 'exceljs';
import type { FastifyReply } from 'fastify';
import { AfterDto, RecordExportDto, RecordPageDto } from './records.dto.js';
import { GetRecord, ListRecords, type RecordDetail, type RecordItem, type RecordPage, allRecords } from './records.queries.js';

const HEADERS = ['类型', '编号', '名称', '高校', '对方', '状态', '日期', '知识产权类型', '金额(元)'];

@ApiTags('records')
@Controller('api/v1/records')
export class RecordsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly catalogue: ImportCatalogue,
  ) {}

  /** Records of every kind, filtered, sorted and paged. */
  @Get()
  list(@Query() page: RecordPageDto, @Viewer() actor: Actor): Promise<RecordPage> {
    return this.queries.execute(new ListRecords(actor, page));
  }

  /** The filtered records as a file: CSV (UTF-8 with BOM) or XLSX. */
  @Get('export')
  async export(@Query() { format, ...filter }: RecordExportDto, @Viewer() actor: Actor, @Res({ passthrough: true }) reply: FastifyReply) {
    const items = allRecords((page) => this.queries.execute(new ListRecords(actor, page)), filter);
    await reply.header('Content-Disposition', `attachment; filename="records.${format}"`);
    return format === 'csv' ? csvFile(items) : xlsxFile(items);
  }

  /** One record with its events (time line). */
  @Get(':kind/:id')
  async record(@Param('kind') kind: string, @Param('id') id: string, @Query() { after }: AfterDto, @Viewer() actor: Actor) {
    const record: RecordDetail = await this.queries.execute(new GetRecord(actor, kind, id, after));
    return { ...record, labels: this.labels() };
  }

  /** Field names as the sheets call them. */
  private labels(): Record<string, { zh: string; en: string }> {
    const columns = this.catalogue.kinds.flatMap((kind) => Object.entries(kind.columns));
    return Object.fromEntries(columns.map(([field, { zh, en }]) => [field, { zh, en }]));
  }
}

const toCells = ({ kind, number, title, universityId, counterparty, status, date, ipType, amountFen }: RecordItem) => [
  kind,
  number,
  title,
  universityId,
  counterparty ?? '',
  status,
  date,
  ipType ?? '',
  amountFen === null ? '' : formatYuan(fenFromText(amountFen)),
];

const csvFile = (items: AsyncIterable<RecordItem>): StreamableFile => {
  const csv = stringify({ bom: true, header: true, columns: HEADERS, escape_formulas: true });
  const file = new PassThrough();
  void pipeline(Readable.from(rowsOf(items)), csv, file).catch((error: Error) => file.destroy(error));
  return new StreamableFile(file, { type: 'text/csv; charset=utf-8' });
};

async function* rowsOf(items: AsyncIterable<RecordItem>): AsyncIterable<string[]> {
  for await (const item of items) yield toCells(item);
}

const xlsxFile = (items: AsyncIterable<RecordItem>): StreamableFile => {
  const file = new PassThrough();
  void writeXlsx(items, file).catch((error: Error) => file.destroy(error));
  return new StreamableFile(file, { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' });
};

/** Cells are written as text, so a value that looks like a formula stays a value. */
const writeXlsx = async (items: AsyncIterable<RecordItem>, stream: PassThrough): Promise<void> => {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream });
  const sheet = workbook.addWorksheet('records');
  sheet.addRow(HEADERS).commit();
  for await (const item of items) sheet.addRow(toCells(item)).commit();
  sheet.commit();
  await workbook.commit();
};
