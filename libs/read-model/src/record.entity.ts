import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { fenColumn, jsonColumn } from './columns.js';

/**
 * One row per record of any kind (disclosure, asset, contract, …), for lists, search and record pages. Each kind's rows
 * belong to the projection of its slice; `detail` is what the record page shows, keyed by field.
 */
@Entity('record')
@Index(['kind', 'date', 'key'])
@Index(['universityId', 'kind', 'date'])
export class RecordRow {
  /** `<kind>:<id>` */
  @PrimaryColumn('varchar')
  key: string;

  @Column('varchar')
  kind: string;

  @Column('varchar')
  id: string;

  /** The record's stream, for its time line. */
  @Column('varchar')
  stream: string;

  /** The number the office knows it by. */
  @Column('varchar')
  number: string;

  @Column('varchar')
  title: string;

  @Column('varchar')
  universityId: string;

  @Column('varchar', { nullable: true })
  counterparty: string | null;

  @Column('varchar')
  status: string;

  /** The legal date the list sorts by, `YYYY-MM-DD`; empty when there is none. */
  @Column('varchar')
  date: string;

  @Column('int')
  year: number;

  @Column('varchar', { nullable: true })
  ipType: string | null;

  @Column({ ...fenColumn, nullable: true })
  amountFen: bigint | null;

  @Column(jsonColumn)
  detail: Readonly<Record<string, unknown>>;

  /** Lower-case text that `q` looks into. */
  @Column('text')
  search: string;

  @Column('int')
  revision: number;

  /** Instant of the last event, ISO 8601 UTC. */
  @Column('varchar')
  updatedAt: string;

  @Column('varchar')
  position: string;
}
