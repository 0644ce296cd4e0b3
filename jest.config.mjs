import { fileURLToPath } from 'node:url';

// SWC compiles everything, dependencies included, to CommonJS: Jest cannot yet run several of them as native ES modules.
const swc = (parser) => [
  '@swc/jest',
  {
    swcrc: false,
    sourceMaps: 'inline',
    isModule: 'unknown',
    module: { type: 'commonjs' },
    jsc: {
      target: 'es2022',
      parser,
      keepClassNames: true,
      transform: {
        legacyDecorator: true,
        decoratorMetadata: true,
        useDefineForClassFields: false,
        react: { runtime: 'automatic' },
      },
    },
  },
];

const project = (name) => ({
  displayName: name,
  rootDir: name,
  testEnvironment: 'node',
  testMatch: [
    '<rootDir>/src/**/*.spec.ts?(x)',
    '<rootDir>/test/**/*.spec.ts?(x)',
    '<rootDir>/test/*.spec.mjs',
  ],
  moduleNameMapper: { '^@/(.*)$': '<rootDir>/src/$1', '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '\\.tsx?$': swc({ syntax: 'typescript', tsx: true, decorators: true }),
    '\\.m?js$': swc({ syntax: 'ecmascript' }),
  },
  transformIgnorePatterns: [],
  globalSetup: fileURLToPath(new URL('jest.database.mjs', import.meta.url)),
  globalTeardown: fileURLToPath(new URL('jest.database-teardown.mjs', import.meta.url)),
});

export default {
  projects: ['prisma', 'backend', 'frontend', 'scripts'].map(project),
  testTimeout: 30_000,
};
