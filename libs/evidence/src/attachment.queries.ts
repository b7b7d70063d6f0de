import { EvidenceFile, OfficeDatabase, universityScope } from '@app/access';
import type { Actor, BilingualText } from '@app/kernel';
import { ReadModels } from '@app/read-model';
import { GetRecord, type TimelineEvent } from '@app/records';
import { type IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { AttachmentRow } from './attachment.entity.js';
import type { RecordPlace } from './attachment.js';
import type { EvidenceRef } from './evidence-file.js';
import { evidenceRule } from './evidence-rules.js';

/** A file of evidence on a record: attached to it, or named by one of its own events (a correction, a voiding). */
export interface RecordEvidence extends EvidenceRef {
  readonly note: string | null;
  /** Instant and user name of the one who brought it. */
  readonly attachedAt: string;
  readonly attachedBy: string;
  /** The event of the record that names it; null for an attachment. */
  readonly namedBy: ({ readonly revision: number; readonly type: string } & { readonly title: BilingualText }) | null;
  readonly detached: { readonly at: string; readonly by: string; readonly reason: string } | null;
}

/** The files of a record, oldest first, those detached among them. @throws Refusal C-5 */
export class ListRecordEvidence extends Query<readonly RecordEvidence[]> {
  constructor(
    readonly actor: Actor,
    readonly place: RecordPlace,
    readonly after?: string,
  ) {
    super();
  }
}

/** A file whoever may read the university that uploaded it, or one it is attached to, may read. @throws Refusal X-4 */
export class FindReadableFile extends Query<EvidenceRef> {
  constructor(
    readonly actor: Actor,
    readonly hash: string,
  ) {
    super();
  }
}

@QueryHandler(ListRecordEvidence)
export class ListRecordEvidenceHandler implements IQueryHandler<ListRecordEvidence> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly queries: QueryBus,
  ) {}

  async execute({ actor, place, after }: ListRecordEvidence): Promise<readonly RecordEvidence[]> {
    const { recordKind, recordId } = place;
    const { timeline } = await this.queries.execute(new GetRecord(actor, recordKind, recordId, after));
    const rows = await this.readModels.read((manager) => manager.findBy(AttachmentRow, { recordKind, recordId }));
    const files = [...timeline.flatMap(filesNamed), ...rows.map(attachedFile)];
    return files.sort((a, b) => (a.attachedAt < b.attachedAt ? -1 : Number(a.attachedAt > b.attachedAt)));
  }
}

const filesNamed = ({ data, revision, type, title, recordedAt, actor }: TimelineEvent): RecordEvidence[] => {
  const files = (data['evidenceFiles'] ?? []) as unknown as readonly EvidenceRef[];
  const named = { revision, type, title };
  return files.map(({ hash, name, mediaType, bytes }) => ({
    ...{ hash, name, mediaType, bytes },
    note: null,
    attachedAt: recordedAt,
    attachedBy: actor.id,
    namedBy: named,
    detached: null,
  }));
};

const attachedFile = (row: AttachmentRow): RecordEvidence => {
  const { hash, name, mediaType, bytes, note, attachedAt, attachedBy, detachedAt, detachedBy, detachReason } = row;
  const detached = detachedAt === null ? null : { at: detachedAt, by: detachedBy ?? '', reason: detachReason ?? '' };
  return { hash, name, mediaType, bytes, note, attachedAt, attachedBy, namedBy: null, detached };
};

@QueryHandler(FindReadableFile)
export class FindReadableFileHandler implements IQueryHandler<FindReadableFile> {
  constructor(
    private readonly office: OfficeDatabase,
    private readonly readModels: ReadModels,
  ) {}

  async execute({ actor, hash }: FindReadableFile): Promise<EvidenceRef> {
    const scope = universityScope(actor, 'record.read');
    const uploaded = scope === undefined ? { hash } : { hash, organisation: scope };
    const attached = scope === undefined ? { hash } : { hash, universityId: scope };
    const file =
      (await this.office.read((manager) =>
        manager.findOne(EvidenceFile, { where: uploaded, order: { uploadedAt: 'DESC', organisation: 'ASC' } }),
      )) ?? (await this.readModels.read((manager) => manager.findOneBy(AttachmentRow, attached)));
    if (!file) throw evidenceRule('X-4', { hash });
    return { hash, name: file.name, mediaType: file.mediaType, bytes: file.bytes };
  }
}
