import { describe, expect, it } from 'vitest';
import { openWorkers } from './test-workers.js';

describe('others', () => {
  it('resolves when all others have taken in what one tells, and that one hears nothing of it', async () => {
    const open = openWorkers();
    const [one, two, three] = [await open(), await open(), await open()];
    const heard: string[] = [];
    one.listen('forget', (body) => void heard.push(`one ${String(body)}`));
    two.listen('forget', async (body) => {
      await new Promise((resolve) => setImmediate(resolve));
      heard.push(`two ${String(body)}`);
    });
    three.listen('forget', (body) => void heard.push(`three ${String(body)}`));
    await one.tell('forget', 'no');
    expect(heard.sort()).toEqual(['three no', 'two no']);
  });

  it('knows whether there are any, also when they have left', async () => {
    const open = openWorkers();
    const one = await open();
    expect(one.areThere()).toBe(false);
    const two = await open();
    expect(one.areThere()).toBe(true);
    two.leave();
    await expect.poll(() => one.areThere()).toBe(false);
  });

  it('waits for nobody who has left, and not for ever for one who is stuck', async () => {
    const open = openWorkers(20);
    const [one, two, three] = [await open(), await open(), await open()];
    two.listen('forget', () => new Promise(() => undefined));
    three.listen('forget', () => two.leave());
    await one.tell('forget', 'no');
    const four = await open();
    four.listen('forget', () => new Promise(() => undefined));
    await one.tell('forget', 'no');
  });
});
