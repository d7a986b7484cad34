import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { silentLogger } from '../../system/logger.js';
import { runChore } from './run-chore.js';

const soon = { againMs: 1, usualMs: 60_000 };

describe('runChore', () => {
  it('runs again soon after an incomplete or failed run, and later after a complete one', async () => {
    const run = vi
      .fn<() => Promise<boolean>>()
      .mockResolvedValueOnce(false)
      .mockRejectedValueOnce(new Error('No disk.'))
      .mockResolvedValue(true);
    const chore = runChore(run, silentLogger, soon);
    await expect.poll(() => run.mock.calls).toHaveLength(3);
    await wait(20);
    await chore.stop();
    expect(run).toHaveBeenCalledTimes(3);
  });

  it('stops after the run that is under way', async () => {
    let end: (isComplete: boolean) => void = () => undefined;
    const run = vi.fn(() => new Promise<boolean>((resolve) => (end = resolve)));
    const chore = runChore(run, silentLogger, { againMs: 1, usualMs: 100 });
    await expect.poll(() => run.mock.calls).toHaveLength(1);
    let hasStopped = false;
    const stopped = chore.stop().then(() => (hasStopped = true));
    await wait(20);
    expect(hasStopped).toBe(false);
    end(true);
    await stopped;
    await wait(200);
    expect(run).toHaveBeenCalledOnce();
  });
});
