import { loadConfig } from '@app/platform';
import { type OfficeEngine, officeEngines } from '@app/testing';
import { addUser, listUsers, setPassword } from './users.js';

const configOf = ({ url, folder }: OfficeEngine) => {
  const postgres = url();
  return loadConfig(postgres === undefined ? { LEDGER_DATA: folder() } : { LEDGER_POSTGRES: postgres });
};

describe.each(officeEngines())('ledger user on $name', (engine) => {
  const printed: string[] = [];
  let print: jest.SpyInstance;
  beforeAll(async () => {
    await engine.start();
    print = jest.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
  });
  beforeEach(async () => {
    await engine.clear();
    printed.length = 0;
    process.env['LEDGER_PASSWORD'] = '示例 correct horse';
  });
  afterAll(async () => {
    delete process.env['LEDGER_PASSWORD'];
    print.mockRestore();
    await engine.stop();
  });

  it('adds users, lists them by name and sets passwords', async () => {
    const config = configOf(engine);
    const options = { role: 'REVIEWER', organisation: 'bureau' };
    await addUser(config, 'zhang', { ...options, name: '示例 张' });
    await addUser(config, 'a.li', options);
    await setPassword(config, 'zhang');
    await listUsers(config);
    expect(printed).toEqual(['a.li\tREVIEWER\tbureau\ta.li\t\t', 'zhang\tREVIEWER\tbureau\t示例 张\t\t']);
    await expect(addUser(config, 'zhang', options)).rejects.toMatchObject({ rule: 'A-8' });
  });
});
