import type { BilingualText } from '@app/kernel';
import { jsonColumn } from '@app/read-model';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Role } from './policy.js';

/** A person or process that signs in (用户). Instants are ISO 8601 UTC text here and below. */
@Entity('user_account')
export class UserAccount {
  /** Also the id of the actor in every event's metadata, so never a person's name. */
  @PrimaryColumn('varchar') username: string;
  /** Argon2id, with its parameters. */
  @Column('text') passwordHash: string;
  @Column('varchar') role: Role;
  /** The university's ledger code, or the bureau's office. */
  @Column('varchar') organisation: string;
  @Column('varchar') displayName: string;
  /** 示例: signs in to a sample ledger only. */
  @Column('boolean') sample: boolean;
  @Column('boolean') disabled: boolean;
  /** Sign-ins tried since the last one that succeeded. */
  @Column('integer') failedSignIns: number;
  @Column('varchar', { nullable: true }) lockedUntil: string | null;
  @Column('varchar') passwordChangedAt: string;
}

/** A value this installation makes and keeps: once and for all, or until a newer one takes its place. */
@Entity('setting')
export class Setting {
  @PrimaryColumn('varchar') key: string;
  @Column('text') value: string;
}

/** A person behind a pseudonym (自然人). After erasure only the pseudonym and the instant are left. */
@Entity('person')
export class Person {
  @PrimaryColumn('varchar') personId: string;
  @Column('varchar', { nullable: true }) universityId: string | null;
  /** The person's own key, encrypted under the master key. */
  @Column('text', { nullable: true }) wrappedKey: string | null;
  /** The name, encrypted under the person's own key. */
  @Column('text', { nullable: true }) nameCipher: string | null;
  @Column('varchar', { nullable: true }) erasedAt: string | null;
}

export type ImportStatus = 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED';

/** Why a row of a file was not taken, where, and by which rule; row 0 is the file as a whole. */
export interface ImportProblem extends BilingualText {
  readonly row: number;
  readonly column: BilingualText | null;
  /** The cell as written, shortened; null when it is empty, names a person, or no cell is to blame. */
  readonly value: string | null;
  readonly rule: string;
  readonly clause: string;
}

/** One uploaded file on its way into the ledger (导入任务); a process that has claimed it runs it. */
@Entity('import_job')
export class ImportJob {
  @PrimaryColumn('varchar') id: string;
  @Column('varchar') kind: string;
  @Column('varchar') fileName: string;
  @Column('varchar') fileHash: string;
  @Column('varchar') actorId: string;
  @Column('varchar') actorRole: string;
  @Column('varchar') actorOrganisation: string;
  @Column('varchar') status: ImportStatus;
  /** How often it was begun: a file that kills the process is not tried for ever. */
  @Column('integer', { default: 0 }) attempts: number;
  /** Rows in the file; 0 until it has been read. */
  @Column('integer') total: number;
  @Column('integer') done: number;
  @Column('integer') written: number;
  @Column('integer') unchanged: number;
  @Column('integer') refused: number;
  /** Rows imported before with other content. */
  @Column('integer') different: number;
  /** The first problems of the file; the importer bounds the list. */
  @Column(jsonColumn) problems: readonly ImportProblem[];
  @Column('varchar') createdAt: string;
  @Column('varchar', { nullable: true }) startedAt: string | null;
  @Column('varchar', { nullable: true }) finishedAt: string | null;
  /** The process that runs it (`OfficeDatabase.holder`), and until when it may be silent, by the clock of the database. Never shown. */
  @Column('varchar', { nullable: true, select: false }) holder?: string | null;
  @Column('varchar', { nullable: true, select: false }) heldUntil?: string | null;
}

/**
 * A file of evidence (佐证材料) as one organisation uploaded it; the content lies once in the file folder, under its hash. Who uploaded a
 * file may read it and name it in records.
 */
@Entity('evidence_file')
export class EvidenceFile {
  /** SHA-256 of the content, 64 hex digits. */
  @PrimaryColumn('varchar') hash: string;
  @PrimaryColumn('varchar') organisation: string;
  /** As it was called when this organisation uploaded it last. */
  @Column('varchar') name: string;
  @Column('varchar') mediaType: string;
  @Column('integer') bytes: number;
  @Column('varchar') uploadedBy: string;
  @Column('varchar') uploadedAt: string;
}
