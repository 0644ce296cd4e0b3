// Mutation testing: each check of the kernel and of the guards is broken in turn, and some test must
// turn red. Run from the root, so that the sandbox is laid out like the repository.
export default {
  mutate: [
    'backend/src/auth/{verification,guards}/*.ts',
    '!backend/src/auth/{verification,guards}/*.spec.ts',
  ],
  plugins: ['@stryker-mutator/jest-runner'],
  testRunner: 'jest',
  jest: { configFile: 'backend/jest.mutation.config.mjs' },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // Jest, run again and again in one process, gives no memory back.
  maxTestRunnerReuse: 20,
  timeoutMS: 8_000,
  ignorePatterns: [
    '**',
    '!/jest.config.mjs',
    '!/backend',
    '!/backend/**',
    '/backend/{node_modules,dist,reports,bench}',
  ],
  reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: 'backend/reports/mutation.html' },
  jsonReporter: { fileName: 'backend/reports/mutation.json' },
  thresholds: { high: 98, low: 95, break: 95 },
};
