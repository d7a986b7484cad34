import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compose, openHubOfWorkers } from '../network/open-hub-of-workers.js';

describe('hub serve --workers 2', () => {
  let hub: Awaited<ReturnType<typeof openHubOfWorkers>>;
  beforeAll(async () => {
    hub = await openHubOfWorkers();
  });
  afterAll(() => hub[Symbol.asyncDispose]());

  it('answers on one port with both, takes a changed supergraph over without failing a request, and keeps that where the next one is none', async () => {
    const { command } = hub;
    const askAll = () => Promise.all([hub.ask(), hub.ask(), hub.ask(), hub.ask()]);
    const countAnswering = () =>
      new Set(
        [...command.output().stdout.matchAll(/"pid":(\d+),"requestId"/g)].map(([, pid]) => pid),
      ).size;
    await expect.poll(() => askAll().then(countAnswering)).toBe(2);
    const asked = await hub.askDuring(
      (async () => {
        await hub.change(compose('after'));
        command.kill('SIGHUP');
        await command.until(/"msg":"reloaded"/);
      })(),
    );
    expect(asked.sort()).toEqual(['200 after', '200 before']);
    expect(await hub.ask()).toBe('200 after');
    await expect.poll(() => askAll().then(countAnswering)).toBe(4);
    await hub.change('nothing that composes');
    command.kill('SIGHUP');
    await command.until(/"reason":"Syntax Error[^\n]*"msg":"not reloaded/);
    expect(await hub.ask()).toBe('200 after');
  });

  it('replaces a worker that is killed, and ends with 0', async () => {
    await expect.poll(() => hub.workers().length).toBe(2);
    const [killed = 0, other = 0] = hub.workers();
    process.kill(killed, 'SIGKILL');
    await hub.command.until(/"msg":"a worker ended; another takes its place"/);
    expect(await hub.ask().catch(() => hub.ask())).toBe('200 after');
    await expect.poll(() => hub.workers().length).toBe(2);
    expect(hub.workers()).toContain(other);
    hub.command.kill('SIGTERM');
    expect(await hub.command.ended).toBe(0);
  });
});
