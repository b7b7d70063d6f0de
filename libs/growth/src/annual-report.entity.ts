import { jsonColumn } from '@app/read-model';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { SummedFigure } from './annual-report.js';
import type { ReportedRecord } from './annual-report-facts.js';

/** The sums of one university and year, as text; a figure that is nothing is left out, and so is a row of nothing. */
@Entity('annual_figures')
@Index(['universityId', 'year'])
export class AnnualFiguresRow {
  /** `<universityId>:<year>` */
  @PrimaryColumn('varchar')
  key: string;

  @Column('varchar')
  universityId: string;

  @Column('int')
  year: number;

  @Column(jsonColumn)
  sums: Readonly<Partial<Record<SummedFigure, string>>>;
}

/** What each record adds to the years, so that a correction counts it out and in again. */
@Entity('annual_reported_record')
export class ReportedRecordRow {
  @PrimaryColumn('varchar')
  stream: string;

  @Column(jsonColumn)
  state: ReportedRecord;
}
