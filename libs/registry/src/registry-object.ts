import { type BilingualText, type Decider, addDays, addYears, assertNever, compactNumber, yearOf } from '@app/kernel';
import type {
  Commendation,
  DedicatedOffice,
  Designation,
  HighValuePortfolio,
  IpCertificate,
  OpeningEvent,
  RegistryCommand,
  RegistryEvent,
  RegistryKind,
  TradingPlatform,
} from './registry-events.js';
import { notAfter, registryRule } from './registry-rules.js';

/** What is left to decide of a recorded object: whose it is, since when, and whether it was concluded. */
export type RegistryObject =
  | {
      readonly universityId: string;
      readonly startedOn: string;
      /** Last day of a certificate or designation. */
      readonly validTo?: string;
      /** Closed, withdrawn or accepted. */
      readonly endedOn?: string;
    }
  | undefined;

/** Refuses R-2 for an end before its start. */
export const notBefore = (start: string, field: string, end: string): void => {
  if (end < start) throw registryRule('R-2', { start, end }, { field });
};

const establishOffice = (data: DedicatedOffice, today: string): OpeningEvent => {
  notAfter(today, 'establishedOn', data.establishedOn);
  return { type: 'DedicatedOfficeEstablished', data };
};

const STANDARD = /^GB\/?T(33251)-(\d{4})$/;
const FIRST_EDITION = 2016;

/** `GB/T 33251-2016` however it was spelt. Only the standard for universities, with its edition, is 贯标 here (D§6). */
const parseStandard = (text: string, validFrom: string): string => {
  const [, number, edition = ''] = STANDARD.exec(compactNumber(text)) ?? [];
  const year = Number(edition);
  if (!number || year < FIRST_EDITION || year > yearOf(validFrom)) {
    throw registryRule('R-3', { standard: text }, { field: 'standard' });
  }
  return `GB/T ${number}-${edition}`;
};

const UNUSUAL_TERM: BilingualText = {
  zh: '证书有效期不是通常的3年，请对照证书原件',
  en: 'the certificate is not valid for the usual three years; please compare the original',
};

const issueCertificate = (given: IpCertificate, today: string): OpeningEvent => {
  const { validFrom, validTo } = given;
  notAfter(today, 'validFrom', validFrom);
  notBefore(validFrom, 'validTo', validTo);
  const data = { ...given, standard: parseStandard(given.standard, validFrom) };
  const threeYears = addYears(validFrom, 3);
  const isUsual = validTo === threeYears || validTo === addDays(threeYears, -1);
  return { type: 'IpCertificateIssued', data: isUsual ? data : { ...data, warnings: [UNUSUAL_TERM] } };
};

const startPortfolio = (data: HighValuePortfolio, today: string): OpeningEvent => {
  notAfter(today, 'startedOn', data.startedOn);
  if (data.assets.length === 0) throw registryRule('R-6', {}, { field: 'assets' });
  return { type: 'HighValuePortfolioStarted', data };
};

const grantDesignation = (data: Designation, today: string): OpeningEvent => {
  notAfter(today, 'designatedOn', data.designatedOn);
  if (data.validTo) notBefore(data.designatedOn, 'validTo', data.validTo);
  return { type: 'DesignationGranted', data };
};

/** A year before is a slip of the pen: there was nothing to commend yet. */
const FIRST_YEAR = 2000;

const grantCommendation = (data: Commendation, today: string): OpeningEvent => {
  const { year, grantedOn } = data;
  notAfter(today, 'grantedOn', grantedOn);
  if (year < FIRST_YEAR || year > yearOf(grantedOn)) throw registryRule('R-7', { year, grantedOn }, { field: 'year' });
  return { type: 'CommendationGranted', data };
};

