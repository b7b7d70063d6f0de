import {
  type Appended,
  type EventStore,
  MemoryEventStore,
  RevisionConflict,
  START,
  StoreBusy,
  UnknownOutcome,
} from '@app/event-store';
import { anEvent, describeEventStore } from '@app/testing';
import { MeasuredStore } from './measured-store.js';
import { Metrics } from './metrics.js';

describeEventStore('measured memory store', async () => {
  const store = new MeasuredStore(new MemoryEventStore(), new Metrics());
  return { store, reopen: async () => store, close: () => store.close() };
});

/** Refuses every append in the way given. */
class FailingStore extends MemoryEventStore {
  constructor(private readonly error: Error) {
    super();
  }

  override async append(): Promise<Appended> {
    throw this.error;
  }
}

const callsOf = async (metrics: Metrics): Promise<Record<string, number>> => {
  const { values } = await metrics.storeCalls.get();
  const counts = values.filter(({ metricName }) => metricName === 'ledger_store_call_seconds_count');
  return Object.fromEntries(counts.map(({ labels, value }) => [`${labels.call} ${labels.outcome}`, value]));
};

const measured = (log: EventStore) => {
  const metrics = new Metrics();
  return { metrics, store: new MeasuredStore(log, metrics) };
};

describe('a measured store', () => {
  it('counts every call by what it came to, and events once they are acknowledged', async () => {
    const { metrics, store } = measured(new MemoryEventStore());
    await store.append('contract-1', [anEvent(), anEvent()], 'none');
    await expect(store.append('contract-1', [anEvent()], 'none')).rejects.toBeInstanceOf(RevisionConflict);
    await store.readStream('contract-1');
    await store.readAll(START, 10);
    await store.head();
    expect(await callsOf(metrics)).toEqual({
      'append ok': 1,
      'append conflict': 1,
      'read_stream ok': 1,
      'read_all ok': 1,
      'head ok': 1,
    });
    expect(await metrics.text()).toContain('\nledger_events_appended_total 2\n');
  });

  it.each([
    ['unknown', new UnknownOutcome('contract-1', {})],
    ['busy', new StoreBusy()],
    ['failed', new Error('disk full')],
  ])('hands on a failure as it came, counted as %s', async (outcome, error) => {
    const { metrics, store } = measured(new FailingStore(error));
    await expect(store.append('contract-1', [anEvent()], 'none')).rejects.toBe(error);
    expect(await callsOf(metrics)).toEqual({ [`append ${outcome}`]: 1 });
    expect(await metrics.text()).toContain('\nledger_events_appended_total 0\n');
  });
});
