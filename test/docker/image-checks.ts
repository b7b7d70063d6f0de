import { existsSync, readFileSync } from 'node:fs';
import { normalize } from 'node:path';
import { loadConfig } from '@app/platform';
import { type Check, eachService, some, unless, withoutComments } from './check.js';
import { interpolate, type Service } from './files.js';

/** The names that configuration reads, found by letting it read. */
const configurationNames = (): Set<string> => {
  const names = new Set<string>();
  const listening = new Proxy({}, { get: (_, name) => void names.add(String(name)) });
  loadConfig(listening);
  return names;
};

const runsLedger = ({ environment = {}, image }: Service): boolean =>
  image.includes('transfer-ledger') && 'LEDGER_DATA' in environment;

const resolved = ({ environment = {} }: Service, env: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, interpolate(value, env)]));

const variableNames: Check = {
  name: 'the variables of each process are those that the product reads',
  find: (files) => {
    const known = configurationNames();
    const inImage = [...files.dockerfile.matchAll(/\b(LEDGER_[A-Z_]+)=/g)].map(([, name = '']) => name);
    return [
      ...inImage.flatMap((name) => unless(known.has(name), `Dockerfile: ${name} is no variable of the product`)),
      ...eachService(files, (_, service) =>
        runsLedger(service)
          ? Object.keys(service.environment ?? {}).flatMap((name) => unless(known.has(name), `${name} is not known`))
          : [],
      ),
    ];
  },
  plant: (files) => Object.assign(some(files, 'api-1').environment ?? {}, { LEDGER_PROJEKTOR: 'none' }),
};

const configuration: Check = {
  name: 'the product takes the configuration of each process',
  find: (files) =>
    eachService(files, (_, service) => {
      if (!runsLedger(service)) return [];
      try {
        loadConfig(resolved(service, files.env));
        return [];
      } catch (error) {
        return [String(error)];
      }
    }),
  plant: (files) => Object.assign(some(files, 'projector-1').environment ?? {}, { LEDGER_DRAIN_MS: 'ten' }),
};

/** Where a service may write: volumes and memory. */
const writableIn = ({ volumes = [], tmpfs = [] }: Service): string[] => [
  ...volumes.filter((volume) => !volume.endsWith(':ro')).map((volume) => volume.split(':')[1] as string),
  ...tmpfs.map((place) => place.split(':')[0] as string),
];

/** What a process writes; a master key that is mounted is only read. */
const writtenBy = ({ environment = {}, secrets: mounted = [] }: Service): string[] => {
  const { LEDGER_DATA, LEDGER_FILES, LEDGER_MASTER_KEY = '' } = environment;
  const key = mounted.some((secret) => LEDGER_MASTER_KEY === `/run/secrets/${secret}`) ? undefined : LEDGER_MASTER_KEY;
  return ['/tmp', LEDGER_DATA, LEDGER_FILES, key].filter((path) => path !== undefined);
};

const writable: Check = {
  name: 'every folder a process writes to is a volume or memory',
  find: (files) =>
    eachService(files, (_, service) =>
      (runsLedger(service) ? writtenBy(service) : []).flatMap((path) =>
        unless(
          writableIn(service).some((place) => path === place || path.startsWith(`${place}/`)),
          `${path} cannot be written`,
        ),
      ),
    ),
  plant: (files) => (some(files, 'ledger').volumes = ['data:/data']),
};

const isPinned = (image: string): boolean =>
  /:[\w.-]*\d[\w.-]*(@sha256:[0-9a-f]{64})?$/.test(image) || image.endsWith(':local');

const images: Check = {
  name: 'images are pinned to a version, never to what is latest',
  find: (files) => [
    ...eachService(files, (_, { image }) =>
      [interpolate(image, {}), interpolate(image, files.env)].flatMap((it) =>
        unless(isPinned(it), `${it} is not pinned`),
      ),
    ),
    ...[...files.dockerfile.matchAll(/^ARG NODE_\w+=(\S+)/gm)].flatMap(([, image = '']) =>
      unless(isPinned(image), `Dockerfile: ${image} is not pinned`),
    ),
  ],
  plant: (files) => (some(files, 'prometheus').image = 'prom/prometheus:latest'),
};

