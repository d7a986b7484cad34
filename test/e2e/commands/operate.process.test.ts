import { describe, it } from 'vitest';
import { cases, nameOf, operate } from './operate.js';

/** The others are in operate.long.test.ts. Their commands are the same code. */
const [, shown] = cases;

describe('Operate and back up', () => {
  it(nameOf(shown), () => operate(shown), 120_000);
});
