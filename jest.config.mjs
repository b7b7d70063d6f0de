// NestJS 12 ships ES modules only and Jest on Node 20 cannot load those through require, so everything, packages too,
// is turned into CommonJS by swc (cached after the first run). See docs/adr/0003.
const swc = (parser) => [
  '@swc/jest',
  {
    swcrc: false,
    jsc: {
      target: 'es2023',
      parser,
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      keepClassNames: true,
    },
    isModule: parser.syntax === 'typescript' ? true : 'unknown',
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  },
];
const typescript = swc({ syntax: 'typescript', decorators: true });
const javascript = swc({ syntax: 'ecmascript' });

const shared = {
  testEnvironment: 'node',
  resolver: '<rootDir>/tools/jest/resolver.cjs',
  setupFiles: ['reflect-metadata'],
  moduleNameMapper: {
    '^@app/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^fast-check$': '<rootDir>/tools/jest/fast-check.cjs',
  },
  transform: { '^.+\\.ts$': typescript, '^.+\\.[cm]?js$': javascript },
  transformIgnorePatterns: [],
};

export default {
  maxWorkers: 2,
  // Generous: a busy machine is no fault of the product.
  testTimeout: 30_000,
  projects: [
    { ...shared, displayName: 'unit', roots: ['<rootDir>/apps', '<rootDir>/libs'], testRegex: '\\.spec\\.ts$' },
    { ...shared, displayName: 'whole', roots: ['<rootDir>/test'], testRegex: '\\.(spec|e2e-spec)\\.ts$' },
  ],
};
