import { jsonColumn } from '@app/read-model';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { FundYearDocument } from './fund-year-document.js';

/** One row per fund year: a year is some hundred claims, and its board shows them all. */
@Entity('fund_year')
export class FundYearRow {
  /** Four digits, as text. */
  @PrimaryColumn('varchar')
  year: string;

  @Column(jsonColumn)
  document: FundYearDocument;

  @Column('varchar')
  position: string;
}
