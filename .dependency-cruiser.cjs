// Who may import whom. test/architecture plants one violation of every rule below and expects each to be found.
const { readdirSync } = require('node:fs');

/** Everything else under libs/ is a slice of the domain, so a new slice is covered from its first file. */
const technical = new Set([
  'access',
  'event-store',
  'flow-testing',
  'http',
  'imports',
  'integrity',
  'kernel',
  'platform',
  'read-model',
  'records',
  'testing',
]);
const slices = readdirSync('libs')
  .filter((name) => !technical.has(name) && !name.startsWith('.'))
  .join('|');

const spec = '\\.(e2e-)?spec\\.tsx?$';
const error = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    error(
      'no-circular',
      'Modules that need each other when they run have no order to start in. Move what both need into a third file.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    error(
      'no-circular-types-in-a-lib',
      'Two files of one lib that know each other by type are one idea or three. Merge them, or move the shared type out.',
      { path: '^(libs/[^/]+)/src/' },
      { circular: true, viaOnly: { path: '^$1/src/' } },
    ),
    error(
      'kernel-is-alone',
      'The kernel imports nothing, Node included. Pass the value in, or put the code into the lib that needs it.',
      { path: '^libs/kernel/', pathNot: spec },
      { pathNot: '^libs/kernel/' },
    ),
    error(
      'domain-is-pure',
      'A slice file without a role in its name is domain code: it takes the kernel, its neighbours, and types of other slices ' +
        'and of the event store. Move I/O and framework code into a .handler, .process, .projection or .queries file.',
      { path: `^libs/(${slices})/src/[^/.]+\\.ts$`, pathNot: '/index\\.ts$' },
      {
        pathNot: [
          '^libs/kernel/src/index\\.ts$',
          '^libs/$1/src/[^/.]+\\.ts$',
          `^libs/(${slices}|event-store)/src/index\\.ts$`,
        ],
      },
    ),
    error(
      'domain-takes-only-types',
      'Domain code may name the shape of a stored event, not run the store. Use `import type`, or move the code to a handler.',
      { path: `^libs/(${slices})/src/[^/.]+\\.ts$`, pathNot: '/index\\.ts$' },
      { path: '^libs/event-store/', dependencyTypesNot: ['type-only'] },
    ),
    error(
      'slices-share-only-types',
      'A slice knows another by its types. Use `import type`; to make another slice act, send its command from a .handler or ' +
        '.process file.',
      { path: `^libs/(${slices})/`, pathNot: [spec, '\\.(handler|process|module|import)\\.ts$'] },
      { path: `^libs/(${slices})/`, pathNot: '^libs/$1/', dependencyTypesNot: ['type-only'] },
    ),
    error(
      'libs-through-their-index',
      "A lib's index is what it offers. Import from '@app/<lib>', and export there what is missing.",
      { path: '^(?:libs/([^/]+)|apps|test|tools)/' },
      { path: '^libs/[^/]+/', pathNot: ['^libs/[^/]+/src/index\\.ts$', '^libs/$1/'] },
    ),
    error(
      'not-own-index',
      "A file that imports its own lib's index makes a cycle sooner or later. Import the neighbour itself: './name.js'.",
      { path: '^(libs/[^/]+)/src/', pathNot: '/index\\.ts$' },
      { path: '^$1/src/index\\.ts$' },
    ),
    error(
      'libs-not-loaded-lazily',
      "The compiler rewrites '@app/<lib>' in import statements only; in import('@app/<lib>') it would reach Node as it stands. " +
        'Import it at the top.',
      {},
      { path: '^libs/', dynamic: true, dependencyTypes: ['aliased'] },
    ),
    error(
      'libs-not-to-apps',
      'Apps are the mains that put libs together. Move what a lib needs into a lib.',
      { path: '^libs/' },
      { path: '^apps/' },
    ),
    error(
      'production-not-to-test',
      'Test kits are not shipped. Move the code into the lib that owns it, or the caller into a spec.',
      { path: '^(libs|apps)/', pathNot: ['^libs/(flow-)?testing/', spec] },
      { path: ['^libs/(flow-)?testing/', '^test/', spec] },
    ),
    error(
      'read-side-not-to-write-side',
      'Rows follow from events alone. Share a type through the domain file, never through a handler or controller.',
      { path: '\\.(projection|queries|entity)\\.ts$' },
      { path: '\\.(handler|controller)\\.ts$' },
    ),
    error(
      'vendor-client-in-its-adapter',
      'Only the adapter speaks to the cluster, so that the client can be replaced in one file. Use the EventStore port.',
      { pathNot: ['^libs/event-store/src/eventstoredb[^/]*\\.ts$', '^libs/testing/'] },
      { path: 'node_modules/@(eventstore|kurrent)/' },
    ),
    error(
      'sqlite-in-its-adapter',
      'SQLite is one of two engines. Use the EventStore port, or TypeORM through @app/read-model.',
      { pathNot: ['^libs/event-store/src/sqlite[^/]*\\.ts$', '^libs/read-model/', '^tools/bench/', spec] },
      { path: 'node_modules/better-sqlite3/' },
    ),
    error(
      'dashboard-not-to-libs',
      'The browser gets no server code. Use `import type`; what the page must know comes from the API.',
      { path: '^apps/dashboard/' },
      { path: '^libs/', dependencyTypesNot: ['type-only'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
