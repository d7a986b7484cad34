import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openHubOfWorkers } from '../network/open-hub-of-workers.js';
import { readMetrics } from '../network/read-metrics.js';

describe('hub serve --workers 2', () => {
  it('answers who was dealt to a worker that ended before it took them', async () => {
    await using hub = await openHubOfWorkers();
    expect(hub.workers()).toHaveLength(2);
    const [stuck = 0] = hub.workers();
    process.kill(stuck, 'SIGSTOP');
    const asked = hub.askDuring(wait(2_000));
    await wait(1_000);
    process.kill(stuck, 'SIGKILL');
    expect(await asked).toEqual(['200 before']);
  });

  it('holds a reader to one rate', async () => {
    await using hub = await openHubOfWorkers({ HUB_LIMIT_RATE: '20', LOG_LEVEL: 'info' });
    const counts = new Map<string, number>();
    const until = Date.now() + 4_000;
    const askOn = async () => {
      while (Date.now() < until) {
        const status = (await hub.ask()).slice(0, 3);
        counts.set(status, (counts.get(status) ?? 0) + 1);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    };
    await Promise.all([1, 2, 3, 4].map(askOn));
    expect(counts.get('429')).toBeGreaterThan(0);
    // A burst and the rate for the time, and once more a burst at first, before they have told each other.
    expect(counts.get('200')).toBeLessThanOrEqual(20 + 4 * 20 + 20 + 10);
  });

  it('adds up what all workers counted, also of those that ended', async () => {
    await using hub = await openHubOfWorkers();
    const asked = 'hub_operation_duration_seconds_count{outcome="complete"}';
    const read = async () => {
      const { valueOf } = await readMetrics(hub.url);
      return { operations: valueOf(asked), workers: valueOf('hub_workers') };
    };
    for (let count = 0; count < 8; count += 1) await hub.ask();
    // On connections of their own, so that each worker is asked.
    for (const _ of [1, 2, 3, 4]) expect(await read()).toEqual({ operations: 8, workers: 2 });
    hub.command.kill('SIGHUP');
    await hub.command.until(/"msg":"reloaded"/);
    expect(await read()).toEqual({ operations: 8, workers: 2 });
    await hub.ask();
    expect(await read()).toEqual({ operations: 9, workers: 2 });
    const [killed = 0] = hub.workers();
    process.kill(killed, 'SIGKILL');
    await hub.command.until(/"msg":"a worker ended; another takes its place"/);
    await expect.poll(read, { timeout: 30_000 }).toEqual({ operations: 9, workers: 2 });
  });

  it('leaves nothing running when its primary is killed', async () => {
    await using hub = await openHubOfWorkers();
    const workers = hub.workers();
    expect(workers).toHaveLength(2);
    hub.command.kill('SIGKILL');
    await hub.command.ended;
    const running = () => workers.filter((pid) => existsSync(`/proc/${pid}`));
    await expect.poll(running, { timeout: 10_000 }).toEqual([]);
  });
});
