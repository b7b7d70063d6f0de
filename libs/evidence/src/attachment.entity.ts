import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A file on a record: one row per record and file, which stays when the file is detached. */
@Entity('attachment')
@Index(['recordKind', 'recordId'])
@Index(['hash', 'universityId'])
export class AttachmentRow {
  /** `<recordKind>:<recordId>:<hash>` */
  @PrimaryColumn('varchar')
  key: string;

  @Column('varchar')
  recordKind: string;

  @Column('varchar')
  recordId: string;

  @Column('varchar')
  universityId: string;

  @Column('varchar')
  hash: string;

  @Column('varchar')
  name: string;

  @Column('varchar')
  mediaType: string;

  @Column('int')
  bytes: number;

  @Column('varchar', { nullable: true })
  note: string | null;

  /** Instants are ISO 8601 UTC, persons are user names. */
  @Column('varchar')
  attachedAt: string;

  @Column('varchar')
  attachedBy: string;

  @Column('varchar', { nullable: true })
  detachedAt: string | null;

  @Column('varchar', { nullable: true })
  detachedBy: string | null;

  @Column('varchar', { nullable: true })
  detachReason: string | null;

  @Column('varchar')
  position: string;
}