const variables: Check = {
  name: 'the example of .env names every variable, each secret is required and none is given',
  find: ({ composeText, env }) => {
    const used = [...withoutComments(composeText).matchAll(/\$\{([A-Z_]+)(:[-?])?/g)];
    const names = new Set(used.map(([, name = '']) => name));
    return [
      ...[...names].flatMap((name) => unless(name in env, `${name} is not in .env.example`)),
      ...Object.keys(env).flatMap((name) => unless(names.has(name), `${name} of .env.example is not used`)),
      ...used.flatMap(([, name = '', kind]) => [
        ...unless(kind, `${name} has neither a default nor a word when it is missing`),
        ...unless(!name.endsWith('_PASSWORD') || (kind === ':?' && env[name] === ''), `${name} has a default`),
      ]),
    ];
  },
  plant: (files) => delete files.env.LEDGER_API_PASSWORD,
};

const secrets: Check = {
  name: 'no password stands in the file itself',
  find: (files) =>
    eachService(files, (_, { environment = {} }) =>
      Object.entries(environment).flatMap(([name, value]) => {
        const [, password] = /:\/\/[^:@/]+:([^@]+)@/.exec(value) ?? (name.endsWith('PASSWORD') ? [name, value] : []);
        return unless(password === undefined || /^\$\{[A-Z_]+:\?/.test(password), `${name} holds a password`);
      }),
    ),
  plant: (files) =>
    Object.assign(some(files, 'api-1').environment ?? {}, {
      LEDGER_POSTGRES: 'postgres://ledger_api:x@postgres:5432/ledger',
    }),
};

interface Stage {
  readonly name: string;
  readonly from: string;
  readonly lines: readonly string[];
}

const stagesOf = (dockerfile: string): Stage[] =>
  withoutComments(dockerfile)
    .replaceAll(/\\\n\s*/g, ' ')
    .split(/^FROM /m)
    .slice(1)
    .map((text) => {
      const [first = '', ...lines] = text.split('\n');
      const [from = '', , name = ''] = first.split(' ');
      return { name, from, lines: lines.filter((line) => line.trim() !== '') };
    });

const copies = ({ lines }: Stage): { from: string | undefined; sources: string[] }[] =>
  lines
    .filter((line) => line.startsWith('COPY '))
    .map((line) => {
      const words = line.split(/\s+/).slice(1);
      const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length);
      return { from, sources: words.filter((word) => !word.startsWith('--')).slice(0, -1) };
    });

const dockerfile: Check = {
  name: 'the Dockerfile copies what exists, from stages there are',
  find: (files) => {
    const stages = stagesOf(files.dockerfile);
    const names = stages.map(({ name }) => name);
    const allowed = files.ignore.split('\n').flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
    return [
      ...stages.flatMap(({ from }) => unless(names.includes(from) || from.startsWith('${NODE_'), `no stage ${from}`)),
      ...stages
        .flatMap(copies)
        .flatMap(({ from, sources }) =>
          from === undefined
            ? sources.flatMap((path) => [
                ...unless(existsSync(path), `${path} does not exist`),
                ...unless(allowed.includes(normalize(path)), `${path} is not let through by the ignore file`),
              ])
            : unless(names.includes(from), `no stage ${from}`),
        ),
      ...eachService(files, (_, { build }) =>
        unless(!build || names.includes(build.target), `no stage ${build?.target}`),
      ),
    ];
  },
  plant: (files) => (files.dockerfile = files.dockerfile.replace('COPY libs libs', 'COPY lib libs')),
};

const runtime: Check = {
  name: 'the image runs as a user who is not root, has a health check and a stop signal',
  find: (files) => {
    const last = stagesOf(files.dockerfile).at(-1);
    const has = (start: string) => last?.lines.some((line) => line.startsWith(start));
    return [
      ...unless(last?.name === 'runtime', 'the last stage is another'),
      ...unless(has('USER node'), 'no user'),
      ...unless(has('HEALTHCHECK'), 'no health check'),
      ...unless(has('STOPSIGNAL SIGTERM'), 'no stop signal'),
      ...unless(!/\bADD\b|:latest|curl .*\|/.test(withoutComments(files.dockerfile)), 'fetches what nobody pinned'),
    ];
  },
  plant: (files) => (files.dockerfile = files.dockerfile.replaceAll('USER node', '')),
};

const commands: Check = {
  name: 'commands start something that the image holds',
  find: (files) => {
    const { include } = JSON.parse(readFileSync('tsconfig.build.json', 'utf8')) as { include: string[] };
    const started = [
      ...Object.values(files.compose.services).flatMap(({ command = [] }) => command),
      ...[...files.dockerfile.matchAll(/^CMD \["([^"]+)"/gm)].map(([, file = '']) => file),
    ].filter((word) => /^(dist|docker)\//.test(word));
    return started.flatMap((file) => {
      const app = /^dist\/(apps\/\w+\/src)\/main\.js$/.exec(file)?.[1];
      return unless(app ? include.includes(app) : files.dockerfile.includes(`COPY ${file}`), `${file} is not built`);
    });
  },
  plant: (files) => (some(files, 'projector-1').command = ['dist/apps/projektor/src/main.js']),
};

export const imageChecks: readonly Check[] = [
  variableNames,
  configuration,
  writable,
  images,
  variables,
  secrets,
  dockerfile,
  runtime,
  commands,
];
