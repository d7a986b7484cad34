import { describe, expect, it } from 'vitest';
import { openHubOfWorkers } from '../network/open-hub-of-workers.js';

describe.runIf(process.platform === 'linux')('a worker that is stuck', () => {
  it('is killed and replaced; a worker that was only paused continues', async () => {
    await using hub = await openHubOfWorkers();
    expect(hub.workers()).toHaveLength(2);
    const [stuck = 0, paused = 0] = hub.workers();
    process.kill(stuck, 'SIGSTOP');
    process.kill(paused, 'SIGSTOP');
    setTimeout(() => process.kill(paused, 'SIGCONT'), 5_000);
    await hub.command.until(/"how":"stuck: [^\n]*"msg":"a worker ended; another takes its place"/);
    await expect.poll(() => hub.workers().length, { timeout: 30_000 }).toBe(2);
    expect(hub.workers()).toContain(paused);
    expect(hub.workers()).not.toContain(stuck);
    expect(await hub.ask().catch(() => hub.ask())).toBe('200 before');
    hub.command.kill('SIGTERM');
    expect(await hub.command.ended).toBe(0);
  });
});

describe.runIf(process.platform === 'linux')('a worker that hangs before it listens', () => {
  it('stops listening, and is replaced', { timeout: 300_000 }, async () => {
    let hung = 0;
    await using hub = await openHubOfWorkers({}, (workers) => {
      if (hung !== 0 || workers.length < 2) return;
      hung = workers[0] ?? 0;
      process.kill(hung, 'SIGSTOP');
    });
    expect(await hub.ask()).toBe('200 before');
    expect(hub.workers()).toContain(hung);
    await hub.command.until(/"reason":"A worker ended unexpectedly \(stuck: [^\n]*another takes/);
    await expect.poll(() => hub.workers().length, { timeout: 60_000 }).toBe(2);
    expect(hub.workers()).not.toContain(hung);
    hub.command.kill('SIGTERM');
    expect(await hub.command.ended).toBe(0);
  });
});
