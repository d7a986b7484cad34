import { mergeConfig } from 'vitest/config';
import { base } from './vitest.config.js';

/** For `npm run test:mutation`: the tests that `mutation.mjs` names, without the rest of the network. */
export default mergeConfig(base, {
  test: {
    include: (process.env['MUTATION_TESTS'] ?? '').split(' '),
    // Each mutant loads the code once, and not once for each file of tests.
    isolate: false,
  },
});