const launchPlatform = (data: TradingPlatform, today: string): OpeningEvent => {
  const { url, launchedOn } = data;
  notAfter(today, 'launchedOn', launchedOn);
  // The page shows it as a link, so no other scheme may get in.
  if (url && !/^https?:\/\//i.test(url)) throw registryRule('R-8', { url }, { field: 'url' });
  return { type: 'TradingPlatformLaunched', data };
};

interface Conclusion {
  readonly field: string;
  readonly on: string;
  readonly event: RegistryEvent;
}

const conclude = (
  object: RegistryObject,
  today: string,
  { field, on, event }: Conclusion,
): readonly RegistryEvent[] => {
  if (!object) throw registryRule('R-5');
  if (object.endedOn === on) return [];
  if (object.endedOn) throw registryRule('R-4', { on: object.endedOn, wanted: on }, { field });
  notAfter(today, field, on);
  notBefore(object.startedOn, field, on);
  return [event];
};

/** Opening an object that is there changes nothing: its stream is named by the very command that opened it. */
const openOnce = (object: RegistryObject, open: () => OpeningEvent): readonly RegistryEvent[] =>
  object ? [] : [open()];

const decide = (
  command: RegistryCommand,
  object: RegistryObject,
  { today }: { readonly today: string },
): readonly RegistryEvent[] => {
  switch (command.type) {
    case 'EstablishDedicatedOffice':
      return openOnce(object, () => establishOffice(command.data, today));
    case 'IssueIpCertificate':
      return openOnce(object, () => issueCertificate(command.data, today));
    case 'StartHighValuePortfolio':
      return openOnce(object, () => startPortfolio(command.data, today));
    case 'GrantDesignation':
      return openOnce(object, () => grantDesignation(command.data, today));
    case 'GrantCommendation':
      return openOnce(object, () => grantCommendation(command.data, today));
    case 'LaunchTradingPlatform':
      return openOnce(object, () => launchPlatform(command.data, today));
    case 'CloseDedicatedOffice': {
      const event = { type: 'DedicatedOfficeClosed', data: command.data } as const;
      return conclude(object, today, { field: 'closedOn', on: command.data.closedOn, event });
    }
    case 'WithdrawIpCertificate': {
      const event = { type: 'IpCertificateWithdrawn', data: command.data } as const;
      return conclude(object, today, { field: 'withdrawnOn', on: command.data.withdrawnOn, event });
    }
    case 'AcceptHighValuePortfolio': {
      const event = { type: 'HighValuePortfolioAccepted', data: command.data } as const;
      return conclude(object, today, { field: 'acceptedOn', on: command.data.acceptedOn, event });
    }
    default:
      return assertNever(command);
  }
};

interface Opening {
  readonly universityId: string;
  readonly validTo?: string;
}

const opened = ({ universityId, validTo }: Opening, startedOn: string): RegistryObject => ({
  universityId,
  startedOn,
  ...(validTo === undefined ? {} : { validTo }),
});

const ended = (object: RegistryObject, endedOn: string): RegistryObject => object && { ...object, endedOn };

const evolve = (object: RegistryObject, event: RegistryEvent): RegistryObject => {
  switch (event.type) {
    case 'DedicatedOfficeEstablished':
      return opened(event.data, event.data.establishedOn);
    case 'IpCertificateIssued':
      return opened(event.data, event.data.validFrom);
    case 'HighValuePortfolioStarted':
      return opened(event.data, event.data.startedOn);
    case 'DesignationGranted':
      return opened(event.data, event.data.designatedOn);
    case 'CommendationGranted':
      return opened(event.data, event.data.grantedOn);
    case 'TradingPlatformLaunched':
      return opened(event.data, event.data.launchedOn);
    case 'DedicatedOfficeClosed':
      return ended(object, event.data.closedOn);
    case 'IpCertificateWithdrawn':
      return ended(object, event.data.withdrawnOn);
    case 'HighValuePortfolioAccepted':
      return ended(object, event.data.acceptedOn);
    default:
      return assertNever(event);
  }
};

/** From which day on the object is no more: closed, withdrawn, or past its last day. A portfolio that was accepted stays one. */
export const endOf = (kind: RegistryKind, { validTo, endedOn }: NonNullable<RegistryObject>): string | undefined => {
  const ends = [kind === 'portfolio' ? undefined : endedOn, validTo && addDays(validTo, 1)];
  return ends.filter((on) => on !== undefined).sort()[0];
};

/** All dated objects of the registry: a start, for some an end, and the evidence of both. */
export const registryDecider: Decider<RegistryObject, RegistryCommand, RegistryEvent> = {
  initial: undefined,
  decide,
  evolve,
};

const KINDS: Readonly<Record<RegistryCommand['type'], RegistryKind>> = {
  EstablishDedicatedOffice: 'dedicated-office',
  CloseDedicatedOffice: 'dedicated-office',
  IssueIpCertificate: 'certification',
  WithdrawIpCertificate: 'certification',
  StartHighValuePortfolio: 'portfolio',
  AcceptHighValuePortfolio: 'portfolio',
  GrantDesignation: 'designation',
  GrantCommendation: 'commendation',
  LaunchTradingPlatform: 'trading-platform',
};

export const kindOf = (type: RegistryCommand['type']): RegistryKind => KINDS[type];

/** The number the office knows an object by; where it has none of its own, what tells it from the university's others. */
export const numberOf = (event: OpeningEvent): string => {
  switch (event.type) {
    case 'DedicatedOfficeEstablished':
    case 'TradingPlatformLaunched':
      return event.data.name;
    case 'IpCertificateIssued':
      return event.data.certNo;
    case 'HighValuePortfolioStarted':
      return event.data.number;
    case 'DesignationGranted':
      return `${event.data.designation}/${event.data.documentNo}`;
    case 'CommendationGranted':
      return `${event.data.award}/${event.data.year}`;
    default:
      return assertNever(event);
  }
};

/** Certificates are numbered by their issuer and platforms known by name, everywhere the same; the rest per university. */
export const claimValue = (kind: RegistryKind, universityId: string, number: string): string => {
  const own = compactNumber(number);
  return kind === 'certification' || kind === 'trading-platform' ? own : `${universityId}/${own}`;
};
