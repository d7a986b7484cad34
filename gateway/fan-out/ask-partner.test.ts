import { silentLogger } from '@hub/shared/system';
import { describe, expect, it } from 'vitest';
import { askPartner } from './ask-partner.js';
import type { Fetch } from './fetch.js';
import { OperationRecord } from './operation-record.js';
import type { PartnerCall, PartnerResponse } from './partners/partner-port.js';
import { readResponse } from './partners/read-response.js';
import { TurnBudget } from './partners/turn-budget.js';
import { recordPartnerError } from './record-errors.js';
import { InvalidResponse } from './response/compile-projection.js';

/**
 * What is recorded of a mutation that nbnp could not decide, because it lacks the response of the
 * named partner.
 */
function recordUndecided(missing: string | undefined, isLate = false) {
  const operation = new OperationRecord('test', new AbortController().signal, Infinity);
  operation.recordStatus('nbnp', 'ANSWERED');
  const subgraph = {
    ports: new Map(),
    areNamed: true,
    model: { isContracted: true },
    recordCall: () => undefined,
    missedAs: (code: string) => (code === 'dk' ? 'TIMED_OUT' : undefined),
    logger: silentLogger,
  };
  const fetch = { subgraph, operation } as unknown as Fetch;
  const error = {
    path: ['done'],
    refusal: undefined,
    code: undefined,
    isUndecided: true,
    isLate,
    missing,
    extensions: {},
  };
  recordPartnerError(fetch, 'nbnp', error, ['done'], []);
  const { completeness, errors } = operation;
  return { partners: completeness.partners, named: errors.map(({ extensions }) => extensions) };
}

describe('a partner that lacks another’s response', () => {
  it('reports the other partner as it failed the hub: this partner responded', () => {
    expect(recordUndecided('dk')).toEqual({
      partners: { dk: { status: 'TIMED_OUT' }, nbnp: { status: 'ANSWERED' } },
      named: [{ code: 'PARTNER_TIMED_OUT', partner: 'dk' }],
    });
  });

  it.each(['fi', 'hub', '', undefined])(
    'reports the partner itself if it blames a partner that did not fail the hub: %s',
    (missing) => {
      expect(recordUndecided(missing)).toEqual({
        partners: { nbnp: { status: 'UNAVAILABLE' } },
        named: [{ code: 'PARTNER_UNAVAILABLE', partner: 'nbnp' }],
      });
    },
  );

  it('is late itself if it says that the other did not respond in time', () => {
    expect(recordUndecided('fi', true)).toEqual({
      partners: { nbnp: { status: 'TIMED_OUT' } },
      named: [{ code: 'PARTNER_TIMED_OUT', partner: 'nbnp' }],
    });
    expect(recordUndecided('dk', true)).toEqual(recordUndecided('dk'));
  });
});

describe('a partner that says that the hub was too busy for its request', () => {
  /** What is recorded if the hub refused a request of this partner’s own, or of no partner. */
  function recordBusy(refusing: string | undefined, extensions: object = { code: 'OVERLOADED' }) {
    const operation = new OperationRecord('test', new AbortController().signal, Infinity);
    operation.recordStatus('dk', 'ANSWERED');
    const subgraph = {
      areNamed: true,
      model: { isContracted: true },
      missedAs: () => undefined,
      isRefusedSince: (code: string, startedAt: number) =>
        code === refusing && startedAt === operation.startedAt,
    };
    const fetch = { subgraph, operation } as unknown as Fetch;
    const response = readResponse(
      {
        json: {
          data: { officer: { name: null } },
          errors: [{ path: ['officer', 'name'], extensions }],
        },
        httpStatus: 200,
      },
      { isAskedPath: () => true, isPassedOn: () => false },
    );
    if ('failure' in response) throw new Error(response.reason);
    for (const error of response.errors)
      recordPartnerError(fetch, 'dk', error, ['officer'], ['name']);
    const { completeness, errors, isRefused } = operation;
    const named = errors.map(({ path, extensions }) => ({ path, ...extensions }));
    return { completeness, named, isRefused };
  }
  const path = ['officer', 'name'];

  it('is not reported if the hub did refuse it, and only its own values are missing', () => {
    expect(recordBusy('dk')).toEqual({
      completeness: { complete: false, partners: { dk: { status: 'ANSWERED' } } },
      named: [{ path, code: 'OVERLOADED', retryAfter: 1 }],
      isRefused: false,
    });
  });

  it.each(['PARTNER_UNAVAILABLE', 'PARTNER_TIMED_OUT'])(
    'is not reported if it got no response from the hub: %s',
    (code) => {
      expect(recordBusy('dk', { code, partner: 'hub' })).toEqual(recordBusy('dk'));
      // Nor believed if the hub did respond: then it is the partner itself.
      expect(recordBusy('no', { code, partner: 'hub' }).named).toEqual([
        { path, code, partner: 'dk' },
      ]);
    },
  );

  it.each(['no', undefined])('is reported itself if the hub did not refuse it: %s', (refusing) => {
    expect(recordBusy(refusing)).toEqual({
      completeness: { complete: false, partners: { dk: { status: 'UNAVAILABLE' } } },
      named: [{ path, code: 'PARTNER_UNAVAILABLE', partner: 'dk' }],
      isRefused: false,
    });
  });
});

