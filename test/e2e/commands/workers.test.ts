import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { compose, openHubOfWorkers } from '../network/open-hub-of-workers.js';
import { readMetrics } from '../network/read-metrics.js';

const longMs = 120_000;

describe('hub serve --workers 2', () => {
  it(
    'answers on one port with both, takes a changed supergraph over without failing a request, and keeps that where the next one is none',
    { timeout: longMs },
    async () => {
      await using hub = await openHubOfWorkers();
      const { command } = hub;
      const askAll = () => Promise.all([hub.ask(), hub.ask(), hub.ask(), hub.ask()]);
      const countAnswering = () =>
        new Set(
          [...command.output().stdout.matchAll(/"pid":(\d+),"requestId"/g)].map(([, pid]) => pid),
        ).size;
      await expect.poll(() => askAll().then(countAnswering), { timeout: 30_000 }).toBe(2);
      const asked = await hub.askDuring(
        (async () => {
          await hub.change(compose('after'));
          command.kill('SIGHUP');
          await command.until(/"msg":"reloaded"/);
        })(),
      );
      expect(asked.sort()).toEqual(['200 after', '200 before']);
      expect(await hub.ask()).toBe('200 after');
      await expect.poll(() => askAll().then(countAnswering), { timeout: 30_000 }).toBe(4);
      await hub.change('nothing that composes');
      command.kill('SIGHUP');
      await command.until(/"reason":"Syntax Error[^\n]*"msg":"not reloaded/);
      expect(await hub.ask()).toBe('200 after');
      command.kill('SIGTERM');
      expect(await command.ended).toBe(0);
    },
  );

  it(
    'answers who was dealt to a worker that ended before it took them',
    { timeout: longMs },
    async () => {
      await using hub = await openHubOfWorkers();
      expect(hub.workers()).toHaveLength(2);
      const [stuck = 0] = hub.workers();
      process.kill(stuck, 'SIGSTOP');
      const asked = hub.askDuring(wait(2_000));
      await wait(1_000);
      process.kill(stuck, 'SIGKILL');
      expect(await asked).toEqual(['200 before']);
    },
  );

  it('replaces a worker that is killed', { timeout: longMs }, async () => {
    await using hub = await openHubOfWorkers();
    const [killed = 0, other = 0] = hub.workers();
    process.kill(killed, 'SIGKILL');
    await hub.command.until(/"msg":"a worker ended; another takes its place"/);
    expect(await hub.ask().catch(() => hub.ask())).toBe('200 before');
    await expect.poll(() => hub.workers().length, { timeout: 30_000 }).toBe(2);
    expect(hub.workers()).toContain(other);
  });

  it('holds a reader to one rate', { timeout: longMs }, async () => {
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

  it(
    'adds up what all workers counted, also of those that ended',
    { timeout: longMs },
    async () => {
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
    },
  );

  it('leaves nothing running when its primary is killed', { timeout: longMs }, async () => {
    await using hub = await openHubOfWorkers();
    const workers = hub.workers();
    expect(workers).toHaveLength(2);
    hub.command.kill('SIGKILL');
    await hub.command.ended;
    const running = () => workers.filter((pid) => existsSync(`/proc/${pid}`));
    await expect.poll(running, { timeout: 10_000 }).toEqual([]);
  });
});
