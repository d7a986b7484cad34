import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { silentLogger } from '../../../system/logger.js';
import { createHttpServer, listen } from '../http-server.js';

const request = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';

async function open() {
  const http = await createHttpServer({ logger: silentLogger });
  const served = { count: 0 };
  http.get('/', async () => {
    served.count += 1;
    return 'here';
  });
  const port = Number(new URL(await listen(http, 0)).port);
  return { port, served, [Symbol.asyncDispose]: () => http.close() };
}

/** Only Linux and Windows take every address of 127.0.0.0/8 for this machine. */
const otherAddress = process.platform === 'darwin' ? '127.0.0.1' : '127.0.0.9';

function connectFrom(port: number, localAddress: string): Socket {
  return connect({ port, host: '127.0.0.1', localAddress }).on('error', () => undefined);
}

const ask = (port: number, agent: Agent): Promise<number> =>
  new Promise((resolve, reject) => {
    get({ port, host: '127.0.0.1', agent }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    }).once('error', reject);
  });

describe('a client that does not wait for responses', () => {
  it('may send eight requests at a time', async () => {
    await using server = await open();
    const socket = connectFrom(server.port, '127.0.0.1');
    let text = '';
    socket.on('data', (data) => (text += String(data)));
    for (const times of [1, 2, 3]) {
      socket.write(request.repeat(8));
      await expect.poll(() => text.match(/200 OK/g)?.length).toBe(8 * times);
    }
    socket.destroy();
  });

  it('is disconnected if it sends more, before they are served', async () => {
    await using server = await open();
    const socket = connectFrom(server.port, '127.0.0.1');
    socket.write(request.repeat(2_000));
    socket.resume();
    await once(socket, 'close');
    expect(server.served.count).toBeLessThanOrEqual(8);
  });

  it.skipIf(process.platform === 'darwin')(
    'cannot connect again until its network has rested, and costs no other network anything',
    async () => {
      await using server = await open();
      // On a slow machine it would rest between its attempts.
      vi.useFakeTimers({ toFake: ['performance'] });
      onTestFinished(() => void vi.useRealTimers());
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      expect(await ask(server.port, agent)).toBe(200);
      for (let attempt = 0; attempt < 20; attempt += 1) {
        const socket = connectFrom(server.port, otherAddress);
        socket.write(request.repeat(2_000));
        socket.resume();
        await once(socket, 'close');
        expect(await ask(server.port, agent)).toBe(200);
      }
      // Only the first few were let in, since a network may do this once a second.
      expect(server.served.count).toBeLessThan(21 + 20 * 8);
      const refused = connectFrom(server.port, otherAddress);
      refused.write(request);
      refused.resume();
      await once(refused, 'close');
      expect(refused.bytesRead).toBe(0);
      const waiting = async () => {
        const socket = connectFrom(server.port, otherAddress);
        socket.write(request.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'));
        socket.resume();
        await once(socket, 'close');
        return socket.bytesRead > 0;
      };
      vi.advanceTimersByTime(60_000);
      await expect.poll(waiting, { interval: 250 }).toBe(true);
      agent.destroy();
    },
  );
});