describe('the response of a partner’s port', () => {
  /** Whether the port is invalidated if a response is accepted, or does not fit. */
  async function isForgotten(response: PartnerResponse, fits = true): Promise<boolean> {
    return (await askOnce(response, fits)).forgotten;
  }

  async function askOnce(
    response: PartnerResponse,
    fits = true,
    other: Partial<Parameters<typeof askPartner>[2]> = {},
  ) {
    let forgotten = false;
    const asked: PartnerCall[] = [];
    const port = {
      code: 'nbnp',
      ask: (call: PartnerCall) => {
        asked.push(call);
        return Promise.resolve(response);
      },
      invalidate: () => void (forgotten = true),
      close: () => Promise.resolve(),
    };
    const subgraph = {
      ports: new Map([['nbnp', port]]),
      areNamed: true,
      model: { isContracted: true },
      recordCall: () => undefined,
      recordMissed: () => Promise.resolve(),
      waitedFor: () => undefined,
      logger: silentLogger,
    };
    const operation = new OperationRecord('test', new AbortController().signal, Infinity);
    const fetch = { subgraph, operation } as unknown as Fetch;
    const document = {
      text: '{ x }',
      operationName: undefined,
      variables: [],
      parse: () => null,
      writeBody: () => '',
    };
    const question = { document, variables: {}, isRepeatable: true, ...other };
    const settled = await askPartner(fetch, 'nbnp', question, {
      isAskedPath: () => true,
      isPassedOn: () => false,
      project(data) {
        if (!fits) throw new InvalidResponse('It does not fit.');
        return data;
      },
    });
    return { forgotten, settled, isCombined: asked[0]?.combinedIn === operation };
  }
  const given: PartnerResponse = { json: { data: { x: 1 } }, httpStatus: 200 };

  it('is dropped from the cache if it may be cached and does not fit', async () => {
    expect(await isForgotten(given, false)).toBe(true);
    expect(await isForgotten({ ...given, json: { data: 1 } })).toBe(true);
  });

  it('may be of a request for several calls, except of a mutation and in other words', async () => {
    const isCombined = async (other: object) => (await askOnce(given, true, other)).isCombined;
    expect(await isCombined({})).toBe(true);
    expect(await isCombined({ isRepeatable: false })).toBe(false);
    expect(await isCombined({ restore: (response: PartnerResponse) => response })).toBe(false);
  });

  it('is refused if it is long and its partner has used up its time, also from the cache', async () => {
    const budget = new TurnBudget(() => 0);
    const cached = { ...given, budget, isSecondHand: true, cachedSeconds: 60 };
    expect((await askOnce(cached)).settled).toEqual({ data: { x: 1 }, errors: [] });
    budget.charge(1_100);
    expect((await askOnce(cached)).settled).toMatchObject({ failure: 'RESPONSE_TOO_LARGE' });
    expect((await askOnce(given)).settled).toEqual({ data: { x: 1 }, errors: [] });
  });

  it('stays in the cache if it fits, or if there is none: a caller who left does not separate those who wait', async () => {
    expect(await isForgotten(given)).toBe(false);
    expect(await isForgotten({ failure: 'TIMED_OUT', reason: 'late' })).toBe(false);
  });
});

describe('an operation that has no time left, because a partner did not respond', () => {
  const late: PartnerResponse = { failure: 'TIMED_OUT', reason: 'late' };
  const unsent: PartnerResponse = { ...late, isSecondHand: true, hadMs: 0 };

  /** What is recorded when nbnp is late, and nothing is left for dk. */
  async function askBoth(isRepeatable: boolean) {
    const noted: string[] = [];
    const note = (kind: string) => (code: string) =>
      Promise.resolve(void noted.push(`${kind} ${code}`));
    const portOf = (code: string, response: PartnerResponse) => ({
      code,
      ask: () => Promise.resolve(response),
      close: () => Promise.resolve(),
    });
    const subgraph = {
      ports: new Map([
        ['nbnp', portOf('nbnp', late)],
        ['dk', portOf('dk', unsent)],
      ]),
      areNamed: true,
      model: { isContracted: true },
      recordCall: note('status'),
      recordMissed: note('missed'),
      waitedFor: () => undefined,
      meter: { called: note('metrics'), saved: note('saved') },
      logger: Object.assign(Object.create(silentLogger), {
        warn: ({ partner }: { readonly partner: string }) => note('log')(partner),
      }),
    };
    const operation = new OperationRecord('test', new AbortController().signal, Infinity);
    const fetch = { subgraph, operation } as unknown as Fetch;
    const document = {
      text: '{ x }',
      operationName: undefined,
      variables: [],
      parse: () => null,
      writeBody: () => '',
    };
    const check = { isAskedPath: () => true, isPassedOn: () => false, project: () => ({}) };
    await askPartner(fetch, 'nbnp', { document, variables: {}, isRepeatable: true }, check);
    const settled = await askPartner(fetch, 'dk', { document, variables: {}, isRepeatable }, check);
    return { noted: new Set(noted), settled, partners: operation.completeness.partners };
  }

  it('is counted for that partner in log, metrics and status, and for no other', async () => {
    const { noted, partners } = await askBoth(true);
    const of = ['log', 'metrics', 'missed', 'status'].map((kind) => `${kind} nbnp`);
    expect([...noted].toSorted()).toEqual(of);
    // Its rows are missing nevertheless.
    expect(partners).toMatchObject({ dk: { status: 'TIMED_OUT' } });
  });

  it('names that partner for a write that was not sent', async () => {
    const { settled, partners } = await askBoth(false);
    expect(settled).toEqual({ failure: 'TIMED_OUT', cause: 'nbnp' });
    expect(partners).toEqual({ nbnp: { status: 'TIMED_OUT' } });
  });
});
