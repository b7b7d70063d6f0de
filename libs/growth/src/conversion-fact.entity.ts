import { jsonColumn } from '@app/read-model';
import type { IpType } from '@app/kernel';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { FactFlag } from './counting-rule.js';
import type { Deal, DealMode } from './deal.js';
import type { CountedDeal, FactVersion, StandingFact } from './fact-version.js';
import type { PanelSpan } from './panel.js';
import type { CellCounts, UseCounts } from './tally.js';

/** Rows are never overwritten but for their end, so what was known at any position can still be counted. */
@Entity('conversion_fact')
@Index(['year', 'date', 'key'])
export class ConversionFactRow implements FactVersion {
  @PrimaryColumn('varchar')
  key: string;

  @Column('varchar')
  rule: string;

  @Column('varchar')
  contractId: string;

  @Column('varchar')
  contractNumber: string;

  @Column('varchar')
  universityId: string;

  @Column('varchar')
  assetId: string;

  @Column('varchar')
  number: string;

  @Column('varchar')
  ipType: IpType;

  @Column('boolean')
  isPatent: boolean;

  @Column('varchar')
  mode: DealMode;

  @Column('varchar', { nullable: true })
  countedOn: string | null;

  @Column('varchar', { nullable: true })
  pendingOn: string | null;

  @Column('varchar')
  date: string;

  @Column('int')
  year: number;

  @Column(jsonColumn)
  flags: readonly FactFlag[];

  @Column('boolean')
  isFlagged: boolean;

  @Column('boolean', { nullable: true })
  inChangsha: boolean | null;

  @Column('varchar')
  knownFrom: string;

  @Column('varchar', { nullable: true })
  knownTo: string | null;
}

/** The present state of a contract or open-licence grant, as far as counting needs it. */
@Entity('counted_contract')
export class CountedContract implements CountedDeal {
  @PrimaryColumn('varchar')
  contractId: string;

  @Column(jsonColumn)
  state: Deal;

  @Column('int')
  version: number;

  @Column(jsonColumn)
  standing: readonly StandingFact[];
}

/** The maintained counts of one scope, a university or the city, in one year. */
@Entity('growth_cell')
export class GrowthCell {
  /** `<scope>:<year>` */
  @PrimaryColumn('varchar')
  key: string;

  @Column('varchar')
  scope: string;

  @Column('int')
  year: number;

  @Column(jsonColumn)
  counts: CellCounts;
}

/** How often an asset counts in a year; keeps the number of distinct assets without a scan. */
@Entity('asset_use')
export class AssetUse {
  /** `<assetId>:<year>` */
  @PrimaryColumn('varchar')
  key: string;

  @Column(jsonColumn)
  counts: UseCounts;
}

@Entity('panel_span')
export class PanelSpanRow implements PanelSpan {
  /** `<universityId>:<from>` */
  @PrimaryColumn('varchar')
  key: string;

  @Column('varchar')
  universityId: string;

  @Column('varchar')
  from: string;

  @Column('varchar')
  until: string;

  @Column('boolean')
  inPanel: boolean;
}
