import { describe, expect, it, vi } from 'vitest';
import type { Caller } from './caller.js';
import { FairSlots, type FairSlotsOptions, type Leave } from './fair-slots.js';

const open = (options: Partial<FairSlotsOptions> = {}) =>
  new FairSlots({ total: 2, perGroup: 2, perMember: 2, longestWaitMs: 60_000, ...options });

const of = (group: string, member = group): Caller => ({ group, member });

const overloaded = {
  code: 'OVERLOADED',
  extensions: expect.objectContaining({ retryAfter: 1 }) as unknown,
};

/**
 * Enters as each of these in turn, and returns the order in which they get a slot. Each releases it
 * at once.
 */
async function orderOf(slots: FairSlots, callers: readonly Caller[]): Promise<string[]> {
  const order: string[] = [];
  const held = Array.from({ length: slots.total }, () => slots.enter(of('held')) as Leave);
  const entered = callers.map(async (caller) => {
    const leave = await slots.enter(caller);
    order.push(caller.member);
    leave();
  });
  held[0]?.();
  await Promise.all(entered);
  held.forEach((leave) => leave());
  return order;
}

describe('FairSlots', () => {
  it('returns a free slot at once, without a promise', () => {
    const slots = open();
    const leave = slots.enter(of('a')) as Leave;
    expect(slots.active).toBe(1);
    leave();
    leave();
    expect(slots.active).toBe(0);
  });

  it('serves groups in turn, however many requests one of them has', async () => {
    const flood = Array.from({ length: 5 }, () => of('flood'));
    expect(await orderOf(open(), [...flood, of('a'), of('b')])).toEqual([
      'flood',
      'a',
      'b',
      ...Array<string>(4).fill('flood'),
    ]);
  });

  it('serves the members of a group in turn', async () => {
    const one = of('org', 'one');
    const order = await orderOf(open(), [one, one, one, of('org', 'two'), of('else')]);
    expect(order).toEqual(['one', 'else', 'two', 'one', 'one']);
  });

  it('limits a member and a group even if slots are free', async () => {
    const slots = open({ total: 10, perGroup: 3, perMember: 2 });
    void slots.enter(of('org', 'one'));
    const leave = slots.enter(of('org', 'one')) as Leave;
    const third = slots.enter(of('org', 'one'));
    void slots.enter(of('org', 'two'));
    const fourth = slots.enter(of('org', 'two'));
    expect([third, fourth].map((entered) => entered instanceof Promise)).toEqual([true, true]);
    expect(slots.active).toBe(3);
    expect(slots.enter(of('else'))).toBeTypeOf('function');
    leave();
    (await third)();
    await fourth;
  });

  it('refuses at once if the queue of all is full, and nobody waits more than the others', async () => {
    const slots = open({ total: 1, waiting: 3, waitingPerMember: 2 });
    const leave = slots.enter(of('a')) as Leave;
    const waiting = [slots.enter(of('a'))];
    waiting.push(slots.enter(of('b')));
    waiting.push(slots.enter(of('c')));
    expect(slots.hasRoom(of('d'))).toBe(false);
    expect(() => slots.enter(of('d'))).toThrow(expect.objectContaining(overloaded));
    leave();
    await Promise.all(waiting.map(async (entered) => (await entered)()));
    expect([slots.active, slots.waiting]).toEqual([0, 0]);
  });

  it('refuses at once if the queue of a member is full', () => {
    const slots = open({ total: 0, waiting: 3, waitingPerMember: 2 });
    for (const _ of [1, 2]) (slots.enter(of('a')) as Promise<Leave>).catch(() => undefined);
    expect(slots.hasRoom(of('a'))).toBe(false);
    expect(() => slots.enter(of('a'))).toThrow(expect.objectContaining(overloaded));
    expect(slots.hasRoom(of('b'))).toBe(true);
  });

  it('lets whoever waits least into a full queue, in place of the last of whoever waits most', async () => {
    const slots = open({ total: 1, waiting: 6, waitingPerMember: 4 });
    const leave = slots.enter(of('held')) as Leave;
    const outcomes: string[] = [];
    const enter = (name: string, caller: Caller) =>
      (slots.enter(caller) as Promise<Leave>).then(
        (granted) => (outcomes.push(name), granted()),
        () => void outcomes.push(`${name} is refused`),
      );
    const [one, two] = [of('flood', 'one'), of('flood', 'two')];
    const entered = [1, 2, 3, 4].map((at) => enter(`one ${at}`, one));
    entered.push(enter('two 1', two), enter('two 2', two));
    // The queue is full. The flood displaces nobody, not even itself.
    expect(slots.hasRoom(two)).toBe(false);
    expect(() => slots.enter(two)).toThrow(expect.objectContaining(overloaded));
    expect(slots.hasRoom(of('a'))).toBe(true);
    entered.push(enter('a 1', of('a')), enter('b 1', of('b')), enter('a 2', of('a')));
    expect(slots.waiting).toBe(6);
    // Each now waits about as much as the flood.
    expect(() => slots.enter(of('a'))).toThrow(expect.objectContaining(overloaded));
    leave();
    await Promise.all(entered);
    expect(outcomes).toEqual([
      'one 4 is refused',
      'one 3 is refused',
      expect.stringMatching(/^(one|two) 2 is refused$/),
      'one 1',
      'a 1',
      'b 1',
      'two 1',
      'a 2',
      expect.stringMatching(/^(one|two) 2$/),
    ]);
    expect([slots.active, slots.waiting]).toEqual([0, 0]);
  });

  it('refuses callers that have waited too long or have left', async () => {
    const slots = open({ total: 1, longestWaitMs: 1 });
    const leave = slots.enter(of('a')) as Leave;
    await expect(slots.enter(of('b'))).rejects.toMatchObject(overloaded);
    const client = new AbortController();
    const waiting = open({ total: 0, waiting: 1 }).enter(of('c'), client.signal);
    client.abort();
    await expect(waiting).rejects.toMatchObject(overloaded);
    leave();
    expect(slots.enter(of('b'))).toBeTypeOf('function');
  });

  it('lets a burst wait, but shortens the wait in a queue that stays full', async () => {
    vi.useFakeTimers();
    try {
      const slots = open({ total: 1, longestWaitMs: 1_000 });
      const leave = slots.enter(of('a')) as Leave;
      const refused: string[] = [];
      const wait = (name: string, member = 'a') =>
        void (slots.enter(of(member)) as Promise<Leave>).catch(() => refused.push(name));
      wait('burst');
      await vi.advanceTimersByTimeAsync(800);
      wait('soon');
      await vi.advanceTimersByTimeAsync(300);
      expect(refused).toEqual(['burst']);
      wait('standing');
      wait('another', 'b');
      await vi.advanceTimersByTimeAsync(260);
      expect(refused).toEqual(['burst', 'standing']);
      await vi.advanceTimersByTimeAsync(1_000);
      expect(refused).toEqual(['burst', 'standing', 'soon', 'another']);
      leave();
    } finally {
      vi.useRealTimers();
    }
  });

  it('grants added slots, and removes released ones', async () => {
    const slots = open({ total: 1 });
    const leave = slots.enter(of('a')) as Leave;
    const second = slots.enter(of('b'));
    slots.total = 2;
    (await second)();
    slots.total = 1;
    expect(slots.enter(of('b'))).toBeInstanceOf(Promise);
    leave();
  });
});
