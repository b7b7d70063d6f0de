import { OfficeDatabase, UserStore } from '@app/access';
import type { Config } from '@app/platform';
import { askPassword } from './password.js';

/** Users are office data beside the log, so this works while the server runs. */
const withUsers = async (config: Config, use: (users: UserStore) => Promise<void>): Promise<void> => {
  const office = await OfficeDatabase.open(config.dataFolder, config);
  try {
    await use(new UserStore(office));
  } finally {
    await office.close();
  }
};

export const addUser = (
  config: Config,
  username: string,
  options: { role: string; organisation: string; name?: string },
): Promise<void> =>
  withUsers(config, async (users) => {
    const password = await askPassword(username);
    const { role, organisation, name = username } = options;
    await users.add({ username, password, role, organisation, displayName: name }, new Date().toISOString());
  });

export const setPassword = (config: Config, username: string): Promise<void> =>
  withUsers(config, async (users) =>
    users.setPassword(username, await askPassword(username), new Date().toISOString()),
  );

export const listUsers = (config: Config): Promise<void> =>
  withUsers(config, async (users) => {
    for (const { username, role, organisation, displayName, sample, disabled } of await users.list()) {
      console.log(
        [username, role, organisation, displayName, sample ? '示例 sample' : '', disabled ? '停用 disabled' : ''].join(
          '\t',
        ),
      );
    }
  });
