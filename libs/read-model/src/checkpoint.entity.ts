import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How far a projection has come; moves in the same transaction as the rows. */
@Entity('checkpoint')
export class Checkpoint {
  @PrimaryColumn('varchar')
  projection: string;

  @Column('varchar')
  position: string;

  /** The log the rows stem from. */
  @Column('varchar')
  storeId: string;
}
