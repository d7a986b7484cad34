import { describe, expect, it } from 'vitest';
import { openWorkers } from './test-workers.js';

describe('others', () => {
  it('resolves when all others have handled a notification, which its sender does not get', async () => {
    const open = openWorkers();
    const [one, two, three] = [await open(), await open(), await open()];
    const heard: string[] = [];
    one.listen('forget', (body) => void heard.push(`one ${String(body)}`));
    two.listen('forget', async (body) => {
      await new Promise((resolve) => setImmediate(resolve));
      heard.push(`two ${String(body)}`);
    });
    three.listen('forget', (body) => void heard.push(`three ${String(body)}`));
    await one.notify('forget', 'no');
    expect(heard.sort()).toEqual(['three no', 'two no']);
  });

  it('knows whether there are others, also after they have left', async () => {
    const open = openWorkers();
    const one = await open();
    expect(one.exist()).toBe(false);
    const two = await open();
    expect(one.exist()).toBe(true);
    two.leave();
    await expect.poll(() => one.exist()).toBe(false);
  });

  it('waits neither for a worker that has left nor forever for one that is stuck', async () => {
    const open = openWorkers(20);
    const [one, two, three] = [await open(), await open(), await open()];
    two.listen('forget', () => new Promise(() => undefined));
    three.listen('forget', () => two.leave());
    await one.notify('forget', 'no');
    const four = await open();
    four.listen('forget', () => new Promise(() => undefined));
    await one.notify('forget', 'no');
  });
});
