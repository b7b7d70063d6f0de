import { existsSync } from 'node:fs';
import { Metrics } from '@app/platform';
import { type Check, unless } from './check.js';
import { type DockerFiles, namesOf } from './files.js';

/** Of exporters that docker/compose.yaml does not contain, as docker/README.md says. */
const ASSUMED_METRICS = [
  'node_filesystem_avail_bytes',
  'node_filesystem_size_bytes',
  'node_timex_offset_seconds',
  'node_timex_sync_status',
  'pg_stat_activity_count',
  'pg_settings_max_connections',
  'probe_ssl_earliest_cert_expiry',
  'up',
];

const rulesOf = ({ alerts }: DockerFiles) => alerts.groups.flatMap(({ rules }) => rules);

/** Names of metrics in an expression: words that are neither functions nor labels. */
const metricsIn = (expression: string): string[] =>
  [
    ...expression
      .replaceAll(/"[^"]*"/g, '')
      .replaceAll(/\{[^}]*\}|\[[^\]]*\]/g, '')
      .replaceAll(/\b(by|on|without|ignoring) ?\([^)]*\)/g, '')
      .matchAll(/\b[a-z_][a-z_0-9:]*\b(?! *\()/gi),
  ]
    .map(([word]) => word)
    .filter((word) => !['or', 'and', 'unless', 'bool', 'by', 'on'].includes(word));

const alertMetrics: Check = {
  name: 'alerts stand on metrics that the product tells, or on those of the exporters assumed, of jobs that are scraped',
  find: (files) => {
    const { names } = new Metrics();
    const jobs = files.prometheus.scrape_configs.map(({ job_name }) => job_name);
    return rulesOf(files).flatMap(({ alert, expr }) => [
      ...metricsIn(expr).flatMap((metric) =>
        unless(names.includes(metric) || ASSUMED_METRICS.includes(metric), `${alert}: nothing tells ${metric}`),
      ),
      ...[...expr.matchAll(/job=~?"([^"]+)"/g)]
        .flatMap(([, pattern = '']) => pattern.split('|'))
        .flatMap((job) => unless(jobs.includes(job), `${alert}: no job ${job}`)),
    ]);
  },
  plant: (files) => {
    const [rule] = rulesOf(files);
    if (rule) rule.expr = 'max(ledger_projections_stopped) > 0';
  },
};

const alertTexts: Check = {
  name: 'alerts say in both languages what is wrong, how bad, and where to read what to do',
  find: (files) => {
    const anchors = new Set([...files.runbook.matchAll(/<a id="([^"]+)"><\/a>/g)].map(([, id]) => id));
    const all = rulesOf(files);
    return all.flatMap(({ alert, labels, annotations: { summary_zh = '', summary_en = '', runbook = '' } }) => [
      ...unless(/\p{Script=Han}/u.test(summary_zh), `${alert}: no Chinese summary`),
      ...unless(/^[A-Z{]/.test(summary_en), `${alert}: no English summary`),
      ...unless(['page', 'ticket', 'info'].includes(labels.severity), `${alert}: severity ${labels.severity}`),
      ...unless(
        runbook.startsWith('docs/runbook.md#') && anchors.has(runbook.split('#')[1]),
        `${alert}: the runbook has no ${runbook}`,
      ),
      ...unless(all.filter((other) => other.alert === alert).length === 1, `${alert} is there twice`),
    ]);
  },
  plant: (files) => {
    const rule = rulesOf(files).at(-1);
    if (rule) rule.annotations.runbook = 'docs/runbook.md#nowhere';
  },
};

const scraping: Check = {
  name: 'Prometheus finds the processes by names that they have, and its rules where they are mounted',
  find: ({ compose, prometheus }) => {
    const names = Object.entries(compose.services).flatMap(namesOf);
    const own = prometheus.scrape_configs.filter(({ job_name }) => ['api', 'projector'].includes(job_name));
    return [
      ...unless(own.length === 2, 'API or projector is not scraped'),
      ...own
        .flatMap(({ dns_sd_configs = [] }) => dns_sd_configs.flatMap((config) => config.names))
        .flatMap((name) => unless(names.includes(name), `nothing is called ${name}`)),
      ...prometheus.rule_files.flatMap((file) =>
        unless(existsSync(file.replace('/etc/prometheus/', 'docker/prometheus/')), `no rules at ${file}`),
      ),
    ];
  },
  plant: ({ prometheus }) => (prometheus.rule_files = ['/etc/prometheus/rules.yml']),
};

export const alertChecks: readonly Check[] = [alertMetrics, alertTexts, scraping];
