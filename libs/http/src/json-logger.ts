import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Level, pino } from 'pino';

export type LogLevel = Level | 'silent';

/**
 * Nest's log as JSON lines: `time` (ISO 8601), `level` by name, `context` (the class that logs), `msg`.
 * @param destination where the lines go; standard output unless given
 */
export const jsonLogger = (level: LogLevel, destination?: DestinationStream): LoggerService => {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const logger = destination ? pino(options, destination) : pino(options);
  const at =
    (lineLevel: Level) =>
    (message: unknown, ...rest: unknown[]): void =>
      logger[lineLevel](fieldsOf(message, rest));
  return {
    fatal: at('fatal'),
    error: at('error'),
    warn: at('warn'),
    log: at('info'),
    debug: at('debug'),
    verbose: at('trace'),
  };
};

/** Nest passes the context last and, with an error, its stack before it. */
const fieldsOf = (message: unknown, rest: readonly unknown[]): Record<string, unknown> => {
  const [context, stack] = [...rest].reverse();
  return {
    ...(context === undefined ? {} : { context }),
    ...(stack === undefined ? {} : { stack }),
    ...messageFields(message),
  };
};

const messageFields = (message: unknown): Record<string, unknown> => {
  if (message instanceof Error) return { msg: message.message, err: message };
  if (typeof message !== 'object' || message === null) return { msg: String(message) };
  const { message: msg, ...fields } = message as Record<string, unknown>;
  return { ...fields, ...(msg === undefined ? {} : { msg }) };
};
