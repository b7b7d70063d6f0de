import { loadConfig, unknownVariables } from './config.js';

describe('configuration', () => {
  it('starts on embedded storage with no variable set', () => {
    expect(loadConfig({})).toMatchObject({ host: '127.0.0.1', port: 3000, eventStoreUrl: undefined, logLevel: 'warn' });
  });

  it('takes an empty variable for one that is not set', () => {
    const { instance: _own, ...set } = loadConfig({
      LEDGER_POSTGRES: '',
      LEDGER_PROJECTOR: '',
      PORT: '',
      LEDGER_DATA: '',
    });
    const { instance: _other, ...unset } = loadConfig({});
    expect(set).toEqual(unset);
  });

  it.each(['LEDGER_POSTGRES_POOL', 'LEDGER_STATEMENT_TIMEOUT_MS'])(
    'refuses %s of nought, in both languages',
    (name) => {
      expect(() => loadConfig({ [name]: '0' })).toThrow(/LEDGER_.*整数.*whole number/);
    },
  );

  it('tells misspelt variables from its own and those of others', () => {
    const env = { LEDGER_POSTGRE: 'x', LEDGER_PROJEKTOR: 'x', LEDGER_POSTGRES: 'x', LEDGER_FILES: 'x', PATH: 'x' };
    expect(unknownVariables(env)).toEqual(['LEDGER_POSTGRE', 'LEDGER_PROJEKTOR']);
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
