import type { Reader } from '@hub/shared/identity';
import { describe, expect, it, vi } from 'vitest';
import { SlicedResponse } from '../../../engine/json/compile-parser.js';
import type { PartnerCall, PartnerPort, PartnerResponse } from '../partner-port.js';
import { callOf } from '../test-call.js';
import { createCachedPort, type Write } from './cached-port.js';
import { createDocumentJoiner } from './join-documents.js';
import { ResponseCache } from './response-cache.js';

const fresh: PartnerResponse = {
  json: { data: { offices: [] } },
  httpStatus: 200,
  freshness: { seconds: 60, bytes: 20 },
};
const overloaded: PartnerResponse = { failure: 'OVERLOADED', reason: 'late' };
const failed: PartnerResponse = { failure: 'TIMED_OUT', reason: 'late' };
const analyst: Reader = {
  kind: 'person',
  organisation: 'dk',
  subject: 'anna',
  role: 'analyst',
  purpose: undefined,
};

/**
 * A partner that responds at once, unless the test makes it wait, and the cached port in front of
 * it.
 */
function openPartner({ maxAge = Infinity } = {}) {
  const partner = { response: fresh, wait: undefined as Promise<void> | undefined };
  const asked: string[] = [];
  const writes: Write[] = [];
  const uncached: PartnerPort = {
    code: 'ncm',
    async ask({ query }) {
      asked.push(query);
      const { response, wait } = partner;
      await wait;
      return response;
    },
    close: () => Promise.resolve(),
  };
  const port = createCachedPort(uncached, {
    deadlineMs: 5_000,
    cache: new ResponseCache().openPartner(),
    maxAgeOf: () => maxAge,
    joinDocuments: createDocumentJoiner(),
    onWrite: (write) => Promise.resolve(void writes.push(write)),
  });
  const ask = (query = '{ offices { id } }', call: Partial<PartnerCall> = {}) =>
    port.ask(callOf({ query, ...call }));
  const write = () => ask('mutation { x }', { isRepeatable: false });
  return { partner, asked, writes, port, ask, write };
}

/** Lets a test decide when something happens. */
function createGate() {
  let open = () => {};
  const wait = new Promise<void>((resolve) => (open = resolve));
  return { wait, open: () => open() };
}

