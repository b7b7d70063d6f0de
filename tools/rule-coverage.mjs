// What the sources say about every rule: where it is enforced, which test shows it refusing, which test shows it accepting.
// `node tools/rule-coverage.mjs` lists the rules that lack one of the three, by folder.
//
// A rule is defined where an object gives its id a `clause`. It is
// - enforced where its id stands as a text in product code outside that definition, types and comparisons;
// - refused (or warned) by an `it` whose body or table holds its id as a text, itself or in a helper it calls;
// - accepted by an `it` that expects no refusal and is named after the rule, or is named after acceptance (ACCEPTANCE) and
//   stands beside a refusing test of the rule: in the same `describe`, else the next outer one that has such a test. An `it`
//   that refuses and, at the other side of the boundary, expects events by `.then(event)` shows both.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** How the title of a test says that a command or a value is accepted. */
export const ACCEPTANCE = new RegExp(
  `\\b(${[
    'accept(s|ed)?',
    'admit(s|ted)?',
    'allow(s|ed)?',
    'keeps',
    'lets',
    'may',
    'normalises',
    'opens',
    'reads?',
    'takes?',
    'does not warn',
    'is (announced|approved|confirmed|declared|granted|lodged|recorded|registered|taken|written)',
  ].join('|')})\\b`,
);
/** A repeat that changes nothing proves no acceptance. */
const IGNORED = /\bignored\b/;
const REFUSING_CALLS = /^(thenRefuses|toThrow|toThrowError|rejects)$/;
/** The answers of RFC 9110 that refusals are given with over HTTP. */
const REFUSING_STATUS = new Set(['400', '401', '403', '404', '409', '412', '413', '415', '422', '503']);
const RULE_ID = /^[A-Z]{1,2}-[A-Z0-9]+(-[A-Z]+)?$/;

const isSpec = ({ path }) => path.endsWith('.spec.ts');
const isFunction = (node) => ts.isArrowFunction(node) || ts.isFunctionExpression(node);
const parse = ({ path, text }) => ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);

/** Visits a tree from the top; `visit` answers false to go no deeper. */
const walk = (node, visit) => {
  if (visit(node) !== false) ts.forEachChild(node, (child) => walk(child, visit));
};

const gather = (node, pick) => {
  const found = [];
  walk(node, (part) => {
    const value = pick(part);
    if (value !== undefined) found.push(value);
  });
  return found;
};

const literals = (node) => gather(node, (part) => (ts.isStringLiteralLike(part) ? part.text : undefined));
const has = (node, test) => gather(node, (part) => (test(part) ? true : undefined)).length > 0;

// --- Product code ---------------------------------------------------------------------------------------------------------

const isDefinition = (node) =>
  ts.isPropertyAssignment(node) &&
  RULE_ID.test(node.name.text ?? '') &&
  ts.isObjectLiteralExpression(node.initializer) &&
  node.initializer.properties.some((property) => property.name?.getText() === 'clause');

const definedIn = (source) => gather(source, (node) => (isDefinition(node) ? node.name.text : undefined));

const isComparison = ({ parent }) => ts.isBinaryExpression(parent) && /^[!=]==$/.test(parent.operatorToken.getText());

const nameOf = (node) => {
  if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) return node.name?.text;
  if (ts.isMethodDeclaration(node)) return `${node.parent.name?.text ?? ''}.${node.name.getText()}`;
  if (ts.isVariableDeclaration(node)) return node.name.getText();
  if (ts.isPropertyAssignment(node) && isFunction(node.initializer)) return node.name.getText();
  return undefined;
};

/** The nearest function, method or class around a node; a constant that is a value stands for itself when there is none. */
const enclosing = (node) => {
  let fallback = '(file)';
  for (let at = node.parent; at !== undefined; at = at.parent) {
    const name = nameOf(at);
    const isValue = ts.isVariableDeclaration(at) && !(at.initializer && isFunction(at.initializer));
    if (name !== undefined && !isValue) return name;
    if (name !== undefined) fallback = name;
  }
  return fallback;
};

