import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openHubOfWorkers } from '../network/open-hub-of-workers.js';

const body = '{"query":"{ __typename }"}';
const question = `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

/** The response; empty where the connection was closed instead. */
async function ask(socket: Socket): Promise<string> {
  socket.write(question);
  await Promise.race([once(socket, 'readable'), once(socket, 'close')]);
  return String(socket.read() ?? '');
}

/** A client asks again just before the hub’s word on how long it may keep a connection is over. */
const marginMs = 500;

describe.runIf(process.platform === 'linux')('SIGHUP while a client keeps a connection', () => {
  it('does not close it before the time that the client was told, and ends it with the next response', async () => {
    await using hub = await openHubOfWorkers();
    const [, port] = await hub.command.until(/"url":"http:\/\/127\.0\.0\.1:(\d+)/);
    const sockets = [0, 1, 2, 3].map(() => connect(Number(port), '127.0.0.1'));
    const told = await Promise.all(sockets.map(ask));
    const ms = Number(/keep-alive: timeout=(\d+)/i.exec(told[0] ?? '')?.[1]) * 1_000;
    const rested = wait(ms - marginMs);
    hub.command.kill('SIGHUP');
    const reloaded = hub.command.until(/"msg":"reloaded"/);
    await hub.command.until(/"msg":"new workers serve requests"/);
    await rested;
    const responses = await Promise.all(sockets.map(ask));
    for (const response of responses) {
      expect(response).toMatch(/^HTTP\/1\.1 200 /);
      expect(response).toMatch(/^connection: close/im);
    }
    await reloaded;
  });
});
