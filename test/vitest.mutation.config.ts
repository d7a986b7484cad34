import { mergeConfig } from 'vitest/config';
import config from './vitest.config.js';

/** For `npm run test:mutation`: all tests of the folder that `mutation.mjs` names, without the rest of the network. */
export default mergeConfig(
  { ...config, test: { ...config.test, include: [] } },
  { test: { include: ['**/*.test.ts'] } },
);
