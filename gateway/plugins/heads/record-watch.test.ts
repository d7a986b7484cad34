import { silentLogger } from '@hub/shared/system';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createRecordWatch } from './record-watch.js';

/** A hub’s watch of one partner, which speaks TCP as the test says. */
async function watch(respond: (socket: Socket) => void) {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined));
    socket.once('data', () => respond(socket));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const written: unknown[] = [];
  const watched = createRecordWatch({
    partners: [{ code: 'dk', url: `http://127.0.0.1:${port}/graphql` }],
    heads: {
      read: () => Promise.resolve({}),
      write: (_code, known) => Promise.resolve(void written.push(known)),
    },
    sign: () => ({}),
    logger: silentLogger,
    deadlineMs: 200,
  });
  onTestFinished(async () => {
    await watched[Symbol.asyncDispose]();
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { checkAll: watched.checkAll, written };
}

describe('a check of a partner’s record', () => {
  it('ends if the partner sends informational responses without end', async () => {
    const hints = 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'.repeat(1_000);
    const { checkAll, written } = await watch((socket) => {
      const write = () => {
        while (!socket.destroyed && socket.write(hints));
      };
      socket.on('drain', write);
      write();
    });
    await checkAll();
    expect(written).toEqual([]);
  });

  it('ends if the partner goes on sending a byte at a time', async () => {
    const { checkAll, written } = await watch((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n');
      const timer = setInterval(() => socket.write(' '), 20);
      socket.on('close', () => clearInterval(timer));
    });
    await checkAll();
    expect(written).toEqual([]);
  });
});
