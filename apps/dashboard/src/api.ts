import type { FundBoard } from '@app/fund';
import type { TargetBoard } from '@app/growth';
import type { BilingualText } from '@app/kernel';
import type {
  About,
  FactCell,
  FactPage,
  ImportJob,
  ImportKind,
  Me,
  RecordDetail,
  RecordFilter,
  RecordPage,
  University,
} from './api-types.js';
import type { DryRun, Outcome, SentCommand } from './command-types.js';
import type {
  DeadlineFilter,
  DeadlinePage,
  CalendarToken,
  EvidenceRef,
  OfferFilter,
  OfferPage,
  RecordEvidence,
  TitleRegister,
} from './work-types.js';
import { ROOT, call, download, problemOf, query, unreachable } from './http.js';
import type { OpenApi } from './schema-form.js';
import type { Session } from './session.js';

export type FileFormat = 'csv' | 'xlsx';

const CONTENT_TYPES: Readonly<Record<FileFormat, string>> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

interface Upload {
  readonly kind: string;
  readonly file: File;
  /** The same for every attempt to send this file. */
  readonly key: string;
}

const upload = ({ kind, file, key }: Upload): Promise<{ readonly jobId: string }> => {
  const format = file.name.toLowerCase().endsWith('.csv') ? 'csv' : 'xlsx';
  return call(`/imports/${kind}${query({ fileName: file.name })}`, {
    method: 'POST',
    headers: { 'content-type': CONTENT_TYPES[format], 'idempotency-key': key },
    body: file,
  });
};

const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** A command on a record names the revision that was read; the key stays the same for every attempt to send it. */
const command = <Answer>({ path, body, key, revision }: SentCommand, dryRun: boolean): Promise<Answer> =>
  call<Answer>(path + (dryRun ? '?dryRun=true' : ''), {
    ...json(body),
    headers: {
      'content-type': 'application/json',
      'idempotency-key': key,
      ...(revision !== undefined && { 'if-match': `"${revision}"` }),
    },
  });

const recordPath = (kind: string, id: string) => `/records/${kind}/${encodeURIComponent(id)}`;

/** The description of the API itself; it stands beside the API, not under it. */
const openApi = async (): Promise<OpenApi> => {
  const response = await fetch('/openapi.json').catch(() => {
    throw unreachable();
  });
  if (!response.ok) throw problemOf(response.status, {});
  return (await response.json()) as OpenApi;
};

export const api = {
  about: () => call<About>('/about'),
  me: () => call<Me>('/me'),
  signIn: (credentials: { readonly username: string; readonly password: string }) =>
    call<Session>('/session', json(credentials)),
  refresh: () => call<Session>('/session/refresh', { method: 'POST' }),
  universities: () => call<readonly University[]>('/universities'),
  targetBoard: (filters: { readonly baseYear: number; readonly ipScope: string }) =>
    call<TargetBoard>(`/boards/target${query(filters)}`),
  facts: (cell: FactCell, cursor: string | undefined) =>
    call<FactPage>(`/boards/target/facts${query({ ...cell, cursor })}`),
  fundYears: () => call<ReadonlyArray<Omit<FundBoard, 'claims'>>>('/boards/fund'),
  fundBoard: (year: number) => call<FundBoard>(`/boards/fund/${year}`),
  records: (filter: RecordFilter, cursor: string | undefined) =>
    call<RecordPage>(`/records${query({ ...filter, cursor, limit: 50 })}`),
  /** `after` is the position of a command whose effect the answer must include. */
  record: (kind: string, id: string, after?: string) =>
    call<RecordDetail>(`${recordPath(kind, id)}${query({ after })}`),
  exportRecords: (filter: RecordFilter, format: FileFormat) =>
    download(`/records/export${query({ ...filter, format })}`, `${filter.kind}.${format}`),
  importKinds: () => call<readonly ImportKind[]>('/imports/kinds'),
  importTemplate: (kind: string, format: FileFormat) =>
    download(`/imports/templates/${kind}.${format}`, `${kind}.${format}`),
  importJobs: () => call<readonly ImportJob[]>('/imports'),
  importJob: (id: string) => call<ImportJob>(`/imports/${id}`),
  upload,
  openApi,
  preview: (sent: SentCommand) => command<DryRun>(sent, true),
  run: (sent: SentCommand) => command<Outcome>(sent, false),
  titleRegister: (assetId: string, asOf: string | undefined) =>
    call<TitleRegister>(`/assets/${encodeURIComponent(assetId)}/register${query({ asOf })}`),
  evidence: (kind: string, id: string, after?: string) =>
    call<readonly RecordEvidence[]>(`${recordPath(kind, id)}/evidence${query({ after })}`),
  evidenceFile: (kind: string, id: string, { hash, name }: EvidenceRef) =>
    download(`${recordPath(kind, id)}/evidence/${hash}`, name),
  attach: (
    kind: string,
    id: string,
    { key, ...body }: { readonly hash: string; readonly note?: string; readonly key: string },
  ) => command<Outcome>({ path: `${recordPath(kind, id)}/evidence`, body, key }, false),
  detach: (
    kind: string,
    id: string,
    { hash, key, reason }: { readonly hash: string; readonly key: string; readonly reason: string },
  ) => command<Outcome>({ path: `${recordPath(kind, id)}/evidence/${hash}/detachment`, body: { reason }, key }, false),
  deadlines: (filter: DeadlineFilter, page: { readonly cursor?: string | undefined; readonly limit?: number }) =>
    call<DeadlinePage>(`/deadlines${query({ ...filter, ...page })}`),
  deadlineKinds: () => call<Readonly<Record<string, { readonly title: BilingualText }>>>('/deadlines/kinds'),
  exportDeadlines: (filter: DeadlineFilter) => download(`/deadlines.csv${query(filter)}`, 'deadlines.csv'),
  calendarToken: () => call<CalendarToken>('/calendar-token', { method: 'POST' }),
  openOffers: (filter: OfferFilter, page: { readonly cursor?: string | undefined; readonly limit?: number }) =>
    call<OfferPage>(`/public/open-licences${query({ ...filter, ...page })}`),
};

/** A file anyone may have, so a plain link does. */
export const openOffersFile = (filter: OfferFilter): string => `${ROOT}/public/open-licences.csv${query(filter)}`;
