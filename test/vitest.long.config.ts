import { defineConfig, mergeConfig } from 'vitest/config';
import { base } from './vitest.config.js';

const hourMs = 60 * 60_000;

/** The long tests: many seeds, large data, soak. `npm run test:long` runs them. */
export default mergeConfig(
  { ...base, test: { ...base.test, exclude: [] } },
  defineConfig({
    test: {
      include: ['{gateway,shared,subgraphs,test}/**/*.long.test.ts'],
      exclude: ['**/node_modules/**', '**/dist/**'],
      testTimeout: hourMs,
      hookTimeout: hourMs,
      // One at a time: what they measure should not be each other.
      fileParallelism: false,
      passWithNoTests: true,
    },
  }),
);
