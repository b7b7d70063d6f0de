import { jsonColumn } from '@app/read-model';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ReportFiling } from './annual-reports.js';
import type { Deadline, Outcome } from './deadline.js';
import type { DeadlineKind } from './deadline-kinds.js';

/**
 * One row per deadline, open or long closed: its days answer for any date how it stood. The indexes hold what a state is told by, so
 * that lists and counts read the rows they show and no others.
 */
@Entity('deadline')
@Index(['dueOn', 'key', 'closedOn', 'opensOn', 'outcome'])
@Index(['universityId', 'dueOn', 'key', 'closedOn', 'opensOn', 'outcome'])
export class DeadlineRow implements Deadline {
  @PrimaryColumn('varchar')
  key: string;

  @Column('varchar')
  kind: DeadlineKind;

  @Column('varchar')
  universityId: string;

  @Column('varchar')
  recordKind: string;

  @Column('varchar')
  recordId: string;

  @Column('varchar')
  recordNumber: string;

  @Column('varchar')
  title: string;

  @Column('varchar')
  opensOn: string;

  @Column('varchar')
  nominalOn: string;

  @Column('varchar')
  dueOn: string;

  @Column('boolean')
  certain: boolean;

  @Column('varchar')
  closedOn: string;

  @Column('varchar', { nullable: true })
  closedBy: string | null;

  @Column('varchar', { nullable: true })
  outcome: Outcome | null;

  @Column(jsonColumn)
  detail: Readonly<Record<string, string | number>>;

  /** Lower-case text that `q` looks into. */
  @Column('text')
  search: string;
}

/** What is remembered of a record for its deadlines. */
@Entity('deadline_case')
export class DeadlineCaseRow {
  /** `<category>/<id>` */
  @PrimaryColumn('varchar')
  key: string;

  @Column(jsonColumn)
  state: unknown;
}

/** Where the case of a stream is that is called by something else. */
@Entity('deadline_link')
export class DeadlineLinkRow {
  @PrimaryColumn('varchar')
  stream: string;

  @Column('varchar')
  key: string;
}

/** The universities, for their names and the yearly report of those the state founded. */
@Entity('deadline_university')
export class DeadlineUniversityRow {
  @PrimaryColumn('varchar')
  universityId: string;

  @Column('varchar')
  name: string;

  /** Founded by the state (国家设立): central, provincial or municipal. */
  @Column('boolean')
  stateFounded: boolean;

  /** The day in China on which the ledger was told of it. */
  @Column('varchar')
  registeredOn: string;
}

/** The yearly reports that were filed. */
@Entity('deadline_report')
export class DeadlineReportRow implements ReportFiling {
  /** `<universityId>:<year>` */
  @PrimaryColumn('varchar')
  key: string;

  @Column('varchar')
  universityId: string;

  @Column('int')
  year: number;

  @Column('varchar')
  filedOn: string;
}
