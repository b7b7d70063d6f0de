import { type EventCatalogue, type RecordedEvent, defineEvents } from '@app/event-store';
import { type Projection, type RecordSummary, recordProjection } from '@app/read-model';
import { assertNever } from '@app/kernel';
import {
  type HighValuePortfolio,
  type IpCertificate,
  type OpeningEvent,
  type RegistryEvent,
  type RegistryKind,
  registryStream,
} from './registry-events.js';

export const registryObjectEvents: EventCatalogue<RegistryEvent> = defineEvents<RegistryEvent>({
  DedicatedOfficeEstablished: { version: 1, zh: '专门机构成立', en: 'Dedicated office established' },
  DedicatedOfficeClosed: { version: 1, zh: '专门机构撤销', en: 'Dedicated office closed' },
  IpCertificateIssued: { version: 1, zh: '贯标证书颁发', en: 'IP management certificate issued' },
  IpCertificateWithdrawn: { version: 1, zh: '贯标证书撤销', en: 'IP management certificate withdrawn' },
  HighValuePortfolioStarted: { version: 1, zh: '高价值专利组合立项', en: 'High-value portfolio started' },
  HighValuePortfolioAccepted: { version: 1, zh: '高价值专利组合验收', en: 'High-value portfolio accepted' },
  DesignationGranted: { version: 1, zh: '试点示范认定', en: 'Designation granted' },
  CommendationGranted: { version: 1, zh: '转化表彰授予', en: 'Commendation granted' },
  TradingPlatformLaunched: { version: 1, zh: '线上交易平台上线', en: 'Trading platform launched' },
});

const certificateDetail = ({ universityId: _u, certNo: _c, warnings, ...rest }: IpCertificate) => ({
  ...rest,
  withdrawnOn: null,
  ...(warnings ? { warnings: warnings.map(({ zh, en }) => `${zh} / ${en}`) } : {}),
});

const portfolioDetail = ({ universityId: _u, number: _n, title: _t, assets, ...rest }: HighValuePortfolio) => ({
  ...rest,
  acceptedOn: null,
  assets: assets.map(({ number }) => number),
  assetIds: assets.map(({ assetId }) => assetId),
});

const titles = { PILOT: '国家知识产权试点高校', DEMONSTRATION: '国家知识产权示范高校' } as const;

const opened = (event: OpeningEvent): RecordSummary => {
  const { universityId } = event.data;
  switch (event.type) {
    case 'DedicatedOfficeEstablished': {
      const { universityId: _u, name: title, ...rest } = event.data;
      const place = { number: rest.documentNo, title, date: rest.establishedOn };
      return { universityId, status: 'ACTIVE', ...place, detail: { ...rest, closedOn: null } };
    }
    case 'IpCertificateIssued': {
      const { certNo: number, standard: title, validFrom: date } = event.data;
      return { universityId, status: 'CERTIFIED', number, title, date, detail: certificateDetail(event.data) };
    }
    case 'HighValuePortfolioStarted': {
      const { number, title, startedOn: date } = event.data;
      return { universityId, status: 'STARTED', number, title, date, detail: portfolioDetail(event.data) };
    }
    case 'DesignationGranted': {
      const { universityId: _u, ...rest } = event.data;
      const place = { number: rest.documentNo, title: titles[rest.designation], date: rest.designatedOn };
      return { universityId, status: 'GRANTED', ...place, detail: { validTo: null, ...rest } };
    }
    case 'CommendationGranted': {
      const { universityId: _u, ...rest } = event.data;
      const place = { number: rest.documentNo, title: `${rest.award}（${rest.year}）`, date: rest.grantedOn };
      return { universityId, status: 'GRANTED', ...place, detail: rest };
    }
    case 'TradingPlatformLaunched': {
      const { universityId: _u, name: title, ...rest } = event.data;
      return { universityId, status: 'LAUNCHED', number: rest.documentNo, title, date: rest.launchedOn, detail: rest };
    }
    default:
      return assertNever(event);
  }
};

const concluded = (
  row: RecordSummary | undefined,
  status: string,
  { evidence, ...end }: { readonly evidence?: string },
): RecordSummary | undefined =>
  row && { ...row, status, detail: { ...row.detail, ...end, ...(evidence ? { endEvidence: evidence } : {}) } };

const evolve = (row: RecordSummary | undefined, recorded: RecordedEvent): RecordSummary | undefined => {
  const event = recorded as unknown as RegistryEvent;
  switch (event.type) {
    case 'DedicatedOfficeClosed':
      return concluded(row, 'CLOSED', event.data);
    case 'IpCertificateWithdrawn':
      return concluded(row, 'WITHDRAWN', event.data);
    case 'HighValuePortfolioAccepted':
      return concluded(row, 'ACCEPTED', event.data);
    default:
      return opened(event);
  }
};

const handled: Readonly<Record<RegistryKind, ReadonlyArray<RegistryEvent['type']>>> = {
  'dedicated-office': ['DedicatedOfficeEstablished', 'DedicatedOfficeClosed'],
  certification: ['IpCertificateIssued', 'IpCertificateWithdrawn'],
  portfolio: ['HighValuePortfolioStarted', 'HighValuePortfolioAccepted'],
  designation: ['DesignationGranted'],
  commendation: ['CommendationGranted'],
  'trading-platform': ['TradingPlatformLaunched'],
};

/** The records of one kind of object. Whether a certificate or designation has run out is read from `validTo`, not kept. */
export const registryRecords = (kind: RegistryKind): Projection =>
  recordProjection({ kind, version: 1, streamPrefix: registryStream(kind, ''), handles: handled[kind], evolve });

export const registryObjectProjections: readonly Projection[] = (Object.keys(handled) as RegistryKind[]).map(
  registryRecords,
);
