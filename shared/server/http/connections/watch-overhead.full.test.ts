import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { NetworkBudget } from './limit-requests.js';
import { ask, openImpatient } from './test-http2.js';
import { OverheadWatch } from './watch-overhead.js';

describe('a client of HTTP/2 that sends frames without requests', () => {
  const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
  const write = (kind: number, stream: number, content: readonly number[]) =>
    Buffer.from([0, 0, content.length, kind, 0, 0, 0, 0, stream, ...content]);
  const settings = write(4, 0, []);

  it.each([
    ['a window update', write(8, 0, [0, 0, 0, 1])],
    ['a priority', write(2, 3, [0, 0, 0, 0, 1])],
    ['a kind that nobody knows', write(0x42, 0, [])],
    ['a ping', write(6, 0, [1, 2, 3, 4, 5, 6, 7, 8])],
    ['settings', settings],
  ])('is disconnected, and others are not: %s', async (_what, frame) => {
    await using server = await openImpatient();
    expect((await ask(server.session)).status).toBe(200);
    const connectFlooder = () => {
      const socket = connect(server.port, '127.0.0.1').on('error', () => undefined);
      socket.write(Buffer.concat([preface, settings]));
      return socket;
    };
    const flooder = connectFlooder();
    const frames = Buffer.concat(Array<Buffer>(5_000).fill(frame));
    const send = () => {
      while (!flooder.destroyed && flooder.write(frames));
    };
    flooder.on('drain', send);
    send();
    while (!flooder.destroyed) expect((await ask(server.session)).status).toBe(200);
    expect((await ask(server.session)).status).toBe(200);
  });

  it('cannot connect again until its network has rested', async () => {
    const budget = new NetworkBudget();
    using overhead = new OverheadWatch(budget);
    const socket = { bytesRead: 0, remoteAddress: '192.0.2.1', once: () => undefined };
    const closed: string[] = [];
    const allow = overhead.add(socket as unknown as Socket, () => closed.push('closed'));
    allow(50_000_000);
    socket.bytesRead = 51_000_000;
    await setTimeout(300);
    expect(closed).toEqual([]);
    socket.bytesRead += 3_000_000;
    await expect.poll(() => closed).not.toEqual([]);
    expect(['192.0.2.1', '192.0.2.2'].map((one) => budget.isSpent(one))).toEqual([true, false]);
    await expect.poll(() => budget.isSpent('192.0.2.1')).toBe(false);
  });

  it('gains nothing by requests that are broken off', async () => {
    using overhead = new OverheadWatch(new NetworkBudget());
    const socket = { bytesRead: 0, remoteAddress: '192.0.2.1', once: () => undefined };
    const closed: string[] = [];
    const allow = overhead.add(socket as unknown as Socket, () => closed.push('closed'));
    allow(50_000_000);
    allow(-50_000_000);
    socket.bytesRead = 3_000_000;
    await expect.poll(() => closed).not.toEqual([]);
  });
});
