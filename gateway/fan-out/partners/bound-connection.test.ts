import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createPartnerClient } from './partner-client.js';
import { callOf } from './test-call.js';

const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
const inPieces = `${head}transfer-encoding: chunked\r\n\r\n`;
const body = '{"data":{"x":1}}';

/** Sends a text again and again, for as long as it is read. */
function repeat(socket: Socket, text: string): void {
  const piece = Buffer.from(text.repeat(1_000));
  const write = () => {
    while (!socket.destroyed && socket.write(piece));
  };
  socket.on('drain', write);
  write();
}

/** A partner that speaks TCP as the test says, and the hub’s client for it. */
async function speak(respond: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    socket.on('data', (sent) => {
      if (sent.toString().endsWith('}')) respond(socket);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/graphql`;
  const settings = { code: 'north', url, deadlineMs: 60_000, maxResponseBytes: 1_000 };
  const client = createPartnerClient(settings);
  onTestFinished(async () => {
    await client.close();
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { ask: () => client.ask(callOf()), sockets };
}

describe('what a partner sends in reply to one call', () => {
  it.each([
    ['informational responses', '', 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'],
    ['empty lines', '', '\r\n'],
    ['a reason', 'HTTP/1.1 200 ', 'because '],
    ['what stands beside the length of a piece', `${inPieces}1;a=`, 'because'],
    ['pieces of a byte', inPieces, '1\r\n \r\n'],
    ['trailers', `${inPieces}1\r\n1\r\n0\r\n`, 'a: b\r\n'],
  ])('is too large if %s never end', async (_what, start, endless) => {
    const { ask } = await speak((socket) => {
      socket.write(start);
      repeat(socket, endless);
    });
    expect(await ask()).toMatchObject({ failure: 'RESPONSE_TOO_LARGE' });
  });

  it('is too large in more pieces than there is memory for, however few bytes they are', async () => {
    const { ask } = await speak((socket) => {
      socket.write(`${inPieces}${'1\r\n \r\n'.repeat(500)}10\r\n${body}\r\n0\r\n\r\n`);
    });
    expect(await ask()).toMatchObject({ failure: 'RESPONSE_TOO_LARGE' });
  });

  it('is counted for each call by itself, on a connection that is used again', async () => {
    const hints = 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'.repeat(1_000);
    const { ask, sockets } = await speak((socket) => {
      socket.write(`${hints}${head}content-length: ${body.length}\r\n\r\n${body}`);
    });
    for (let call = 0; call < 5; call += 1)
      expect(await ask()).toEqual({ json: { data: { x: 1 } }, httpStatus: 200 });
    expect(sockets.size).toBeLessThan(3);
  });
});
