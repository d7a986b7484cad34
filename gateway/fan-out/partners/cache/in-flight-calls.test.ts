import { anonymous, type Reader } from '@hub/shared/identity';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { PartnerCall, PartnerPort, PartnerResponse } from '../partner-port.js';
import { callOf as anyCallOf } from '../test-call.js';
import { InFlightCalls } from './in-flight-calls.js';

/** A partner that responds when the test says so, and the requests that it got. */
function createPartner() {
  const asked: { call: PartnerCall; answer: (response: PartnerResponse) => void }[] = [];
  const port: PartnerPort = {
    code: 'north',
    ask: (call) => new Promise((resolve) => asked.push({ call, answer: resolve })),
    close: () => Promise.resolve(),
  };
  return { port, asked };
}

const anna: Reader = {
  kind: 'person',
  organisation: 'dk',
  subject: 'anna',
  role: 'analyst',
  purpose: undefined,
};
const officer: Reader = {
  kind: 'participant',
  organisation: 'dk',
  subject: 'anna',
  person: 'dk:officer-1',
  purpose: undefined,
};

const callOf = (call: Partial<PartnerCall> = {}): PartnerCall =>
  anyCallOf({ reader: anna, requestId: 'first', ...call });

const openCalls = (port: PartnerPort) => {
  const calls = new InFlightCalls(port, 5_000);
  return {
    ask: (call: PartnerCall) => calls.ask(call),
    forget: () => calls.detach(),
  };
};

const given: PartnerResponse = { json: { data: { x: 1 } }, httpStatus: 200 };

