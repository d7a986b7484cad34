import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isLengthRefusal, openServers, requestsWith, send, servers } from './bounded-servers.js';
import { findTextInputs } from './text-inputs.js';

/** 200 KB that composing takes the square of its time for. */
const marks = 'a\u0301\u0327'.repeat(40_000);

let opened: AsyncDisposable;
beforeAll(async () => {
  opened = await openServers();
}, 60_000);
afterAll(() => opened[Symbol.asyncDispose]());

describe.each(servers)('an argument or input field of $name', (server) => {
  it('accepts a text of the longest length', async () => {
    for (const input of findTextInputs(server.schema())) {
      for (const request of requestsWith(input, 'x'.repeat(input.most))) {
        const refusal = await send(server, request);
        expect.soft([input.name, isLengthRefusal(refusal)]).toEqual([input.name, false]);
      }
    }
  });

  it('refuses 200 KB of combining marks as fast as anything else', async () => {
    const ordinary = { query: `{ nothing } # ${'x'.repeat(Buffer.byteLength(marks))}` };
    let [attackMs, ordinaryMs] = [0, 0];
    for (const { name, query, variablesWith } of findTextInputs(server.schema())) {
      const startedAt = performance.now();
      const refusal = await send(server, { query, variables: variablesWith(marks) });
      const refusedAt = performance.now();
      expect.soft([name, isLengthRefusal(refusal)]).toEqual([name, true]);
      await send(server, ordinary);
      attackMs += refusedAt - startedAt;
      ordinaryMs += performance.now() - refusedAt;
    }
    expect(attackMs / ordinaryMs).toBeLessThan(5);
  });
});
