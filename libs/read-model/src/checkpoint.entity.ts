import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The row of the loop itself: it moves with every commit and carries the epoch of the one writer. */
export const LOOP = '*';

/** How far a projection has come; moves in the same transaction as the rows. */
@Entity('checkpoint')
export class Checkpoint {
  /** The projection's name, or `LOOP`. */
  @PrimaryColumn('varchar')
  projection: string;

  @Column('varchar')
  position: string;

  /** The log the rows stem from. */
  @Column('varchar')
  storeId: string;

  /** On the row of the loop: the lease under which it was last written. A writer of an earlier lease matches no row (fencing). */
  @Column('int', { default: 0 })
  epoch: number;

  /** Why the projection stopped, and at which event; null while it goes on. */
  @Column('text', { nullable: true })
  stoppedBy: string | null;

  @Column('varchar', { nullable: true })
  stoppedAt: string | null;
}
