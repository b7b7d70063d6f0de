import { createHash } from 'node:crypto';

/** SHA-256 of the parts, each with its length before it, so that no two lists of parts collide. Hex. */
export const hashOf = (...parts: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest('hex');
};

/** Twenty hex digits for a new record, derived from the command that makes it: a repeat makes the same record. */
export const stableId = (...parts: readonly string[]): string => hashOf('record', ...parts).slice(0, 20);

/**
 * The id of the n-th event a command appends to a stream, as a UUID of version 8 (RFC 9562: application-defined). The input is part of it: the
 * same key with other content is another append, which meets a conflict and is told so (C-1).
 */
export const eventId = (
  { commandId, inputHash }: { readonly commandId: string; readonly inputHash: string },
  stream: string,
  index: number,
): string => {
  const hex = hashOf('event', commandId, inputHash, stream, String(index));
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
};
