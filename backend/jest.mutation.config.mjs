// What `npm run mutation` runs: the tests beside the code of the kernel and of the guards, which need no
// database. The table of tokens, random edits and the comparison with jose are left out: each mutant
// would cost many seconds, and these find it in one.
import { fileURLToPath } from 'node:url';
import config from '../jest.config.mjs';

const backend = config.projects.find(({ rootDir }) => rootDir === 'backend');
const { globalSetup: _setUp, globalTeardown: _tearDown, ...rest } = backend;

export default {
  ...rest,
  rootDir: '.',
  testSequencer: fileURLToPath(new URL('jest.mutation.sequencer.cjs', import.meta.url)),
  testTimeout: config.testTimeout,
  testMatch: ['<rootDir>/src/auth/{verification,guards}/*.spec.ts'],
};
