import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EventRegistry, type RecordedEvent } from '@app/event-store';
import { eventCatalogues } from '@app/platform';

const folder = join(__dirname, 'events');
const registry = new EventRegistry(eventCatalogues);

/** One stored event of every type and version there ever was. These files are history: add, never edit. */
describe('golden events', () => {
  const files = readdirSync(folder);

  it('cover every type and version in the registry', () => {
    const wanted = [...registry.all()].flatMap(([type, { version }]) => Array.from({ length: version }, (_, index) => `${type}.v${index + 1}.json`));
    expect(wanted.filter((file) => !files.includes(file))).toEqual([]);
  });

  it.each(files)('%s still reads', (file) => {
    const event = JSON.parse(readFileSync(join(folder, file), 'utf8')) as RecordedEvent;
    const read = registry.upcast(event);
    expect(file).toBe(`${event.type}.v${event.version}.json`);
    expect(read.version).toBe(registry.versionOf(event.type));
  });
});
