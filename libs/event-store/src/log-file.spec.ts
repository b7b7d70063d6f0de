import { anEvent } from '@app/testing';
import * as fc from 'fast-check';
import type { JsonObject } from './event-store.js';
import { LogDigest, type LogEvent } from './log-file.js';

const event = (data: JsonObject): LogEvent => ({ ...anEvent(), data, stream: 'contract-1', revision: 0 });
const lineOf = (some: LogEvent): string => new LogDigest().add(some);

/** Names that objects treat as their own, or order by their own rule. */
const names = fc.oneof(fc.constantFrom('__proto__', '10', '9', 'constructor', ''), fc.string({ unit: 'binary' }));
const anyData = fc.dictionary(names, fc.jsonValue({ stringUnit: 'binary' })) as fc.Arbitrary<JsonObject>;

describe('the line of an event', () => {
  it('is the same however often it was stored and read', () => {
    fc.assert(
      fc.property(anyData, (data) => {
        const line = lineOf(event(data));
        expect(lineOf(JSON.parse(line) as LogEvent)).toBe(line);
      }),
    );
  });

  it('keeps members in the order recorded, one called __proto__ and half a surrogate pair', () => {
    const text = '{"z":1,"__proto__":{"a":1},"half":"\\ud83d","b":1e+21}';
    expect(lineOf(event(JSON.parse(text) as JsonObject))).toContain(`"data":${text}`);
  });

  it('does not show the position', () => {
    const recorded = { ...event({}), position: 'f'.repeat(32) };
    expect(lineOf(recorded)).not.toContain('position');
  });
});

describe('what a log comes to', () => {
  const summaryOf = (...events: readonly LogEvent[]) => {
    const digest = new LogDigest();
    for (const some of events) digest.add(some);
    return digest.summary();
  };
  const first = event({ a: 1, b: 2 });
  const second: LogEvent = { ...event({}), stream: 'contract-2' };

  it('counts events and streams', () => {
    expect(summaryOf(first, second, { ...first, revision: 1 })).toMatchObject({ events: 3, streams: 2 });
  });

  it('differs when the order differs, of events or of members', () => {
    const reordered = { ...first, data: { b: 2, a: 1 } };
    const hashes = [summaryOf(first, second), summaryOf(second, first), summaryOf(reordered, second)];
    expect(new Set(hashes.map(({ sha256 }) => sha256)).size).toBe(3);
  });

  it('is not told of a log with a gap in a stream', () => {
    expect(() => summaryOf(first, { ...first, revision: 2 })).toThrow('revision 2 after 1 events');
  });
});
