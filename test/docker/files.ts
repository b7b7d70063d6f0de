import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface Service {
  image: string;
  build?: { target: string };
  profiles?: string[];
  user?: string;
  command?: string[];
  environment?: Record<string, string>;
  volumes?: string[];
  secrets?: string[];
  tmpfs?: string[];
  ports?: string[];
  networks?: string[] | Record<string, { aliases?: string[] }>;
  network_mode?: string;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test?: string[]; disable?: boolean };
  restart?: string;
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  mem_limit?: string;
  pids_limit?: number;
  stop_grace_period?: string;
}

export interface Compose {
  services: Record<string, Service>;
  networks: Record<string, unknown>;
  volumes: Record<string, unknown>;
  secrets: Record<string, { file: string }>;
}

export interface Alert {
  alert: string;
  expr: string;
  labels: { severity: string };
  annotations: Record<string, string>;
}

export interface Prometheus {
  rule_files: string[];
  scrape_configs: { job_name: string; dns_sd_configs?: { names: string[] }[] }[];
}

/** Everything under docker/ as it is checked: parsed where it has a form, text where it has none. */
export interface DockerFiles {
  composeText: string;
  compose: Compose;
  dockerfile: string;
  ignore: string;
  env: Record<string, string>;
  caddyfile: string;
  prometheus: Prometheus;
  alerts: { groups: { name: string; rules: Alert[] }[] };
  runbook: string;
}

const text = (path: string): string => readFileSync(path, 'utf8');
const yaml = <T>(path: string): T => parse(text(path), { merge: true }) as T;

export const readDockerFiles = (): DockerFiles => ({
  composeText: text('docker/compose.yaml'),
  compose: yaml('docker/compose.yaml'),
  dockerfile: text('docker/Dockerfile'),
  ignore: text('docker/Dockerfile.dockerignore'),
  env: Object.fromEntries(
    [...text('docker/.env.example').matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
  ),
  caddyfile: text('docker/proxy/Caddyfile'),
  prometheus: yaml('docker/prometheus/prometheus.yml'),
  alerts: yaml('docker/prometheus/alerts.yml'),
  runbook: text('docs/runbook.md'),
});

/** A text with its variables as Compose puts them in; what must be set and is empty becomes `secret`. */
export const interpolate = (value: string, env: Record<string, string>): string =>
  String(value)
    .replace(/\$\{([A-Z_]+):([-?])([^}]*)\}/g, (_, name: string, kind: string, rest: string) =>
      kind === '-' ? (env[name] ?? '') || rest : env[name] || 'secret',
    )
    .replaceAll('$$', '$');

export const profilesOf = ({ services }: Compose): string[] => [
  ...new Set(Object.values(services).flatMap(({ profiles = [] }) => profiles)),
];

/** Services by name as they run under a profile. */
export const servicesOf = ({ services }: Compose, profile: string): [string, Service][] =>
  Object.entries(services).filter(([, { profiles = [] }]) => profiles.includes(profile));

/** Names under which others reach a service. */
export const namesOf = ([name, { networks = [] }]: [string, Service]): string[] => [
  name,
  ...(Array.isArray(networks) ? [] : Object.values(networks).flatMap(({ aliases = [] }) => aliases)),
];

export const networksOf = ({ networks = [] }: Service): string[] =>
  Array.isArray(networks) ? networks : Object.keys(networks);
