import { GraphQLString } from 'graphql';
import { describe, expect, it } from 'vitest';
import { anonymous, type Reader } from '../../identity/reader.js';
import {
  createSignal,
  openTestServer,
  type TestContext,
} from '../../server/http/operations/test-graphql.js';
import { FairSlots } from '../limits/fair-slots.js';
import { partnerLimits } from '../limits/limits.js';
import { admitReaders, createOperationGate } from './operation-gate.js';

const caller = { group: 'dk', member: 'dk a' };

/** A server that executes one operation at a time. The test decides when `slow` resolves. */
async function openServer() {
  const slots = new FairSlots({
    total: 1,
    perGroup: 1,
    perMember: 1,
    waiting: 1,
    longestWaitMs: 60_000,
  });
  const answered = createSignal<string>();
  const gate = createOperationGate<TestContext>(() => ({ slots, caller }));
  const server = await openTestServer({
    hooks: [gate.hooks],
    fields: {
      slow: { type: GraphQLString, resolve: () => answered.promise },
      quick: { type: GraphQLString, resolve: () => 'here' },
    },
  });
  const ask = (text: string) => server.post({ query: text });
  return { ask, slots, gate, answered, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

describe('OVERLOADED', () => {
  it('is a 503 with Retry-After for an operation when the queue is full', async () => {
    await using server = await openServer();
    const slow = server.ask('{ slow }');
    await expect.poll(() => server.slots.active).toBe(1);
    const waiting = server.ask('{ quick }');
    await expect.poll(() => server.slots.waiting).toBe(1);
    const refused = await server.ask('{ quick }');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await refused.json()).toMatchObject({
      errors: [
        { message: 'The server is busy.', extensions: { code: 'OVERLOADED', retryAfter: 1 } },
      ],
    });
    server.answered.resolve('done');
    const answers = await Promise.all([slow, waiting].map(async (one) => (await one).json()));
    expect(answers).toEqual([{ data: { slow: 'done' } }, { data: { quick: 'here' } }]);
    expect([server.slots.active, server.slots.waiting]).toEqual([0, 0]);
  });
});

describe('createOperationGate', () => {
  it('releases the slot of a refused operation, and takes none for an invalid one', async () => {
    await using server = await openServer();
    for (const text of ['{ nothing }', '{', '{ quick }', 'mutation { quick }'])
      await server.ask(text);
    expect(server.slots.active).toBe(0);
  });

  it('releases the slots of idle operations once', async () => {
    await using server = await openServer();
    const slow = server.ask('{ slow }');
    await expect.poll(() => server.slots.active).toBe(1);
    server.gate.releaseIdle(() => false);
    expect(server.slots.active).toBe(1);
    server.gate.releaseIdle(() => true);
    expect(await (await server.ask('{ quick }')).json()).toEqual({ data: { quick: 'here' } });
    server.answered.resolve('done');
    await slow;
    expect(server.slots.active).toBe(0);
  });
});

describe('admitReaders', () => {
  const person = (role: 'coordinator' | 'service'): Reader => ({
    kind: 'person',
    organisation: 'dk',
    subject: 'a',
    role,
    purpose: undefined,
  });

  it('reserves slots for partners’ own servers', () => {
    const admit = admitReaders(partnerLimits);
    const of = (reader: Reader) => admit({ reader }).slots;
    expect(of(person('coordinator'))).toBe(of(anonymous));
    expect(of(person('service'))).not.toBe(of(anonymous));
  });
});
