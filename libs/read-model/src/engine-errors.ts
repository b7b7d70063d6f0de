/** The code of the engine's own error, however TypeORM wrapped it. */
const codeOf = (error: unknown): string => {
  const { code, driverError } = (error ?? {}) as { code?: string; driverError?: { code?: string } };
  return driverError?.code ?? code ?? '';
};

const messageOf = (error: unknown): string => String((error as { message?: unknown } | undefined)?.message);

/**
 * Connection lost or refused, server starting or stopping, too many connections, out of disk or memory, lost serialisation races:
 * nothing is wrong with the statement or its data, and the same may succeed later.
 */
const AWAY =
  /^(08|53|57|58|25P03|40|55P03|XX|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|SQLITE_(BUSY|LOCKED|IOERR|FULL|NOMEM|CANTOPEN|READONLY|INTERRUPT|PROTOCOL|CORRUPT|NOTADB))/;
const AWAY_MESSAGE =
  /connection (terminated|timeout|ended|fell silent)|timeout exceeded when trying to connect|client has encountered a connection error|not queryable|runner (was )?already released|cannot use a pool after calling end|database connection is not open/i;

export const isAway = (error: unknown): boolean => AWAY.test(codeOf(error)) || AWAY_MESSAGE.test(messageOf(error));

/** Ended by `statement_timeout`. */
export const isTimeout = (error: unknown): boolean => codeOf(error) === '57014';

/** The generation was dropped: a newer one is there. */
export const isGone = (error: unknown): boolean => /^(42P01|3F000)$/.test(codeOf(error));

/** The file itself is broken: it is built anew, from the log. */
export const isDamaged = (error: unknown): boolean => /^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(error));

/** The role lacks the right. */
export const isForbidden = (error: unknown): boolean => codeOf(error) === '42501';

/** A query tried to write: a mistake of ours, however often it is asked. SQLite says the same of a disk that became read-only. */
export const isReadOnly = (error: unknown): boolean => codeOf(error).startsWith('SQLITE_READONLY');
