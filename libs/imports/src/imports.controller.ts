import { type ImportJob, authorise, universityScope } from '@app/access';
import { runnerRule } from '@app/event-store';
import { Viewer } from '@app/http';
import type { Actor } from '@app/kernel';
import { Controller, Get, Header, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bodyStream, TakesFile } from './file-body.js';
import { UploadQueryDto } from './imports.dto.js';
import { ImportCatalogue } from './import-catalogue.js';
import { ImportJobs } from './import-jobs.js';
import type { ImportJobSummary } from './import-queue.js';
import { csvTemplate, xlsxTemplate } from './template.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

@ApiTags('imports')
@Controller('api/v1/imports')
export class ImportsController {
  constructor(
    private readonly jobs: ImportJobs,
    private readonly catalogue: ImportCatalogue,
  ) {}

  /** Kinds of sheets with their columns. */
  @Get('kinds')
  kinds() {
    return this.catalogue.kinds.map(({ kind, title, order, columns }) => ({
      kind,
      title,
      order,
      columns: Object.entries(columns).map(([key, { zh, en, required, format, options }]) => ({
        key,
        zh,
        en,
        required,
        format,
        options,
      })),
    }));
  }

  /** An empty sheet to fill in, `<kind>.csv` or `<kind>.xlsx`. */
  @Get('templates/:file')
  @Header('Cache-Control', 'no-cache')
  async template(@Param('file') file: string, @Res() reply: FastifyReply): Promise<void> {
    const [, name = '', extension] = /^([a-z-]+)\.(csv|xlsx)$/.exec(file) ?? [];
    const kind = this.catalogue.find(name);
    const content = extension === 'csv' ? csvTemplate(kind) : await xlsxTemplate(kind);
    await reply
      .header(
        'Content-Disposition',
        `attachment; filename="${file}"; filename*=UTF-8''${encodeURIComponent(`${kind.title.zh}.${extension}`)}`,
      )
      .type(extension === 'csv' ? 'text/csv; charset=utf-8' : XLSX)
      .send(content);
  }

  /** Uploads a filled sheet as the request body; it is taken in the background. */
  @Post(':kind')
  @TakesFile()
  @HttpCode(202)
  @ApiConsumes('text/csv', XLSX)
  async upload(
    @Param('kind') kind: string,
    @Query() { fileName }: UploadQueryDto,
    @Req() request: FastifyRequest,
    @Viewer() actor: Actor,
  ): Promise<{ jobId: string; status: string }> {
    authorise(actor, 'import.run');
    const upload = { kind, fileName, body: bodyStream(request) };
    const jobId = await this.jobs.submit(upload, actor, new Date().toISOString());
    return { jobId, status: `/api/v1/imports/${jobId}` };
  }

  /** The last hundred imports, newest first, without their problems. */
  @Get()
  list(@Viewer() actor: Actor): Promise<ImportJobSummary[]> {
    return this.jobs.list(universityScope(actor, 'import.run'));
  }

  /** Progress and problems of one import. */
  @Get(':jobId')
  async job(@Param('jobId') jobId: string, @Viewer() actor: Actor): Promise<ImportJob> {
    const organisation = universityScope(actor, 'import.run');
    const job = await this.jobs.find(jobId);
    if (!job || (organisation !== undefined && job.actorOrganisation !== organisation)) {
      throw runnerRule('C-5', { kindZh: '导入', kindEn: 'import', value: jobId });
    }
    return job;
  }
}
