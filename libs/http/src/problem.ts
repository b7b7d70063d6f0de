import { AppendTooLarge, StoreAccessDenied, StoreBusy, UnknownOutcome } from '@app/event-store';
import { type BilingualText, Refusal, type RefusalKind } from '@app/kernel';
import { HttpException } from '@nestjs/common';
import { httpRule } from './http-rules.js';
import { type ShapeError, ShapeRefusal } from './shape-refusal.js';

/** An answer that refuses, as RFC 9457 `application/problem+json`; `title` and `detail` are in the reader's language. */
export interface Problem extends BilingualText {
  /** `/problems/<rule>` */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** The rule's id, stable. */
  readonly code: string;
  readonly clause: string;
  /** The input field the refusal points at. */
  readonly field?: string;
  /** The record in the way. */
  readonly conflict?: string;
  /** With V-SHAPE: every field that failed. */
  readonly errors?: readonly ShapeError[];
}

export type Language = 'zh' | 'en';

/** What was asked for; an unknown address is named in its refusal. */
type Target = Readonly<Record<'method' | 'path', string>>;

export interface Answer {
  readonly status: number;
  readonly refusal: Refusal;
  readonly headers: Readonly<Record<string, string>>;
}

const STATUS: Readonly<Record<RefusalKind, number>> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  stale: 412,
  'too-large': 413,
  invalid: 422,
  busy: 503,
};

const TITLES: Readonly<Record<number, BilingualText>> = {
  400: { zh: '请求格式有误', en: 'Malformed request' },
  401: { zh: '需要登录', en: 'Sign-in required' },
  403: { zh: '无权操作', en: 'Not permitted' },
  404: { zh: '没有找到', en: 'Not found' },
  409: { zh: '与现有记录冲突', en: 'Refused by the state of the record' },
  412: { zh: '记录已被修改', en: 'The record has changed' },
  413: { zh: '内容过大', en: 'Content too large' },
  415: { zh: '不支持的内容类型', en: 'Unsupported content type' },
  422: { zh: '内容不符合规则', en: 'Refused by a rule' },
  500: { zh: '系统错误', en: 'Internal error' },
  503: { zh: '暂时繁忙', en: 'Busy' },
};

/** How a known refusal is answered, or undefined for a fault. */
export const answerOf = (error: unknown, target: Target): Answer | undefined => {
  if (error instanceof Refusal) return answer(STATUS[error.kind], error, retryAfterOf(error));
  if (error instanceof StoreBusy) return answer(503, httpRule('H-5'), error.retryAfterSeconds);
  if (error instanceof UnknownOutcome) return answer(503, httpRule('H-6'));
  if (error instanceof AppendTooLarge) return answer(413, httpRule('H-10', { size: error.size, limit: error.limit }));
  const status = clientErrorOf(error);
  return status === undefined ? undefined : answer(status, clientRefusal(status, error as Error, target));
};

/**
 * A fault of ours; what went wrong stands in the log under the incident's number. A store that denies us access is one only the operator
 * can mend, and the same request can be sent again afterwards.
 */
export const faultAnswer = (incident: string, error?: unknown): Answer =>
  error instanceof StoreAccessDenied
    ? answer(503, httpRule('H-11', { incident }), OPERATOR_SECONDS)
    : answer(500, httpRule('H-7', { incident }));

export const problemOf = ({ status, refusal }: Answer, language: Language): Problem => ({
  type: `/problems/${refusal.rule}`,
  title: (TITLES[status] ?? (TITLES[400] as BilingualText))[language],
  status,
  detail: refusal.text[language],
  code: refusal.rule,
  clause: refusal.clause,
  ...refusal.text,
  ...refusal.place,
  ...(refusal instanceof ShapeRefusal ? { errors: refusal.errors } : {}),
});

/** The reader's first choice of the two languages; Chinese when neither is named. */
export const languageOf = (acceptLanguage = ''): Language => {
  const [first] = acceptLanguage
    .toLowerCase()
    .split(',')
    .flatMap((range) => {
      const [, language, weight = '1'] = /^\s*(zh|en)(?:-[\w-]+)?\s*(?:;\s*q=([\d.]+))?\s*$/.exec(range) ?? [];
      return language ? [{ language: language as Language, weight: Number(weight) }] : [];
    })
    .sort((a, b) => b.weight - a.weight);
  return first?.language ?? 'zh';
};

const DEFAULT_WAIT_SECONDS = 1;
const OPERATOR_SECONDS = 60;

const answer = (status: number, refusal: Refusal, wait = DEFAULT_WAIT_SECONDS): Answer => ({
  status,
  refusal,
  headers: {
    ...(status === 503 ? { 'Retry-After': String(wait) } : {}),
    ...(status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
  },
});

/** A refusal that knows when to come back carries the seconds beside it, as `StoreBusy` does. */
const retryAfterOf = (refusal: Refusal): number | undefined =>
  (refusal as Refusal & { readonly retryAfterSeconds?: number }).retryAfterSeconds;

/** Only what Nest or Fastify say of the request: an error of another library may carry a status that is not about it. */
const clientErrorOf = (error: unknown): number | undefined => {
  const status = error instanceof HttpException ? error.getStatus() : fastifyStatusOf(error);
  return status !== undefined && status >= 400 && status < 500 ? status : undefined;
};

const fastifyStatusOf = (error: unknown): number | undefined => {
  if (!(error instanceof Error)) return undefined;
  const { code, statusCode } = error as Error & { readonly code?: unknown; readonly statusCode?: unknown };
  return String(code).startsWith('FST_') && typeof statusCode === 'number' ? statusCode : undefined;
};

const clientRefusal = (status: number, { message }: Error, target: Target): Refusal => {
  if (status === 404) return httpRule('H-1', target);
  if (status === 413) return httpRule('H-3');
  if (status === 415) return httpRule('H-4');
  return httpRule('H-2', { reason: message });
};
