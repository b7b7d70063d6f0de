import type { BilingualText, Message } from '@app/kernel';

/** How a dedicated office is set up (机构形式, D§2.4). */
export const legalForms = {
  INTERNAL: { zh: '校内处级机构', en: 'Internal department' },
  AFFILIATED: { zh: '直属单位', en: 'Affiliated unit' },
  COMPANY: { zh: '独立法人公司', en: 'Company' },
  OTHER: { zh: '其他', en: 'Other' },
} as const satisfies Record<string, BilingualText>;
export type LegalForm = keyof typeof legalForms;

/** National IP pilot or demonstration university (国家知识产权试点、示范高校, D§2.4). */
export const designations = {
  PILOT: { zh: '试点', en: 'Pilot' },
  DEMONSTRATION: { zh: '示范', en: 'Demonstration' },
} as const satisfies Record<string, BilingualText>;
export type DesignationName = keyof typeof designations;

interface OfUniversity {
  readonly universityId: string;
  /** Where the proof lies: a document number, a link or a file hash. */
  readonly evidence?: string;
}

/** 高校知识产权转化专门机构, evidenced by its founding document (plan target T5). */
export interface DedicatedOffice extends OfUniversity {
  readonly name: string;
  readonly legalForm: LegalForm;
  readonly documentNo: string;
  readonly establishedOn: string;
  /** Full-time staff. */
  readonly staff?: number;
}

/** 贯标证书: conformity with the national standard of IP management at universities. */
export interface IpCertificate extends OfUniversity {
  readonly certNo: string;
  readonly standard: string;
  readonly body: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly scope?: string;
  readonly warnings?: readonly BilingualText[];
}

export interface PortfolioAsset {
  readonly assetId: string;
  /** Canonical patent number. */
  readonly number: string;
}

/** 高校高价值专利组合培育项目 (plan targets T2, T3). */
export interface HighValuePortfolio extends OfUniversity {
  readonly number: string;
  readonly title: string;
  /** Industry chain (产业链). */
  readonly chain?: string;
  readonly startedOn: string;
  readonly partners?: readonly string[];
  readonly assets: readonly PortfolioAsset[];
}

/** The first designation within 2021-2025 is what plan target T1 counts. */
export interface Designation extends OfUniversity {
  readonly designation: DesignationName;
  readonly documentNo: string;
  readonly designatedOn: string;
  readonly authority: string;
  readonly validTo?: string;
}

/** 知识产权转化表彰: an award for a year, granted in it or later. */
export interface Commendation extends OfUniversity {
  readonly award: string;
  readonly year: number;
  readonly documentNo: string;
  readonly grantedOn: string;
}

/** 知识产权线上交易平台; the university is the one that applied for it. */
export interface TradingPlatform extends OfUniversity {
  readonly name: string;
  readonly url?: string;
  readonly launchedOn: string;
  readonly documentNo: string;
}

export interface OfficeClosing {
  readonly closedOn: string;
  readonly reason: string;
  readonly evidence?: string;
}

export interface CertificateWithdrawal {
  readonly withdrawnOn: string;
  readonly reason: string;
  readonly evidence?: string;
}

export interface PortfolioAcceptance {
  readonly acceptedOn: string;
  readonly evidence?: string;
}

export type OpeningEvent =
  | Message<'DedicatedOfficeEstablished', DedicatedOffice>
  | Message<'IpCertificateIssued', IpCertificate>
  | Message<'HighValuePortfolioStarted', HighValuePortfolio>
  | Message<'DesignationGranted', Designation>
  | Message<'CommendationGranted', Commendation>
  | Message<'TradingPlatformLaunched', TradingPlatform>;

export type RegistryEvent =
  | OpeningEvent
  | Message<'DedicatedOfficeClosed', OfficeClosing>
  | Message<'IpCertificateWithdrawn', CertificateWithdrawal>
  | Message<'HighValuePortfolioAccepted', PortfolioAcceptance>;

export type StartHighValuePortfolio = Message<'StartHighValuePortfolio', HighValuePortfolio>;

export type OpeningCommand =
  | Message<'EstablishDedicatedOffice', DedicatedOffice>
  | Message<'IssueIpCertificate', IpCertificate>
  | StartHighValuePortfolio
  | Message<'GrantDesignation', Designation>
  | Message<'GrantCommendation', Commendation>
  | Message<'LaunchTradingPlatform', TradingPlatform>;

export type ConcludingCommand =
  | Message<'CloseDedicatedOffice', OfficeClosing>
  | Message<'WithdrawIpCertificate', CertificateWithdrawal>
  | Message<'AcceptHighValuePortfolio', PortfolioAcceptance>;

export type RegistryCommand = OpeningCommand | ConcludingCommand;

/** The kinds of object, as claims, records and fund standards name them. */
export type RegistryKind =
  | 'dedicated-office'
  | 'certification'
  | 'portfolio'
  | 'designation'
  | 'commendation'
  | 'trading-platform';

/** The category of each kind's streams; the first part of a stored name, never to be changed. */
export const registryCategories: Readonly<Record<RegistryKind, string>> = {
  'dedicated-office': 'office',
  certification: 'certification',
  portfolio: 'portfolio',
  designation: 'designation',
  commendation: 'commendation',
  'trading-platform': 'platform',
};

export const registryStream = (kind: RegistryKind, id: string): string => `${registryCategories[kind]}-${id}`;
