import type { BilingualText } from '@app/kernel';
import { session } from './session.js';

export const ROOT = '/api/v1';

/** Where a refusal points. */
export interface ProblemPlace {
  /** The field it is about, a path such as `shares.0.amountFen`. */
  readonly field?: string;
  /** Id of the record in the way. */
  readonly conflict?: string;
  /** Every field that does not have its shape. */
  readonly errors?: readonly FieldError[];
}

export interface FieldError extends BilingualText {
  readonly field: string;
}

/** An answer that is not a success, as problem+json says it (RFC 9457); status 0 when the server was not reached. */
export class Problem extends Error {
  readonly rule?: string;
  readonly clause?: string;
  readonly place: ProblemPlace;

  constructor(
    readonly status: number,
    readonly text: BilingualText,
    { rule, clause, ...place }: ProblemPlace & { readonly rule?: string; readonly clause?: string } = {},
  ) {
    super(text.en);
    this.name = 'Problem';
    if (rule) this.rule = rule;
    if (clause) this.clause = clause;
    this.place = place;
  }
}

export interface ProblemBody extends ProblemPlace {
  readonly title?: string;
  readonly detail?: string;
  readonly zh?: string;
  readonly en?: string;
  /** The rule's id. */
  readonly code?: string;
  readonly clause?: string;
}

/** The problem an answer is, from its status and its body as it was read. */
export const problemOf = (status: number, body: ProblemBody): Problem => {
  const plain = body.detail ?? body.title ?? `HTTP ${status}`;
  const { field, conflict, errors } = body;
  const place = { ...(field && { field }), ...(conflict && { conflict }), ...(errors && { errors }) };
  const grounds = { ...(body.code && { rule: body.code }), ...(body.clause && { clause: body.clause }) };
  return new Problem(status, { zh: body.zh ?? plain, en: body.en ?? plain }, { ...grounds, ...place });
};

export const unreachable = () =>
  new Problem(0, {
    zh: '无法连接服务器，请检查网络后重试',
    en: 'The server cannot be reached; check the network and try again',
  });

export const send = async (path: string, init: RequestInit = {}): Promise<Response> => {
  const headers = new Headers(init.headers);
  const token = session.get()?.token;
  if (token) headers.set('authorization', `Bearer ${token}`);
  const response = await fetch(ROOT + path, { ...init, headers }).catch(() => {
    throw unreachable();
  });
  if (response.ok) return response;
  // The session ran out, or the server was given a new key: sign in again.
  if (response.status === 401 && token && token === session.get()?.token) session.set(null);
  throw problemOf(response.status, (await response.json().catch(() => ({}))) as ProblemBody);
};

export const call = async <Answer>(path: string, init?: RequestInit): Promise<Answer> =>
  (await (await send(path, init)).json()) as Answer;

/** The server refuses parameters it does not know, empty ones included, so absent filters are left out. */
export const query = (filters: object): string => {
  const set = Object.entries(filters).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return set.length === 0 ? '' : `?${new URLSearchParams(set.map(([name, value]) => [name, String(value)]))}`;
};

const nameIn = (disposition: string | null): string | undefined => {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  return encoded ? decodeURIComponent(encoded) : /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1];
};

/** A link cannot carry the bearer token, so the file is fetched and handed to the browser. */
export const download = async (path: string, fallbackName: string): Promise<void> => {
  const response = await send(path);
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = nameIn(response.headers.get('content-disposition')) ?? fallbackName;
  link.click();
  URL.revokeObjectURL(url);
};
