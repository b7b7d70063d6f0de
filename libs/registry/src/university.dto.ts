import { IsLegalDate, IsText, Optional } from '@app/http';
import { IsBoolean, IsIn, IsString } from 'class-validator';
import {
  type EducationLevel,
  type Ownership,
  type PanelMembership,
  type UniversityData,
  educationLevels,
  ownerships,
} from './university.js';

export class UniversityDto implements UniversityData {
  /** Short code of the ledger, such as `hnu` (学校代码): 2 to 16 lower-case letters, digits or hyphens, a letter first. */
  @IsText(16)
  code: string;

  /** Full Chinese name (学校名称). */
  @IsText(100)
  name: string;

  /** Official English name (英文名). */
  @Optional()
  @IsText(200)
  englishName?: string;

  /** Ten-digit code of the Ministry of Education (学校标识码). */
  @Optional()
  @IsText(20)
  schoolCode?: string;

  /** Unified social credit code (统一社会信用代码). */
  @Optional()
  @IsText(30)
  creditCode?: string;

  /** Who runs it (办学性质). */
  @IsIn(Object.keys(ownerships))
  ownership: Ownership;

  /** What it teaches up to (办学层次). */
  @IsIn(Object.keys(educationLevels))
  level: EducationLevel;

  /** Authority in charge (主管部门). */
  @IsText(100)
  authority: string;

  /** What the entry stands on (依据). */
  @Optional()
  @IsText()
  source?: string;
}

export class PanelDto implements PanelMembership {
  /** Whether it counts among the universities of the 20% target (纳入统计). */
  @IsBoolean()
  inPanel: boolean;

  /** Since when, `YYYY-MM-DD` (纳入统计起). */
  @IsLegalDate()
  from: string;

  /** What the decision stands on (依据). */
  @Optional()
  @IsText()
  source?: string;
}

export class UniversitiesDto {
  /** Position token that the answer must include. */
  @Optional()
  @IsString()
  after?: string;
}
