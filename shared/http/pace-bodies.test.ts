import fastify from 'fastify';
import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { paceBodies } from './pace-bodies.js';

/** How many parts of bodies the server reads in each turn of the event loop. */
async function readTurns(pace: typeof paceBodies | undefined): Promise<number[]> {
  const http = fastify({ bodyLimit: 10_000_000 });
  const turns: number[] = [0];
  pace?.(http);
  http.addHook('preParsing', ({ raw }, _reply, payload, done) => {
    raw.on('data', () => (turns[turns.length - 1]! += 1));
    done(null, payload);
  });
  http.removeAllContentTypeParsers();
  http.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  http.post('/', ({ body }) =>
    createHash('sha256')
      .update(body as Buffer)
      .digest('hex'),
  );
  const origin = await http.listen({ port: 0 });
  const body = Buffer.alloc(5_000_000, 'The body arrives whole. ');
  const hash = createHash('sha256').update(body).digest('hex');
  let isOver = false;
  const sent = fetch(origin, { method: 'POST', body, headers: { 'content-type': 'x/y' } })
    .then((response) => response.text())
    .finally(() => (isOver = true));
  while (!isOver) {
    await turn();
    turns.push(0);
  }
  expect(await sent).toBe(hash);
  await http.close();
  return turns;
}

it('reads one part of a long body in each turn of the event loop', async () => {
  expect(Math.max(...(await readTurns(paceBodies)))).toBe(1);
  // Without it, a turn reads whatever has come.
  expect(Math.max(...(await readTurns(undefined)))).toBeGreaterThan(1);
});
