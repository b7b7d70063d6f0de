import { Viewer } from '@app/http';
import { ImportCatalogue, type ImportKind } from '@app/imports';
import type { Actor, BilingualText } from '@app/kernel';
import { Controller, Get, Param, Query, Res, type StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { GetRecord, type RecordDetail } from './record.queries.js';
import { csvFile, xlsxFile } from './record-file.js';
import { AfterDto, RecordExportDto, RecordPathDto, RecordPageDto } from './records.dto.js';
import { ExportRecords, ListRecords, type RecordPage } from './records.queries.js';

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
  async export(
    @Query() { format, ...filter }: RecordExportDto,
    @Viewer() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const records = await this.queries.execute(new ExportRecords(actor, filter));
    const kinds = new Set(records.map(({ kind }) => kind));
    const titles = new Map([...kinds].map((kind) => [kind, this.sheetOf(kind)?.title.zh ?? kind]));
    // Not awaited: waiting for a reply is waiting until it has been sent.
    void reply.header('Content-Disposition', `attachment; filename="records.${format}"`);
    return format === 'csv' ? csvFile(records, titles) : xlsxFile(records, titles);
  }

  /** One record with its events (time line). Its ETag is what a command on it may send as If-Match. */
  @Get(':kind/:id')
  async record(
    @Param() { kind, id }: RecordPathDto,
    @Query() { after }: AfterDto,
    @Viewer() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecordDetail & { readonly labels: Readonly<Record<string, BilingualText>> }> {
    const record = await this.queries.execute(new GetRecord(actor, kind, id, after));
    void reply.header('ETag', `"${record.revision}"`);
    return { ...record, labels: this.labels(kind) };
  }

  /** Field names as the sheets call them; the record's own sheet has the last word. */
  private labels(kind: string): Record<string, BilingualText> {
    const own = this.sheetOf(kind);
    const columns = [...this.catalogue.kinds, ...(own ? [own] : [])].flatMap((sheet) => Object.entries(sheet.columns));
    return Object.fromEntries(columns.map(([field, { zh, en }]) => [field, { zh, en }]));
  }

  /** The sheet that holds a kind of records is called by the plural of its name. */
  private sheetOf(kind: string): ImportKind | undefined {
    const plurals = [`${kind}s`, kind.replace(/y$/, 'ies')];
    return this.catalogue.kinds.find((sheet) => plurals.includes(sheet.kind));
  }
}