/** Rule ids in product code with the function they stand in. */
const enforcedIn = (source) => {
  const places = [];
  walk(source, (node) => {
    if (isDefinition(node) || ts.isTypeNode(node)) return false;
    const key = ts.isPropertyAssignment(node) && ts.isStringLiteral(node.name);
    if (key && RULE_ID.test(node.name.text)) places.push([node.name.text, enclosing(node)]);
    if (ts.isStringLiteralLike(node) && RULE_ID.test(node.text) && !key && !isComparison(node))
      places.push([node.text, enclosing(node)]);
    return true;
  });
  return places.map(([id, name]) => ({ id, place: `${source.fileName} › ${name}` }));
};

// --- Specs ----------------------------------------------------------------------------------------------------------------

/** `it`, `it.each(table)`, `describe.skip` …: the words of what is called, and the table when there is one. */
const callee = (call) => {
  const words = [];
  const tables = [];
  let at = call.expression;
  while (!ts.isIdentifier(at)) {
    if (ts.isCallExpression(at)) tables.push(...at.arguments);
    else if (ts.isTaggedTemplateExpression(at)) tables.push(at.template);
    else if (ts.isPropertyAccessExpression(at)) words.unshift(at.name.text);
    else return { word: undefined, words, tables };
    at = at.expression ?? at.tag;
  }
  return { word: at.text, words, tables };
};

const titleOf = ([title]) => (ts.isStringLiteralLike(title) ? title.text : title.getText().replace(/^`|`$/g, ''));

/** What the names declared in a spec stand for, so that a table or a helper can be followed to its rule ids. */
const declarationsOf = (source) =>
  new Map(
    gather(source, (node) =>
      ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer
        ? [node.name.text, node.initializer]
        : undefined,
    ),
  );

const namesIn = (node) => gather(node, (part) => (ts.isIdentifier(part) ? part.text : undefined));
/** Ids in helpers a test calls: functions only, for a constant that holds an id is as often data as expectation. */
const helpersOf = (body, declared) =>
  [...new Set(namesIn(body))].flatMap((name) => {
    const helper = declared.get(name);
    return helper && isFunction(helper) ? [helper] : [];
  });
const tablesOf = (tables, declared) =>
  tables.flatMap((table) => [table, ...namesIn(table).flatMap((name) => declared.get(name) ?? [])]);

const isRefusing = (node) =>
  (ts.isPropertyAccessExpression(node) &&
    REFUSING_CALLS.test(node.name.text) &&
    !node.expression.getText().endsWith('.not')) ||
  (ts.isNumericLiteral(node) && REFUSING_STATUS.has(node.text));

/** `.then(event, …)` of the decider kit; the `.then` of a promise takes functions. */
const expectsEvents = (node) =>
  ts.isCallExpression(node) &&
  ts.isPropertyAccessExpression(node.expression) &&
  node.expression.name.text === 'then' &&
  node.arguments.length > 0 &&
  !node.arguments.some(isFunction);

const testOf = (call, tables, suite, declared) => {
  const title = titleOf(call.arguments);
  const body = call.arguments[1];
  const parts = [body, ...tablesOf(tables, declared), ...helpersOf(body, declared)];
  const ids = new Set(parts.flatMap(literals).filter((text) => RULE_ID.test(text)));
  return {
    title,
    path: [...suite.path, title].join(' › '),
    suite,
    ids,
    refuses: ids.size > 0 || parts.some((part) => has(part, isRefusing)),
    expectsEvents: has(body, expectsEvents),
  };
};

