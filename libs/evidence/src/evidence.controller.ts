import type { CommandContext, CommandOutcome } from '@app/event-store';
import { Context, Viewer } from '@app/http';
import { bodyStream, isFileName, TakesFile } from '@app/imports';
import type { Actor } from '@app/kernel';
import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBody, ApiConsumes, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RunAttachment } from './attachment.handler.js';
import { FindReadableFile, ListRecordEvidence, type RecordEvidence } from './attachment.queries.js';
import {
  AfterQueryDto,
  AttachDto,
  DetachDto,
  HashPathDto,
  RecordFilePathDto,
  RecordPlaceDto,
  UploadQueryDto,
} from './evidence.dto.js';
import { EvidenceFolder, KeepEvidence } from './evidence-file.handler.js';
import type { EvidenceRef } from './evidence-file.js';
import { evidenceRule } from './evidence-rules.js';

/** Files that prove what records say (佐证材料), and the records they are attached to. */
@ApiTags('evidence')
@Controller('api/v1')
export class EvidenceController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly folder: EvidenceFolder,
  ) {}

  /**
   * Uploads a file as the request body: PDF, OFD, PNG, JPEG, TIFF, XLSX, DOCX, XLS, DOC, CSV or text. The same content again answers the
   * same hash. Its name must not name persons: events that name the file keep it for ever.
   */
  @Post('evidence')
  @TakesFile()
  @HttpCode(201)
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiHeader({ name: 'File-Name', description: 'Name of the file, UTF-8, percent-encoded.', required: true })
  upload(
    @Req() request: FastifyRequest,
    @Headers('file-name') header: string,
    @Query() _none: UploadQueryDto,
    @Viewer() actor: Actor,
  ): Promise<EvidenceRef> {
    const file = {
      body: bodyStream(request),
      name: fileNameOf(header),
      statedType: request.headers['content-type'] ?? '',
    };
    return this.commands.execute(new KeepEvidence(file, actor, new Date().toISOString()));
  }

  /** A file, for those who may read the records of the university that uploaded it or has it on a record. */
  @Get('evidence/:hash')
  async file(@Param() { hash }: HashPathDto, @Viewer() actor: Actor, @Res() reply: FastifyReply): Promise<void> {
    await this.send(await this.queries.execute(new FindReadableFile(actor, hash)), reply);
  }

  /** The files of a record, oldest first: attachments, those detached too, and files its own events name. */
  @Get('records/:kind/:id/evidence')
  list(
    @Param() { kind: recordKind, id: recordId }: RecordPlaceDto,
    @Query() { after }: AfterQueryDto,
    @Viewer() actor: Actor,
  ): Promise<readonly RecordEvidence[]> {
    return this.queries.execute(new ListRecordEvidence(actor, { recordKind, recordId }, after));
  }

  /** A file of a record, for those who may read the record. */
  @Get('records/:kind/:id/evidence/:hash')
  async fileOfRecord(
    @Param() { kind: recordKind, id: recordId, hash }: RecordFilePathDto,
    @Viewer() actor: Actor,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const files = await this.queries.execute(new ListRecordEvidence(actor, { recordKind, recordId }));
    const file = files.find((candidate) => candidate.hash === hash);
    if (!file) throw evidenceRule('X-4', { hash });
    await this.send(file, reply);
  }

  /** Attaches an uploaded file to a record of any kind. */
  @Post('records/:kind/:id/evidence')
  attach(
    @Param() { kind: recordKind, id: recordId }: RecordPlaceDto,
    @Body() body: AttachDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(
      new RunAttachment({ recordKind, recordId }, { type: 'AttachEvidence', ...body }, context),
    );
  }

  /** Detaches a file from a record, with the reason; the file and the time it stood there are kept. */
  @Post('records/:kind/:id/evidence/:hash/detachment')
  detach(
    @Param() { kind: recordKind, id: recordId, hash }: RecordFilePathDto,
    @Body() { reason }: DetachDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(
      new RunAttachment({ recordKind, recordId }, { type: 'DetachEvidence', hash, reason }, context),
    );
  }

  /** Never shown in place of the application: a foreign file runs nothing and is saved under its own name (RFC 6266). */
  private async send({ hash, name, mediaType }: EvidenceRef, reply: FastifyReply): Promise<void> {
    const content = await this.folder.read(hash);
    await reply
      .headers({
        'Content-Disposition': `attachment; filename="${hash.slice(0, 12)}"; filename*=UTF-8''${extended(name)}`,
        'Content-Security-Policy': "default-src 'none'; sandbox",
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'private, no-cache',
        ETag: `"${hash}"`,
      })
      .type(mediaType)
      .send(content);
  }
}

/** A name as RFC 8187 writes it. */
const extended = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** The name of an uploaded file from its header, percent-encoded UTF-8. @throws Refusal X-8 */
const fileNameOf = (header: unknown): string => {
  const name = typeof header === 'string' ? decoded(header)?.normalize('NFC') : undefined;
  if (name === undefined || !isFileName(name)) throw evidenceRule('X-8', {}, { field: 'File-Name' });
  return name;
};

const decoded = (header: string): string | undefined => {
  try {
    return decodeURIComponent(header);
  } catch {
    return undefined;
  }
};
