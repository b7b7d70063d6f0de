/** What may stand behind the `?` of a connection string, in the client's flat spelling. */
const OPTIONS: ReadonlySet<string> = new Set([
  'connectionname',
  'defaultdeadline',
  'discoveryinterval',
  'gossiptimeout',
  'keepaliveinterval',
  'keepalivetimeout',
  'maxdiscoverattempts',
  'nodepreference',
  'tls',
  'tlscafile',
  'usercertfile',
  'userkeyfile',
]);

/** The client would ask a cluster that does not answer ten times, for five seconds a node, before any call fails. */
const DISCOVERY = { maxdiscoverattempts: '3', gossiptimeout: '3' };
const DEADLINE_MS = 10_000;

export interface StoreAddress {
  /** The nodes, for messages: without credentials and options. */
  readonly nodes: string;
  readonly user: string | undefined;
  /** How long the store may stay silent in a call. */
  readonly deadlineMs: number;
  /** Connects to the leader. */
  readonly leader: string;
  /** Connects to the node that the connection string prefers for reading; the same as `leader` when it names none. */
  readonly preferred: string;
}

/**
 * Takes a connection string apart: `esdb[+discover]://[user:password@]host:port[,…][?option=value&…]`.
 * The client writes what it does not understand to the console, password and all, so unknown options are refused before it sees them.
 * @throws Error that never holds the string itself
 */
export const storeAddress = (connectionString: string): StoreAddress => {
  const [, scheme = '', credentials = '', nodes = '', query = ''] =
    /^([a-z+]+:\/\/)((?:.*@)?)([^?]*?)\/*(?:\?(.*))?$/s.exec(connectionString.trim()) ?? [];
  const options = optionsOf(query);
  const to = (nodepreference: string) => {
    const tail = Object.entries({ ...DISCOVERY, ...options, nodepreference }).map(([key, value]) => `${key}=${value}`);
    return `${scheme.replace('kurrentdb', 'esdb')}${credentials}${nodes}?${tail.join('&')}`;
  };
  return {
    nodes,
    user: credentials ? decodeURIComponent(credentials.replace(/:.*|@$/s, '')) : undefined,
    deadlineMs: Number(options['defaultdeadline'] ?? DEADLINE_MS),
    leader: to('leader'),
    preferred: to(options['nodepreference'] ?? 'leader'),
  };
};

const optionsOf = (query: string): Record<string, string> => {
  const options = query.split('&').filter(Boolean);
  return Object.fromEntries(
    options.map((option) => {
      const [key = '', value = ''] = option.split(/=(.*)/s);
      const name = key.trim().toLowerCase().replace(/[_-]/g, '');
      if (!OPTIONS.has(name)) throw malformed(`the option "${key}" is not known / 未知选项“${key}”`);
      return [name, value];
    }),
  );
};

/** The client's own error holds the whole connection string. */
export const malformed = (reason: string): Error =>
  new Error(`the event store's connection string is malformed: ${reason} / 事件库连接串格式有误`);
