import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ApprovedBaseline, Basis, IpScope } from './target-board.js';

/** The baselines verdicts stand on, one row each. */
@Entity('approved_baseline')
export class ApprovedBaselineRow implements ApprovedBaseline {
  /** `<scope>-<basis>-<ipScope>-<baseYear>` */
  @PrimaryColumn('varchar')
  id: string;

  @Column('varchar')
  scope: string;

  @Column('varchar')
  basis: Basis;

  @Column('varchar')
  ipScope: IpScope;

  @Column('int')
  baseYear: number;

  @Column('int')
  value: number;

  @Column('varchar')
  source: string;

  @Column('varchar')
  evidence: string;

  @Column('varchar')
  proposedBy: string;

  @Column('varchar')
  approvedBy: string;

  @Column('varchar')
  position: string;
}
