import type { Reader } from '@hub/shared/identity';
import { describe, expect, it, vi } from 'vitest';
import type { PartnerAnswer, PartnerCall, PartnerPort } from '../partner-port.js';
import { callOf } from '../test-call.js';
import { sharePort, type Write } from './cached-port.js';
import { KeptAnswers } from './response-cache.js';

const fresh: PartnerAnswer = {
  json: { data: { offices: [] } },
  httpStatus: 200,
  freshness: { seconds: 60, bytes: 20 },
};
const overloaded: PartnerAnswer = { fault: 'OVERLOADED', reason: 'late' };
const failed: PartnerAnswer = { fault: 'TIMED_OUT', reason: 'late' };
const analyst: Reader = {
  kind: 'person',
  organisation: 'dk',
  subject: 'anna',
  role: 'analyst',
  purpose: undefined,
};

/** A partner that answers at once what a test says, unless it is to wait, and what stands before it. */
function openPartner({ maxAge = Infinity } = {}) {
  const partner = { answer: fresh, wait: undefined as Promise<void> | undefined };
  const asked: string[] = [];
  const writes: Write[] = [];
  const port: PartnerPort = {
    code: 'ncm',
    async ask({ query }) {
      asked.push(query);
      const { answer, wait } = partner;
      await wait;
      return answer;
    },
    close: () => Promise.resolve(),
  };
  const shared = sharePort(port, {
    deadlineMs: 5_000,
    kept: new KeptAnswers().openShelf(),
    maxAgeOf: () => maxAge,
    onWrite: (write) => Promise.resolve(void writes.push(write)),
  });
  const ask = (query = '{ offices { id } }', call: Partial<PartnerCall> = {}) =>
    shared.ask(callOf({ query, ...call }));
  const write = () => ask('mutation { x }', { isRepeatable: false });
  return { partner, asked, writes, shared, ask, write };
}

/** What a test lets happen when it likes. */
function createGate() {
  let open = () => {};
  const wait = new Promise<void>((resolve) => (open = resolve));
  return { wait, open: () => open() };
}

describe('sharePort', () => {
  it('answers everybody from what the partner lets be kept', async () => {
    const { asked, ask } = openPartner();
    await ask();
    const kept = await ask(undefined, { reader: analyst });
    expect(kept).toEqual({ json: { data: { offices: [] } }, httpStatus: 200, isSecondHand: true });
    expect(asked).toHaveLength(1);
  });

  it('keeps what it has where it is the hub itself that is late, and not where the partner is', async () => {
    const { partner, asked, ask } = openPartner();
    await ask();
    for (const answer of [overloaded, failed]) {
      partner.answer = answer;
      await ask('{ other }');
      partner.answer = fresh;
      await ask();
    }
    expect(asked).toEqual(['{ offices { id } }', '{ other }', '{ other }', '{ offices { id } }']);
  });

  it('asks for one who wants it fresh, and keeps what came for the others', async () => {
    const { partner, asked, ask } = openPartner();
    await ask();
    partner.answer = { ...fresh, json: { data: { offices: [1] } } };
    await ask(undefined, { wantsFresh: true });
    expect(await ask()).toMatchObject({ json: { data: { offices: [1] } } });
    expect(asked).toHaveLength(2);
  });

  it.each([
    ['variables', { variables: { a: 1 } }],
    ['the operation’s name', { operationName: 'Other' }],
    ['the document', { query: '{ offices { name } }' }],
  ])('asks where the question differs in %s', async (_what, call) => {
    const { asked, ask } = openPartner();
    await ask();
    await ask(undefined, call);
    expect(asked).toHaveLength(2);
  });

  it('does not believe a partner that lets what is restricted be kept', async () => {
    const { asked, ask } = openPartner({ maxAge: 0 });
    await ask();
    await ask();
    expect(asked).toHaveLength(2);
  });

  it('keeps nothing longer than the hub’s own copy of the contract says', async () => {
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

  it.each<[string, PartnerAnswer]>([
    ['what is nobody’s to keep', { json: { data: {} }, httpStatus: 200 }],
    ['errors', { ...fresh, json: { data: {}, errors: [{ message: 'x' }] } }],
    ['no data', { ...fresh, json: { data: null } }],
    ['no GraphQL', { ...fresh, json: [] }],
    ['a fault', failed],
  ])('keeps no answer that is %s', async (_what, answer) => {
    const { partner, asked, ask } = openPartner();
    partner.answer = answer;
    await ask();
    await ask();
    expect(asked).toHaveLength(2);
  });

  it('keeps nothing of a partner that fails', async () => {
    const { partner, asked, ask } = openPartner();
    await ask();
    partner.answer = failed;
    await ask('{ other }');
    expect(await ask()).toEqual(failed);
    expect(asked).toEqual(['{ offices { id } }', '{ other }', '{ offices { id } }']);
  });

  it('keeps what it has where the caller had too little time: that says nothing of the partner', async () => {
    const { partner, asked, ask } = openPartner();
    await ask();
    partner.answer = { ...failed, isSecondHand: true };
    await ask('{ other }');
    await ask();
    expect(asked).toEqual(['{ offices { id } }', '{ other }']);
  });

  it('keeps what it has where it is the client that goes away', async () => {
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

  it('keeps an answer from when it was asked for, also where who asked first has gone', async () => {
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
  it('is sent each time, however many are the same', async () => {
    const { asked, write } = openPartner();
    await Promise.all([write(), write()]);
    expect(asked).toEqual(['mutation { x }', 'mutation { x }']);
  });

  it('ends what is kept when it is over: until then nobody was told that it is done', async () => {
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

  it('that the partner refuses ends nothing that is kept, and nobody is told of it', async () => {
    const { partner, asked, writes, ask, write } = openPartner();
    await ask();
    const errors = [{ path: ['x'], extensions: { code: 'FORBIDDEN' } }];
    partner.answer = { json: { data: { x: null }, errors }, httpStatus: 200 };
    await write();
    await ask();
    expect(asked).toHaveLength(2);
    expect(writes).toEqual([]);
  });

  it('keeps no answer to what was asked before it ended', async () => {
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

  it('parts those who ask the same before it is over and after it', async () => {
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

  it('is told of when it is over, and whether it was answered', async () => {
    const { partner, writes, write } = openPartner();
    await write();
    partner.answer = failed;
    await write();
    expect(writes).toEqual([
      { partner: 'ncm', isUnanswered: false },
      { partner: 'ncm', isUnanswered: true },
    ]);
  });

  it('leaves nothing to be kept for a while where it was not answered: it may be done yet', async () => {
    const { partner, asked, ask, write } = openPartner();
    partner.answer = failed;
    await write();
    partner.answer = fresh;
    await ask();
    await ask();
    expect(asked).toHaveLength(3);
  });

  it('by way of another hub ends what is kept here, and what was asked before', async () => {
    const { partner, asked, shared, ask } = openPartner();
    await ask();
    const gate = createGate();
    partner.wait = gate.wait;
    const reading = ask('{ other }');
    shared.forget({ isUnanswered: false });
    gate.open();
    await reading;
    partner.wait = undefined;
    await ask();
    await ask('{ other }');
    expect(asked).toHaveLength(4);
  });
});
