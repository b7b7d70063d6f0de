import type { FeeType, IpType } from '@app/kernel';
import { fenColumn, jsonColumn } from '@app/read-model';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { OfferedInstalment, RoyaltyBase } from './fee-standard.js';
import type { TitleEvent } from './patent-absence.js';

/** One announced standard of a declaration and the days it is offered on: what the public list shows. Nothing personal. */
@Entity('open_offer')
@Index(['openFrom', 'key'])
@Index(['declarationId'])
export class OpenOffer {
  /** `<declarationId>:<version>` */
  @PrimaryColumn('varchar')
  key: string;

  @Column('varchar')
  declarationId: string;

  @Column('int')
  version: number;

  @Column('varchar')
  assetId: string;

  @Column('varchar')
  universityId: string;

  @Column('varchar')
  number: string;

  @Column('varchar')
  patentNumber: string;

  @Column('varchar')
  title: string;

  @Column('varchar')
  ipType: IpType;

  /** First day of the standard; null until it is announced. */
  @Column('varchar', { nullable: true })
  openFrom: string | null;

  /** Last day on which a notice takes the licence at this standard. */
  @Column('varchar')
  openTo: string;

  /** First day of the open licence, whichever standard was in force. */
  @Column('varchar', { nullable: true })
  announcedOn: string | null;

  /** Last day of the licences offered. */
  @Column('varchar')
  licensedTo: string;

  @Column('varchar')
  feeType: FeeType;

  @Column({ ...fenColumn, nullable: true })
  feeFen: bigint | null;

  @Column('int', { nullable: true })
  royaltyPermyriad: number | null;

  @Column('varchar', { nullable: true })
  royaltyBase: RoyaltyBase | null;

  @Column(jsonColumn)
  instalments: readonly OfferedInstalment[];

  /** Lower-case text that `q` looks into. */
  @Column('text')
  search: string;
}

/** What became of a patent that any asset's stream told of: kept to say on which days nobody can license it. */
@Entity('open_offer_patent')
export class OfferPatent {
  @PrimaryColumn('varchar')
  assetId: string;

  @Column(jsonColumn)
  events: readonly TitleEvent[];
}

/** Days, both included, on which a patent is at an end or in other hands: offers of it are not shown. */
@Entity('open_offer_shut')
@Index(['assetId'])
export class ShutTerm {
  /** `<assetId>:<from>` */
  @PrimaryColumn('varchar')
  key: string;

  @Column('varchar')
  assetId: string;

  @Column('varchar')
  shutFrom: string;

  @Column('varchar')
  shutTo: string;

  /** Who owns it then; null when it is at an end for everybody. */
  @Column('varchar', { nullable: true })
  owner: string | null;
}
