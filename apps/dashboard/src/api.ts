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
import { type Session, session } from './session.js';

const ROOT = '/api/v1';

/** An answer that is not a success, as problem+json says it (RFC 9457); status 0 when the server was not reached. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly text: BilingualText,
    readonly rule?: string,
    readonly clause?: string,
  ) {
    super(text.en);
    this.name = 'Problem';
  }
}

interface ProblemBody {
  readonly title?: string;
  readonly detail?: string;
  readonly zh?: string;
  readonly en?: string;
  /** The rule's id. */
  readonly code?: string;
  readonly clause?: string;
}

const problemOf = async (response: Response): Promise<Problem> => {
  const body = (await response.json().catch(() => ({}))) as ProblemBody;
  const plain = body.detail ?? body.title ?? `HTTP ${response.status}`;
  return new Problem(response.status, { zh: body.zh ?? plain, en: body.en ?? plain }, body.code, body.clause);
};

const unreachable = () =>
  new Problem(0, {
    zh: '无法连接服务器，请检查网络后重试',
    en: 'The server cannot be reached; check the network and try again',
  });

const send = async (path: string, init: RequestInit = {}): Promise<Response> => {
  const headers = new Headers(init.headers);
  const token = session.get()?.token;
  if (token) headers.set('authorization', `Bearer ${token}`);
  const response = await fetch(ROOT + path, { ...init, headers }).catch(() => {
    throw unreachable();
  });
  if (response.ok) return response;
  // The session ran out, or the server was given a new key: sign in again.
  if (response.status === 401 && token && token === session.get()?.token) session.set(null);
  throw await problemOf(response);
};

const call = async <Answer>(path: string, init?: RequestInit): Promise<Answer> =>
  (await (await send(path, init)).json()) as Answer;

/** The server refuses parameters it does not know, empty ones included, so absent filters are left out. */
const query = (filters: object): string => {
  const set = Object.entries(filters).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return set.length === 0 ? '' : `?${new URLSearchParams(set.map(([name, value]) => [name, String(value)]))}`;
};

const nameIn = (disposition: string | null): string | undefined => {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  return encoded ? decodeURIComponent(encoded) : /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1];
};

/** A link cannot carry the bearer token, so the file is fetched and handed to the browser. */
const download = async (path: string, fallbackName: string): Promise<void> => {
  const response = await send(path);
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = nameIn(response.headers.get('content-disposition')) ?? fallbackName;
  link.click();
  URL.revokeObjectURL(url);
};

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

export const api = {
  about: () => call<About>('/about'),
  me: () => call<Me>('/me'),
  signIn: (credentials: { readonly username: string; readonly password: string }) =>
    call<Session>('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(credentials),
    }),
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
  record: (kind: string, id: string) => call<RecordDetail>(`/records/${kind}/${encodeURIComponent(id)}`),
  exportRecords: (filter: RecordFilter, format: FileFormat) =>
    download(`/records/export${query({ ...filter, format })}`, `${filter.kind}.${format}`),
  importKinds: () => call<readonly ImportKind[]>('/imports/kinds'),
  importTemplate: (kind: string, format: FileFormat) =>
    download(`/imports/templates/${kind}.${format}`, `${kind}.${format}`),
  importJobs: () => call<readonly ImportJob[]>('/imports'),
  importJob: (id: string) => call<ImportJob>(`/imports/${id}`),
  upload,
};
