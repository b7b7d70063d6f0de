import { loadConfig } from './config.js';

describe('configuration', () => {
  it('starts on embedded storage with no variable set', () => {
    expect(loadConfig({})).toMatchObject({ host: '127.0.0.1', port: 3000, eventStoreUrl: undefined, logLevel: 'warn' });
  });

  it('names every wrong variable at once', () => {
    const env = {
      PORT: 'eighty',
      LEDGER_LOG: 'loud',
      LEDGER_EVENTSTORE: 'http://x',
      LEDGER_DATA: '/d',
      LEDGER_MASTER_KEY: '/d/key',
    };
    const error = (() => {
      try {
        loadConfig(env);
      } catch (caught) {
        return String(caught);
      }
      return '';
    })();
    for (const name of ['PORT', 'LEDGER_LOG', 'LEDGER_EVENTSTORE', 'LEDGER_MASTER_KEY']) expect(error).toContain(name);
  });
});
