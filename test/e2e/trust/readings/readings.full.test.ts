import { describe, it } from 'vitest';
import { sampleSize } from '../../../sample.js';
import { proveReadings } from './prove-readings.js';

describe('Officer.readings, Delegate.readings and Expert.readings', () => {
  it('are what left the partners about each person, to the field', async () => {
    await proveReadings(sampleSize(5, 100), 33);
  }, 600_000);
});