describe('createCachedPort', () => {
  it('responds to every caller from the cache, if the partner allows it', async () => {
    const { asked, ask } = openPartner();
    await ask();
    const kept = await ask(undefined, { reader: analyst });
    expect(kept).toEqual({
      json: { data: { offices: [] } },
      httpStatus: 200,
      isSecondHand: true,
      cachedSeconds: 60,
    });
    expect(asked).toHaveLength(1);
  });

  it('keeps a response without the text that its first caller left in it', async () => {
    const { partner, ask } = openPartner();
    const data = { offices: [{ ' id': '"id":"ncm:1"' }] };
    const bytes = Buffer.from('{"data":{"offices":[{"id":"ncm:1"}]}}');
    partner.response = { ...fresh, json: new SlicedResponse(data, bytes) };
    await ask();
    expect(await ask()).toMatchObject({ json: { data: { offices: [{ id: 'ncm:1' }] } } });
  });

  it('keeps its cache if the hub is late, and drops it if the partner is late', async () => {
    const { partner, asked, ask } = openPartner();
    await ask();
    for (const response of [overloaded, failed]) {
      partner.response = response;
      await ask('{ other }');
      partner.response = fresh;
      await ask();
    }
    expect(asked).toEqual(['{ offices { id } }', '{ other }', '{ other }', '{ offices { id } }']);
  });

  it('sends a request that must not be cached, and caches its response for the others', async () => {
    const { partner, asked, ask } = openPartner();
    await ask();
    partner.response = { ...fresh, json: { data: { offices: [1] } } };
    await ask(undefined, { wantsFresh: true });
    expect(await ask()).toMatchObject({ json: { data: { offices: [1] } } });
    expect(asked).toHaveLength(2);
  });

  it.each([
    ['variables', { variables: { a: 1 } }],
    ['the operation’s name', { operationName: 'Other' }],
    ['the document', { query: '{ offices { name } }' }],
  ])('sends a request that differs in %s', async (_what, call) => {
    const { asked, ask } = openPartner();
    await ask();
    await ask(undefined, call);
    expect(asked).toHaveLength(2);
  });

  it('joins what one operation asks, but no mutation, evidence, or response to be cached', async () => {
    const combinedIn = {};
    const keeper = {} as PartnerCall['keeper'];
    const countRequests = async (maxAge: number, call: Partial<PartnerCall> = {}) => {
      const { asked, ask } = openPartner({ maxAge });
      await Promise.all(['{ a }', '{ b }'].map((query) => ask(query, { combinedIn, ...call })));
      return asked.length;
    };
    expect(await countRequests(0)).toBe(1);
    expect(await countRequests(60)).toBe(2);
    expect(await countRequests(0, { keeper })).toBe(2);
    expect(await countRequests(0, { isRepeatable: false })).toBe(2);
    expect(await countRequests(0, { combinedIn: undefined })).toBe(2);
  });

  it('caches no restricted field, even if the partner allows it', async () => {
    const { asked, ask } = openPartner({ maxAge: 0 });
    await ask();
    await ask();
    expect(asked).toHaveLength(2);
  });

  it('caches nothing for longer than the hub’s own copy of the contract allows', async () => {
    const { asked, ask } = openPartner({ maxAge: 10 });
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      await ask();
      vi.advanceTimersByTime(9_999);
      await ask();
      expect(asked).toHaveLength(1);
      vi.advanceTimersByTime(1);
      await ask();
      expect(asked).toHaveLength(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it.each<[string, PartnerResponse]>([
    ['nothing that says how long it may be cached', { json: { data: {} }, httpStatus: 200 }],
    ['errors', { ...fresh, json: { data: {}, errors: [{ message: 'x' }] } }],
    ['no data', { ...fresh, json: { data: null } }],
    ['no GraphQL', { ...fresh, json: [] }],
    ['a failure', failed],
  ])('caches no response with %s', async (_what, response) => {
    const { partner, asked, ask } = openPartner();
    partner.response = response;
    await ask();
    await ask();
    expect(asked).toHaveLength(2);
  });

  it('drops the cache of a partner that fails', async () => {
    const { partner, asked, ask } = openPartner();
    await ask();
    partner.response = failed;
    await ask('{ other }');
    expect(await ask()).toEqual(failed);
    expect(asked).toEqual(['{ offices { id } }', '{ other }', '{ offices { id } }']);
  });

  it('keeps its cache if the caller had too little time: that says nothing about the partner', async () => {
    const { partner, asked, ask } = openPartner();
    await ask();
    partner.response = { ...failed, isSecondHand: true };
    await ask('{ other }');
    await ask();
    expect(asked).toEqual(['{ offices { id } }', '{ other }']);
  });

  it('keeps its cache if the client disconnects', async () => {
    const { partner, asked, ask } = openPartner();
    await ask();
    const gate = createGate();
    partner.wait = gate.wait;
    const client = new AbortController();
    const gone = ask('{ other }', { signal: client.signal });
    client.abort();
    await gone;
    await ask();
    expect(asked).toEqual(['{ offices { id } }', '{ other }']);
    gate.open();
  });

  it('counts the age of a response from its request, even if the first caller has left', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      const { partner, asked, ask } = openPartner();
      const gate = createGate();
      partner.wait = gate.wait;
      const client = new AbortController();
      const gone = ask(undefined, { signal: client.signal });
      vi.advanceTimersByTime(40_000);
      const second = ask();
      client.abort();
      await gone;
      gate.open();
      await second;
      vi.advanceTimersByTime(30_000);
      await ask();
      expect(asked).toHaveLength(2);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('a write', () => {
  it('is sent each time, even if it is the same', async () => {
    const { asked, write } = openPartner();
    await Promise.all([write(), write()]);
    expect(asked).toEqual(['mutation { x }', 'mutation { x }']);
  });

  it('clears the cache when it ends: before that, no client knows that it is done', async () => {
    const { partner, asked, ask, write } = openPartner();
    await ask();
    const gate = createGate();
    partner.wait = gate.wait;
    const writing = write();
    partner.wait = undefined;
    await ask();
    expect(asked).toHaveLength(2);
    gate.open();
    await writing;
    await ask();
    expect(asked).toHaveLength(3);
    await ask();
    expect(asked).toHaveLength(3);
  });

  it('clears nothing and notifies nobody if the partner refuses it', async () => {
    const { partner, asked, writes, ask, write } = openPartner();
    await ask();
    const errors = [{ path: ['x'], extensions: { code: 'FORBIDDEN' } }];
    partner.response = { json: { data: { x: null }, errors }, httpStatus: 200 };
    await write();
    await ask();
    expect(asked).toHaveLength(2);
    expect(writes).toEqual([]);
  });

  it('prevents caching of responses to queries that started before it ended', async () => {
    const { partner, asked, ask, write } = openPartner();
    const gate = createGate();
    partner.wait = gate.wait;
    const reading = ask();
    partner.wait = undefined;
    await write();
    gate.open();
    await reading;
    await ask();
    expect(asked).toHaveLength(3);
  });

  it('separates equal queries before and after its end', async () => {
    const { partner, asked, ask, write } = openPartner({ maxAge: 0 });
    const gate = createGate();
    partner.wait = gate.wait;
    const before = [ask(), ask()];
    const writeGate = createGate();
    partner.wait = writeGate.wait;
    const writing = write();
    partner.wait = gate.wait;
    const during = [ask(), ask()];
    writeGate.open();
    await writing;
    const after = [ask(), ask()];
    expect(asked.filter((query) => !query.startsWith('mutation'))).toHaveLength(2);
    gate.open();
    await Promise.all([...before, ...during, ...after]);
  });

  it('reports its end, and whether the partner responded', async () => {
    const { partner, writes, write } = openPartner();
    await write();
    partner.response = failed;
    await write();
    expect(writes).toEqual([
      { partner: 'ncm', isUndecided: false },
      { partner: 'ncm', isUndecided: true },
    ]);
  });

  it('stops caching for a while if the partner did not respond: it may still be executed', async () => {
    const { partner, asked, ask, write } = openPartner();
    partner.response = failed;
    await write();
    partner.response = fresh;
    await ask();
    await ask();
    expect(asked).toHaveLength(3);
  });

  it('through another hub clears the cache, and separates the queries before it', async () => {
    const { partner, asked, port, ask } = openPartner();
    await ask();
    const gate = createGate();
    partner.wait = gate.wait;
    const reading = ask('{ other }');
    port.invalidate({ isUndecided: false });
    gate.open();
    await reading;
    partner.wait = undefined;
    await ask();
    await ask('{ other }');
    expect(asked).toHaveLength(4);
  });
});
