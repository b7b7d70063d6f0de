import { EventRegistry } from '@app/event-store';
import { fingerprintOf } from '@app/read-model';
import { eventCatalogues, projections, ruleTables } from './slices.js';

describe('what the slices contribute', () => {
  const registry = new EventRegistry(eventCatalogues);

  it('handles only event types that exist', () => {
    const unknown = projections.flatMap(({ name, handles }) =>
      handles.filter((type) => !registry.all().has(type)).map((type) => `${name}: ${type}`),
    );
    expect(unknown).toEqual([]);
  });

  it('shows every event type of a record in some projection', () => {
    const handled = new Set(projections.flatMap(({ handles }) => handles));
    const unseen = [...registry.all().keys()].filter(
      (type) => !handled.has(type) && type !== 'Claimed' && type !== 'Released',
    );
    expect(unseen).toEqual([]);
  });

  it('gives each rule id to one rule, with a clause and both languages', () => {
    const rules = ruleTables.flatMap((table) => Object.entries(table.rules));
    const ids = rules.map(([id]) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    for (const [id, { clause, zh, en }] of rules)
      expect([id, clause, zh, en].every((text) => text.trim() !== '')).toBe(true);
  });

  it('asks for the same parameters in both languages', () => {
    const parameters = (text: string) =>
      [...new Set(text.match(/\{(\w+?)(?:Zh|En)?\}/g) ?? [])].map((name) => name.replace(/(Zh|En)\}$/, '}')).sort();
    const uneven = ruleTables
      .flatMap((table) => Object.entries(table.rules))
      .filter(([, { zh, en }]) => parameters(zh).join() !== parameters(en).join());
    expect(uneven.map(([id]) => id)).toEqual([]);
  });

  it('has projections of distinct names', () => {
    expect(new Set(projections.map(({ name }) => name)).size).toBe(projections.length);
    expect(fingerprintOf(projections)).toMatch(/^[0-9a-f]{12}$/);
  });
});
