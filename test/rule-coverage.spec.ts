import type { Rule } from '@app/kernel';
import { ruleTables } from '@app/platform';
import { coverageOf, gapsOf, projectFiles } from '../tools/rule-coverage.mjs';

describe('the rules of the ledger', () => {
  const rules = new Map<string, Rule>(ruleTables.flatMap((table) => Object.entries(table.rules)));
  const coverage = coverageOf(projectFiles());

  /** The invariants of the domain note: disclosure, evaluation, open licence, licence and transfer, pricing and reward. */
  const INVARIANTS = Object.entries({ D: 4, E: 3, OL: 10, L: 6, P: 5 }).flatMap(([letter, count]) =>
    Array.from({ length: count }, (_, index) => `${letter}-${index + 1}`),
  );
  const isOwn = (source: string) => /^(ADR|D§|台账)/.test(source.trim());
  const standsOnLaw = ({ clause }: Rule) => clause.split(/[;；]/).some((source) => !isOwn(source));

  it('are those the sources define', () => {
    expect([...coverage.keys()].toSorted()).toEqual([...rules.keys()].toSorted());
  });

  it('are each enforced, and shown refusing and accepting by a test', () => {
    expect(gapsOf(coverage)).toEqual([]);
  });

  it('include every invariant of the domain', () => {
    expect(INVARIANTS.filter((id) => !rules.has(id))).toEqual([]);
  });

  it('say from when the law behind an invariant is in force', () => {
    const undated = [...rules].filter(([id, rule]) => INVARIANTS.includes(id) && standsOnLaw(rule) && !rule.from);
    expect(undated.map(([id]) => id)).toEqual([]);
  });

  it('govern for a time that begins before it ends', () => {
    const dates = [...rules.values()].flatMap(({ from, to }) => [from, to].filter((date) => date !== undefined));
    expect(dates.filter((date) => !/^\d{4}-\d{2}-\d{2}$/.test(date))).toEqual([]);
    expect([...rules].filter(([, { from = '', to = '9999' }]) => from > to).map(([id]) => id)).toEqual([]);
  });
});
