import { describe, it } from 'vitest';
import { cases, nameOf, operate } from './operate.js';

/** That of the offices runs in operate.process.test.ts. */
const [secretariat, , police] = cases;

describe('Operate and back up', () => {
  for (const one of [secretariat, police]) it(nameOf(one), () => operate(one));
});
