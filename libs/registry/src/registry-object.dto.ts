import { IsLegalDate, IsText, IsUniversityId, Optional } from '@app/http';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsInt, Max, Min } from 'class-validator';
import {
  type CertificateWithdrawal,
  type Commendation,
  type DedicatedOffice,
  type Designation,
  type DesignationName,
  type IpCertificate,
  type LegalForm,
  type OfficeClosing,
  type PortfolioAcceptance,
  type TradingPlatform,
  designations,
  legalForms,
} from './registry-events.js';
import type { PortfolioRequest } from './registry-object.handler.js';

export class DedicatedOfficeDto implements DedicatedOffice {
  /** The university's ledger code (学校代码). */
  @IsUniversityId()
  universityId: string;

  /** Name of the office (机构名称). */
  @IsText(200)
  name: string;

  /** How it is set up (机构形式). */
  @IsIn(Object.keys(legalForms))
  legalForm: LegalForm;

  /** Number of the founding document (成立文号). */
  @IsText(100)
  documentNo: string;

  /** Date of establishment (成立日期). */
  @IsLegalDate()
  establishedOn: string;

  /** Full-time staff (专职人数). */
  @Optional()
  @IsInt()
  @Min(0)
  @Max(100_000)
  staff?: number;

  /** Where the proof lies (佐证). */
  @Optional()
  @IsText()
  evidence?: string;
}

export class OfficeClosingDto implements OfficeClosing {
  /** Date of closing (撤销日期). */
  @IsLegalDate()
  closedOn: string;

  /** Why (理由). */
  @IsText()
  reason: string;

  /** Where the proof lies (佐证). */
  @Optional()
  @IsText()
  evidence?: string;
}

export class IpCertificateDto implements Omit<IpCertificate, 'warnings'> {
  /** The university's ledger code (学校代码). */
  @IsUniversityId()
  universityId: string;

  /** Number of the certificate (证书编号). */
  @IsText(100)
  certNo: string;

  /** The standard with its edition, `GB/T 33251-2016` (标准). */
  @IsText(50)
  standard: string;

  /** Certification body (认证机构). */
  @IsText(200)
  body: string;

  /** First day of validity (有效期起). */
  @IsLegalDate()
  validFrom: string;

  /** Last day of validity (有效期止); usually three years on. */
  @IsLegalDate()
  validTo: string;

  /** What the certificate covers (范围). */
  @Optional()
  @IsText()
  scope?: string;

  /** Where the proof lies (佐证). */
  @Optional()
  @IsText()
  evidence?: string;
}

export class CertificateWithdrawalDto implements CertificateWithdrawal {
  /** Date of withdrawal (撤销日期). */
  @IsLegalDate()
  withdrawnOn: string;

  /** Why (理由). */
  @IsText()
  reason: string;

  /** Where the proof lies (佐证). */
  @Optional()
  @IsText()
  evidence?: string;
}

export class HighValuePortfolioDto implements PortfolioRequest {
  /** The university's ledger code (学校代码). */
  @IsUniversityId()
  universityId: string;

  /** The university's own number of the portfolio (组合编号). */
  @IsText(100)
  number: string;

  /** Title (名称). */
  @IsText()
  title: string;

  /** Industry chain it serves (产业链). */
  @Optional()
  @IsText(100)
  chain?: string;

  /** Date the project began (立项日期). */
  @IsLegalDate()
  startedOn: string;

  /** Partner enterprises (合作企业). */
  @Optional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsText(200, { each: true })
  partners?: string[];

  /** Patent numbers of the core patents, each registered in the ledger (核心专利). */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1_000)
  @IsText(64, { each: true })
  assets: string[];

  /** Where the proof lies (佐证). */
  @Optional()
  @IsText()
  evidence?: string;
}

export class PortfolioAcceptanceDto implements PortfolioAcceptance {
  /** Date of acceptance (验收日期). */
  @IsLegalDate()
  acceptedOn: string;

  /** Where the proof lies (佐证). */
  @Optional()
  @IsText()
  evidence?: string;
}

export class DesignationDto implements Designation {
  /** The university's ledger code (学校代码). */
  @IsUniversityId()
  universityId: string;

  /** National IP pilot or demonstration university (称号). */
  @IsIn(Object.keys(designations))
  designation: DesignationName;

  /** Number of the document (文号). */
  @IsText(100)
  documentNo: string;

  /** Date of designation (认定日期). */
  @IsLegalDate()
  designatedOn: string;

  /** Who designated it (认定机关). */
  @IsText(200)
  authority: string;

  /** Last day of validity (有效期至). */
  @Optional()
  @IsLegalDate()
  validTo?: string;

  /** Where the proof lies (佐证). */
  @Optional()
  @IsText()
  evidence?: string;
}

export class CommendationDto implements Commendation {
  /** The university's ledger code (学校代码). */
  @IsUniversityId()
  universityId: string;

  /** Name of the award (奖项). */
  @IsText(200)
  award: string;

  /** The year it honours (年度). */
  @IsInt()
  @Min(2000)
  @Max(2199)
  year: number;

  /** Number of the document (文号). */
  @IsText(100)
  documentNo: string;

  /** Date it was granted (授予日期). */
  @IsLegalDate()
  grantedOn: string;

  /** Where the proof lies (佐证). */
  @Optional()
  @IsText()
  evidence?: string;
}

export class TradingPlatformDto implements TradingPlatform {
  /** Ledger code of the university that applied for it (申报高校). */
  @IsUniversityId()
  universityId: string;

  /** Name of the platform (平台名称). */
  @IsText(200)
  name: string;

  /** Its address on the web, http or https (网址). */
  @Optional()
  @IsText()
  url?: string;

  /** Date it went online (上线日期). */
  @IsLegalDate()
  launchedOn: string;

  /** Number of the document (文号). */
  @IsText(100)
  documentNo: string;

  /** Where the proof lies (佐证). */
  @Optional()
  @IsText()
  evidence?: string;
}
