import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

// A rule that was never seen to fail is decoration. Each tree holds files that break one rule or more, named in their first
// line as `// breaks: rule, rule`, and files that come close without breaking any; a tool must find the former and no more.

type Broken = Record<string, string[]>;

const root = process.cwd();

const gather = (pairs: Iterable<readonly [file: string, rule: string]>): Broken => {
  const broken: Record<string, Set<string>> = {};
  for (const [file, rule] of pairs) (broken[file] ??= new Set()).add(rule);
  return Object.fromEntries(Object.entries(broken).map(([file, rules]) => [file, [...rules].toSorted()]));
};

const promised = (tree: string): Broken =>
  gather(
    readdirSync(tree, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .flatMap((file) => {
        const [, rules = 'nothing'] = /^\/\/ breaks: (.+)/.exec(readFileSync(join(tree, file), 'utf8')) ?? [];
        return rules.startsWith('nothing') ? [] : rules.split(', ').map((rule) => [file, rule] as const);
      }),
  );

const report = <T>(tree: string, tool: string, ...options: string[]): T => {
  const { stdout } = spawnSync(join(root, 'node_modules/.bin', tool), options, { cwd: tree, encoding: 'utf8' });
  return JSON.parse(stdout) as T;
};

describe('dependency rules', () => {
  interface Cruise {
    modules: { source: string; dependencies: { rules?: { name: string }[] }[] }[];
    summary: { ruleSetUsed: { forbidden: { name: string; comment?: string }[] } };
  }
  const tree = join(root, 'test/architecture/planted');
  const config = join(root, '.dependency-cruiser.cjs');
  const { modules, summary } = report<Cruise>(tree, 'depcruise', '--config', config, '-T', 'json', 'apps', 'libs');
  const rules = summary.ruleSetUsed.forbidden;

  it('find every planted violation and nothing else', () => {
    const found = modules.flatMap(({ source, dependencies }) =>
      dependencies.flatMap((dependency) => (dependency.rules ?? []).map(({ name }) => [source, name] as const)),
    );
    expect(gather(found)).toEqual(promised(tree));
  });

  it('have a planted violation each', () => {
    expect(new Set(Object.values(promised(tree)).flat())).toEqual(new Set(rules.map(({ name }) => name)));
  });

  it('say the way out', () => {
    expect(rules.filter(({ comment }) => !comment)).toEqual([]);
  });
});

describe('lint rules', () => {
  interface Lint {
    diagnostics: { code: string; filename: string }[];
  }
  interface Settings {
    rules: Record<string, unknown>;
    overrides: { rules: Record<string, unknown> }[];
  }
  const tree = join(root, 'test/architecture/planted-lint');
  const config = join(root, '.oxlintrc.json');

  it('find every planted violation and nothing else', () => {
    const { diagnostics } = report<Lint>(root, 'oxlint', '-c', config, '--type-aware', '-f', 'json', tree);
    const found = diagnostics.map(({ code, filename }) => {
      const [, rule = code] = /\((.+)\)/.exec(code) ?? [];
      return [relative(tree, join(root, filename)), rule] as const;
    });
    expect(gather(found)).toEqual(promised(tree));
  });

  it('have a planted violation each', () => {
    const withoutComments = readFileSync(config, 'utf8').replace(/^\s*\/\/.*$/gm, '');
    const { rules, overrides } = JSON.parse(withoutComments) as Settings;
    const chosen = [rules, ...overrides.map((override) => override.rules)]
      .flatMap((set) => Object.entries(set))
      .flatMap(([name, level]) => (level === 'off' ? [] : [name.replace(/^.+\//, '')]));
    expect(new Set(Object.values(promised(tree)).flat())).toEqual(new Set(chosen));
  });
});
