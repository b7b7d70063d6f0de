import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EducationLevel, Ownership } from './university.js';

/** One row per university; boards take names and the panel from it. */
@Entity('university')
export class UniversityRow {
  /** The ledger's short code, `hnu`. */
  @PrimaryColumn('varchar')
  universityId: string;

  @Column('varchar')
  name: string;

  @Column('varchar', { nullable: true })
  englishName: string | null;

  @Column('varchar')
  ownership: Ownership;

  @Column('varchar')
  level: EducationLevel;

  @Column('varchar', { nullable: true })
  schoolCode: string | null;

  @Column('boolean')
  inPanel: boolean;

  /** Since when `inPanel` is as it is; null until somebody decided it. */
  @Column('varchar', { nullable: true })
  panelFrom: string | null;

  @Column('varchar')
  position: string;
}
