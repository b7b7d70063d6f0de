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
      LEDGER_POSTGRES: 'mysql://x',
      LEDGER_PROJECTOR: 'elsewhere',
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
    for (const name of ['PORT', ...Object.keys(env)].filter((name) => name !== 'LEDGER_DATA'))
      expect(error).toContain(name);
  });
});