describe('InFlightCalls', () => {
  it('sends one request for equal queries at the same time, under the first one’s request id', async () => {
    const { port, asked } = createPartner();
    const calls = openCalls(port);
    const answers = [
      calls.ask(callOf()),
      calls.ask(callOf({ reader: { ...anna }, requestId: 'second' })),
    ];
    expect(asked.map(({ call }) => call.requestId)).toEqual(['first']);
    asked[0]?.answer(given);
    expect(await Promise.all(answers)).toEqual([given, { ...given, isSecondHand: true }]);
  });

  it('sends a new request after the response', async () => {
    const { port, asked } = createPartner();
    const calls = openCalls(port);
    const first = calls.ask(callOf());
    asked[0]?.answer(given);
    await first;
    void calls.ask(callOf());
    expect(asked).toHaveLength(2);
  });

  it('sends an own request for what leaves other parts of the response as text', async () => {
    const { port, asked } = createPartner();
    const calls = openCalls(port);
    const layout = 'a';
    for (const call of [callOf(), callOf({ layout }), callOf({ layout })]) void calls.ask(call);
    expect(asked.map(({ call }) => call.layout)).toEqual([undefined, layout]);
  });

  it('sends an own request for another program, which the partner records', () => {
    const { port, asked } = createPartner();
    const calls = openCalls(port);
    for (const clientName of [undefined, 'desk', 'report', 'desk']) {
      void calls.ask(callOf({ clientName }));
    }
    expect(asked.map(({ call }) => call.clientName)).toEqual([undefined, 'desk', 'report']);
  });

  it.each([
    ['another organisation', { ...anna, organisation: 'no' }],
    ['another person', { ...anna, subject: 'bo' }],
    ['another role', { ...anna, role: 'coordinator' as const }],
    ['a participant of the same name', officer],
    ['another purpose', { ...anna, purpose: 'hosting' }],
    ['nobody’s name', anonymous],
  ])('sends an own request for %s', (_what, reader) => {
    const { port, asked } = createPartner();
    const calls = openCalls(port);
    void calls.ask(callOf());
    void calls.ask(callOf({ reader }));
    expect(asked.map(({ call }) => call.reader)).toEqual([anna, reader]);
  });

  it('sends an own request if anything differs', () => {
    const { port, asked } = createPartner();
    const calls = openCalls(port);
    void calls.ask(callOf());
    void calls.ask(callOf({ variables: { v: 1 } }));
    expect(asked).toHaveLength(2);
  });

  it('goes on when one caller leaves, and is cancelled with the last', async () => {
    const { port, asked } = createPartner();
    const calls = openCalls(port);
    const [one, two] = [new AbortController(), new AbortController()];
    const answers = [one, two].map(({ signal }) => calls.ask(callOf({ signal })));
    one.abort();
    expect(await answers[0]).toMatchObject({ failure: 'UNAVAILABLE' });
    expect(asked[0]?.call.signal.aborted).toBe(false);
    two.abort();
    expect(await answers[1]).toMatchObject({ failure: 'UNAVAILABLE' });
    expect(asked[0]?.call.signal.aborted).toBe(true);
    void calls.ask(callOf());
    expect(asked).toHaveLength(2);
  });

  it('serves no caller whose time ends before the call’s: the partner was told how long the hub waits', () => {
    const { port, asked } = createPartner();
    const calls = openCalls(port);
    void calls.ask(callOf());
    const deadline = Date.now() + 4_000;
    void calls.ask(callOf({ deadline }));
    void calls.ask(callOf({ deadline: deadline + 500 }));
    expect(asked.map(({ call }) => call.deadline)).toEqual([
      expect.any(Number),
      expect.closeTo(deadline, -2),
    ]);
  });

  it('sends an own request for a caller that has little time, with its own deadline', () => {
    const { port, asked } = createPartner();
    const calls = openCalls(port);
    const deadline = Date.now() + 1_000;
    void calls.ask(callOf({ deadline }));
    void calls.ask(callOf({ deadline }));
    void calls.ask(callOf());
    expect(asked.map(({ call }) => call.deadline)).toEqual([
      deadline,
      deadline,
      expect.any(Number),
    ]);
    expect(asked[2]?.call.deadline).toBeGreaterThan(deadline + 3_000);
  });

  it('sends a new request if the call in flight has taken long: it may never get a response', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const { port, asked } = createPartner();
      const calls = openCalls(port);
      const first = calls.ask(callOf());
      vi.setSystemTime(Date.now() + 4_000);
      const others = [calls.ask(callOf()), calls.ask(callOf())];
      expect(asked).toHaveLength(2);
      asked[1]?.answer(given);
      expect(await Promise.all(others)).toEqual([given, { ...given, isSecondHand: true }]);
      asked[0]?.answer(given);
      expect(await first).toEqual(given);
    } finally {
      vi.useRealTimers();
    }
  });

  it('sends nothing for a caller who has left or is late', async () => {
    const { port, asked } = createPartner();
    const calls = openCalls(port);
    const gone = await calls.ask(callOf({ signal: AbortSignal.abort() }));
    const late = await calls.ask(callOf({ deadline: Date.now() }));
    expect([gone, late]).toMatchObject([{ failure: 'UNAVAILABLE' }, { failure: 'TIMED_OUT' }]);
    expect(asked).toEqual([]);
  });

  it('serves no later caller with a call from before a write', async () => {
    const { port, asked } = createPartner();
    const calls = openCalls(port);
    const before = calls.ask(callOf());
    calls.forget();
    const [after, joined] = [calls.ask(callOf()), calls.ask(callOf())];
    expect(asked).toHaveLength(2);
    asked[0]?.answer(given);
    expect(await before).toEqual(given);
    expect(await Promise.race([after, wait(20, 'waits')])).toBe('waits');
    asked[1]?.answer(given);
    expect(await Promise.all([after, joined])).toMatchObject([given, given]);
  });

  it('rejects for every waiting caller if the port throws', async () => {
    const port: PartnerPort = {
      code: 'north',
      ask: () => Promise.reject(new Error('no')),
      close: () => Promise.resolve(),
    };
    const calls = openCalls(port);
    const answers = await Promise.allSettled([calls.ask(callOf()), calls.ask(callOf())]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
