import type { ProxiedRequest } from '../faults/fault-proxy.js';
import { oversizeBytes } from '../faults/wire-faults.js';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openLibrary, type Library } from './library.js';

const deadlineMs = 1_000;
const isAsked = ({ query }: ProxiedRequest) => query !== '{ __typename }';

describe('a call to a partner', () => {
  let library: Library;
  beforeAll(async () => {
    library = await openLibrary({ deadlineMs, maxResponseBytes: 100_000 });
  });
  beforeEach(() => Promise.all(Object.values(library.proxies).map((proxy) => proxy.clear())));
  afterAll(() => library[Symbol.asyncDispose]());

  const north = () => library.proxies.north!;
  const asked = () => north().requests.filter(isAsked).length;
  const lend = 'mutation { lend(input: { copy: "north:1", reader: "x" }) { id } }';

  it('is repeated once, as a query, where the connection was reset', async () => {
    const before = asked();
    await north().set({ fault: 'resetBefore', on: isAsked, times: 1 });
    const answer = await library.ask('{ copy(id: "north:1") { id } }');
    expect(answer).toMatchObject({ data: { copy: { id: 'north:1' } } });
    expect(answer.errors).toBeUndefined();
    expect(answer.extensions.completeness.complete).toBe(true);
    expect(asked() - before).toBe(2);
  });

  it('is repeated once, as entities, where the connection was reset in mid-answer', async () => {
    const before = asked();
    await north().set({ fault: 'resetMidway', on: isAsked, times: 1 });
    const answer = await library.ask('{ books { copyCount } }');
    expect(answer.extensions.completeness.complete).toBe(true);
    expect(asked() - before).toBe(2);
  });

  it('is not repeated a second time', async () => {
    const before = asked();
    await north().set({ fault: 'resetBefore', on: isAsked });
    const answer = await library.ask('{ copy(id: "north:1") { id } }');
    expect(answer.errors?.[0]?.extensions.code).toBe('PARTNER_UNAVAILABLE');
    expect(asked() - before).toBe(2);
  });

  it.each(['status503', 'hang', 'garbage', 'truncatedLength', 'redirect'] as const)(
    'is not repeated where the partner did answer: %s',
    async (fault) => {
      const before = asked();
      await north().set({ fault, on: isAsked });
      await library.ask('{ copy(id: "north:1") { id } }');
      expect(asked() - before).toBe(1);
    },
  );

  it.each(['resetBefore', 'resetMidway', 'hang', 'status503'] as const)(
    'is never repeated, as a mutation: %s',
    async (fault) => {
      const before = asked();
      await north().set({ fault, on: isAsked });
      const answer = await library.ask(lend);
      expect(asked() - before).toBe(1);
      expect(answer.data).toEqual({ lend: null });
      expect(answer.errors).toHaveLength(1);
      expect(answer.errors?.[0]).toMatchObject({
        path: ['lend'],
        extensions: { partner: 'north' },
      });
      expect(answer.extensions.written).toBeUndefined();
    },
  );

  it('says of a mutation that is acknowledged that it is written, whatever becomes of the rest', async () => {
    await library.proxies.catalogue!.set({ fault: 'status500', on: 'entities' });
    const answer = await library.ask(
      'mutation { lend(input: { copy: "north:1", reader: "x" }) { id book { title } } }',
    );
    expect(answer.data).toEqual({ lend: { id: 'north:1', book: null } });
    expect(answer.extensions.written).toEqual(['lend']);
    expect(answer.errors?.[0]).toMatchObject({
      path: ['lend'],
      extensions: { code: 'PARTNER_UNAVAILABLE', partner: 'catalogue' },
    });
  });

  it('is given up when the client goes away', async () => {
    await north().set({ fault: 'hang', on: isAsked });
    const { abandoned } = north();
    const client = new AbortController();
    const contextValue = await library.hub.createContext({
      requestId: 'test',
      signal: client.signal,
    });
    const asking = library.hub.pipeline.run({ query: '{ loans }' }, contextValue);
    await expect.poll(() => north().requests.at(-1)?.fault).toBe('hang');
    client.abort();
    await asking;
    await expect.poll(() => north().abandoned).toBe(abandoned + 1);
  });

  it('reads no more than is allowed of an answer without end', async () => {
    await north().set({ fault: 'oversize', on: isAsked });
    const before = process.memoryUsage().rss;
    for (let round = 0; round < 10; round++) {
      const answer = await library.ask('{ loans }');
      expect(answer.errors?.[0]?.extensions.code).toBe('PARTNER_RESPONSE_TOO_LARGE');
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(oversizeBytes / 4);
  });

  it('is not made once the deadline of the operation has passed', async () => {
    const before = asked();
    const late = await openLibrary({ deadlineMs, operationDeadlineMs: 0 });
    await using _ = late;
    const answer = await late.ask('{ copy(id: "north:1") { id } }');
    expect(answer.errors?.[0]?.extensions.code).toBe('PARTNER_TIMED_OUT');
    expect(asked()).toBe(before);
  });

  it('ends with the deadline of the operation, over several steps', async () => {
    // The partner itself would have longer than this test.
    const slow = await openLibrary({ deadlineMs: 600_000, operationDeadlineMs: 400 });
    await using _ = slow;
    await slow.proxies.north!.set({ fault: 'hang', on: isAsked });
    const answer = await slow.ask('{ copies { nodes { book { title } } } }');
    expect(answer.extensions.completeness.partners.north).toEqual({ status: 'TIMED_OUT' });
  });
});
