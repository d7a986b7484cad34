import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { defaultLimits } from '../../../graphql/limits/limits.js';
import { openTestServer } from '../operations/test-graphql.js';

const limits = { ...defaultLimits, bodyBytes: 1_000 };

const readCode = async (response: Response): Promise<unknown> => {
  const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
  return errors[0]?.extensions.code;
};

describe('REQUEST_TOO_LARGE', () => {
  it('is read by a client that is still sending', async () => {
    await using server = await openTestServer({ limits });
    for (let index = 0; index < 12; index += 1) {
      const response = await server.post({ query: 'x'.repeat(5_000_000) });
      expect([response.status, await readCode(response)]).toEqual([413, 'REQUEST_TOO_LARGE']);
    }
  });

  it('is read by a client that sends a body of unknown length', async () => {
    await using server = await openTestServer({ limits });
    const body = new ReadableStream({
      start(controller) {
        for (let index = 0; index < 50; index += 1) controller.enqueue(new Uint8Array(100_000));
        controller.close();
      },
    });
    const init = { method: 'POST', body, duplex: 'half' } as RequestInit;
    const response = await fetch(`${server.origin}/graphql`, {
      ...init,
      headers: { 'content-type': 'application/json' },
    });
    expect([response.status, await readCode(response)]).toEqual([413, 'REQUEST_TOO_LARGE']);
  });

  it('is read after any other refusal too', async () => {
    await using server = await openTestServer({ limits });
    for (let index = 0; index < 5; index += 1) {
      const headers = { 'content-type': 'text/plain' };
      const response = await server.post('x'.repeat(5_000_000), headers);
      expect([response.status, await readCode(response)]).toEqual([415, 'BAD_REQUEST']);
    }
  });

  it('closes the connection of a client that continues sending', async () => {
    await using server = await openTestServer({ limits });
    const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(
      'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n',
    );
    const [head] = (await once(socket, 'data')) as [Buffer];
    expect(head.toString()).toContain('413');
    let sent = 0;
    const chunk = Buffer.alloc(1_000_000, 'x');
    const send = () => {
      while (!socket.destroyed && sent < 200_000_000 && socket.write(chunk)) sent += chunk.length;
    };
    socket.on('drain', send);
    send();
    await new Promise((resolve) => socket.once('close', resolve));
    expect(sent).toBeLessThan(100_000_000);
  });

  it('leaves a client two seconds for the rest of its body', async () => {
    await using server = await openTestServer({ limits });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
      socket.write(
        'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2000\r\n\r\n',
      );
      const [head] = (await once(socket, 'data')) as [Buffer];
      expect(head.toString()).toContain('413');
      const ended = once(socket, 'end');
      vi.advanceTimersByTime(1_999);
      // Had the connection ended, its end would have come before the response to a later request.
      expect((await server.post({ query: '{ greeting }' })).status).toBe(200);
      expect(socket.readableEnded).toBe(false);
      vi.advanceTimersByTime(1);
      await ended;
    } finally {
      vi.useRealTimers();
    }
  });
});