/** The tests of one spec, each with its suite; suites know their own tests and the suite around them. Skipped ones are none. */
const testsIn = (source) => {
  const declared = declarationsOf(source);
  const tests = [];
  const visit = (suite) => (node) => {
    if (!ts.isCallExpression(node) || node.arguments.length < 2) return true;
    const { word, words, tables } = callee(node);
    if (words.includes('skip') || words.includes('todo')) return false;
    if (word === 'describe') {
      const inner = { path: [...suite.path, titleOf(node.arguments)], outer: suite, tests: [] };
      walk(node.arguments[1], visit(inner));
      return false;
    }
    if (word !== 'it' && word !== 'test') return true;
    const test = testOf(node, tables, suite, declared);
    suite.tests.push(test);
    tests.push(test);
    return false;
  };
  walk(source, visit({ path: [], outer: undefined, tests: [] }));
  return tests;
};

// --- Together -------------------------------------------------------------------------------------------------------------

const names = (id, { title }) => new RegExp(`(^|[^A-Z0-9-])${id}($|[^A-Z0-9-])`).test(title);
const tellsAcceptance = ({ title, refuses }) => !refuses && ACCEPTANCE.test(title) && !IGNORED.test(title);

/** Tests that tell acceptance beside a refusing one; the file itself is no `describe`, unless nothing else is around. */
const beside = (test) => {
  let { suite } = test;
  let found = suite.tests.filter(tellsAcceptance);
  while (found.length === 0 && suite.outer?.outer !== undefined) {
    suite = suite.outer;
    found = suite.tests.filter(tellsAcceptance);
  }
  return found;
};

const acceptedBy = (id, tests, refused) => {
  const named = tests.filter((test) => names(id, test) && !test.refuses && !IGNORED.test(test.title));
  const both = refused.filter((test) => test.expectsEvents || (names(id, test) && /\baccept(s|ed)\b/.test(test.title)));
  return [...named, ...both, ...refused.flatMap(beside)];
};

const titles = (tests) => [...new Set(tests.map(({ path }) => path))];

/**
 * The proofs of every rule, by id: `{ folder, enforced, refused, accepted }`, lists of texts.
 * @param files `{ path, text }` of product code and specs.
 */
export const coverageOf = (files) => {
  const sources = files.filter((file) => !isSpec(file)).map(parse);
  const specs = files.filter(isSpec).map((file) => ({ path: file.path, tests: testsIn(parse(file)) }));
  const places = sources.flatMap(enforcedIn);
  const proofs = sources.flatMap((source) =>
    definedIn(source).map((id) => [id, source.fileName.replace(/\/[^/]+$/, '')]),
  );
  return new Map(
    proofs.map(([id, folder]) => {
      const near = specs.toSorted((a, b) => b.path.startsWith(folder) - a.path.startsWith(folder));
      const tests = near.flatMap((spec) => spec.tests);
      const refused = tests.filter(({ ids }) => ids.has(id)).sort((a, b) => names(id, b) - names(id, a));
      const enforced = [...new Set(places.filter((place) => place.id === id).map(({ place }) => place))];
      return [id, { folder, enforced, refused: titles(refused), accepted: titles(acceptedBy(id, tests, refused)) }];
    }),
  );
};

/** The rules that lack a proof, as `L-1 (libs/patents/src): refused, accepted`. */
export const gapsOf = (coverage) =>
  [...coverage].flatMap(([id, { folder, ...proofs }]) => {
    const lacking = Object.keys(proofs).filter((proof) => proofs[proof].length === 0);
    return lacking.length === 0 ? [] : [`${id} (${folder}): ${lacking.join(', ')}`];
  });

/** Product code and specs of the project; the dashboard only shows refusals, the kit only expects them. */
export const projectFiles = (root = '.') =>
  ['libs', 'apps'].flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
      .map((file) => `${top}/${file}`)
      .filter((path) => path.endsWith('.ts') && !/^(libs\/(flow-)?testing|apps\/dashboard)\/|node_modules/.test(path))
      .toSorted()
      .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') })),
  );

if (process.argv[1]?.endsWith('rule-coverage.mjs')) {
  const gaps = gapsOf(coverageOf(projectFiles()));
  console.log(gaps.join('\n'));
  process.exitCode = gaps.length === 0 ? 0 : 1;
}
