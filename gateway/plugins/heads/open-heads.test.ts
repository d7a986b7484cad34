import { HubError } from '@hub/shared/errors';
import { silentLogger } from '@hub/shared/system';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { readNetworkConfig } from '../../config.js';
import { takeHeads } from './open-heads.js';

describe('handing in heads', () => {
  it('lets a partner add 200 lines a day at most, which all partners keep for ever', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'hub-heads-'));
    onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
    const network = { port: 0, partners: [] };
    const config = readNetworkConfig({ HUB_DATA_DIR: dataDir });
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const { take } = takeHeads(network, { config, logger: silentLogger });
    let taken = 0;
    for (let minute = 0; minute < 24 * 60; minute += 1) {
      try {
        await take('no', 'not a head');
        taken += 1;
      } catch (error) {
        expect(error).toMatchObject(new HubError('RATE_LIMITED'));
      }
      vi.advanceTimersByTime(60_000);
    }
    // It needs three.
    expect(taken).toBeGreaterThan(3);
    expect(taken).toBeLessThanOrEqual(200);
  });
});
