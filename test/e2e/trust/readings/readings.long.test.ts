import { describe, it } from 'vitest';
import { proveReadings } from './prove-readings.js';

describe('Officer.readings, Delegate.readings and Expert.readings', () => {
  it.each([1, 2, 3, 4])(
    'are what left the partners, with seed %i',
    async (seed) => {
      await proveReadings(834, seed);
    },
    3_600_000,
  );
});
