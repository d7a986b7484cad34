import { silentLogger } from '@hub/shared/telemetry';
import { describe, expect, it } from 'vitest';
import type { PartnerAnswer } from '../partners/partner-port.js';
import { readAnswer } from '../partners/read-response.js';
import { askPartner, recordPartnerError } from './ask-partner.js';
import type { Fetch } from './fetch.js';
import { OperationRecord } from './operation-record.js';
import { InvalidAnswer } from './response/compile-projection.js';

/** What is said of a mutation that nbnp could not decide, for want of the answer of the one that it names. */
function recordUndecided(missing: string | undefined) {
  const operation = new OperationRecord('test', new AbortController().signal, Infinity);
  operation.recordStatus('nbnp', 'ANSWERED');
  const slice = {
    ports: new Map(),
    areNamed: true,
    model: { isContracted: true },
    recordCall: () => undefined,
    missedAs: (code: string) => (code === 'dk' ? 'TIMED_OUT' : undefined),
    logger: silentLogger,
  };
  const fetch = { slice, operation } as unknown as Fetch;
  const error = {
    path: ['done'],
    refusal: undefined,
    code: undefined,
    isUndecided: true,
    missing,
    extensions: {},
  };
  recordPartnerError(fetch, 'nbnp', error, ['done'], []);
  const { completeness, errors } = operation;
  return { partners: completeness.partners, named: errors.map(({ extensions }) => extensions) };
}

describe('a partner that lacks another’s response', () => {
  it('names the other as the hub itself missed it: the partner itself has answered', () => {
    expect(recordUndecided('dk')).toEqual({
      partners: { dk: { status: 'TIMED_OUT' }, nbnp: { status: 'ANSWERED' } },
      named: [{ code: 'PARTNER_TIMED_OUT', partner: 'dk' }],
    });
  });

  it.each(['fi', 'hub', '', undefined])(
    'names the partner itself, which may blame nobody whom the hub does not miss: %s',
    (missing) => {
      expect(recordUndecided(missing)).toEqual({
        partners: { nbnp: { status: 'UNAVAILABLE' } },
        named: [{ code: 'PARTNER_UNAVAILABLE', partner: 'nbnp' }],
      });
    },
  );
});

describe('a partner that says that the hub was too busy for its question', () => {
  /** What is said of it, where the hub refused the questions of this partner, or of none. */
  function recordBusy(refusing: string | undefined, extensions: object = { code: 'OVERLOADED' }) {
    const operation = new OperationRecord('test', new AbortController().signal, Infinity);
    operation.recordStatus('dk', 'ANSWERED');
    const slice = {
      areNamed: true,
      model: { isContracted: true },
      missedAs: () => undefined,
      isRefusedSince: (code: string, startedAt: number) =>
        code === refusing && startedAt === operation.startedAt,
    };
    const fetch = { slice, operation } as unknown as Fetch;
    const answer = readAnswer(
      {
        json: {
          data: { officer: { name: null } },
          errors: [{ path: ['officer', 'name'], extensions }],
        },
        httpStatus: 200,
      },
      () => true,
    );
    if ('fault' in answer) throw new Error(answer.reason);
    for (const error of answer.errors)
      recordPartnerError(fetch, 'dk', error, ['officer'], ['name']);
    const { completeness, errors, isRefused } = operation;
    const named = errors.map(({ path, extensions }) => ({ path, ...extensions }));
    return { completeness, named, isRefused };
  }
  const path = ['officer', 'name'];

  it('is not named where the hub did refuse it, and costs nobody else’s values', () => {
    expect(recordBusy('dk')).toEqual({
      completeness: { complete: false, partners: { dk: { status: 'ANSWERED' } } },
      named: [{ path, code: 'OVERLOADED', retryAfter: 1 }],
      isRefused: false,
    });
  });

  it.each(['PARTNER_UNAVAILABLE', 'PARTNER_TIMED_OUT'])(
    'is not named either where it got no response of the hub’s: %s',
    (code) => {
      expect(recordBusy('dk', { code, partner: 'hub' })).toEqual(recordBusy('dk'));
      expect(recordBusy('no', { code, partner: 'hub' })).toEqual(recordBusy('no'));
    },
  );

  it.each(['no', undefined])('is named itself where the hub did not: %s', (refusing) => {
    expect(recordBusy(refusing)).toEqual({
      completeness: { complete: false, partners: { dk: { status: 'UNAVAILABLE' } } },
      named: [{ path, code: 'PARTNER_UNAVAILABLE', partner: 'dk' }],
      isRefused: false,
    });
  });
});

describe('what a partner’s port has kept', () => {
  /** Whether the port is told to forget it, when an answer came that is taken as it is, or does not fit. */
  async function isForgotten(answer: PartnerAnswer, fits = true): Promise<boolean> {
    let forgotten = false;
    const port = {
      code: 'nbnp',
      ask: () => Promise.resolve(answer),
      forget: () => void (forgotten = true),
      close: () => Promise.resolve(),
    };
    const slice = {
      ports: new Map([['nbnp', port]]),
      areNamed: true,
      model: { isContracted: true },
      recordCall: () => undefined,
      recordMissed: () => Promise.resolve(),
      logger: silentLogger,
    };
    const operation = new OperationRecord('test', new AbortController().signal, Infinity);
    const fetch = { slice, operation } as unknown as Fetch;
    const document = {
      text: '{ x }',
      operationName: undefined,
      variables: [],
      parse: () => null,
      writeBody: () => '',
    };
    const question = { document, variables: {}, isRepeatable: true };
    await askPartner(fetch, 'nbnp', question, {
      isAskedPath: () => true,
      project(data) {
        if (!fits) throw new InvalidAnswer('It does not fit.');
        return data;
      },
    });
    return forgotten;
  }
  const given: PartnerAnswer = { json: { data: { x: 1 } }, httpStatus: 200 };

  it('goes where what came may have been kept, and does not fit', async () => {
    expect(await isForgotten(given, false)).toBe(true);
    expect(await isForgotten({ ...given, json: { data: 1 } })).toBe(true);
  });

  it('stays where it fits, and where nothing came: who waits no longer does not part those who still do', async () => {
    expect(await isForgotten(given)).toBe(false);
    expect(await isForgotten({ fault: 'TIMED_OUT', reason: 'late' })).toBe(false);
  });
});
