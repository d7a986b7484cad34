import { silentLogger } from '@hub/shared/telemetry';
import { describe, expect, it } from 'vitest';
import { recordPartnerError } from './ask-partner.js';
import type { Fetch } from './fetch.js';
import { OperationRecord } from './operation-record.js';

/** What is said of a mutation that nbnp could not decide, for want of the answer of the one that it names. */
function recordUndecided(missing: string | undefined) {
  const operation = new OperationRecord('test', new AbortController().signal, Infinity);
  operation.recordStatus('nbnp', 'ANSWERED');
  const slice = {
    ports: new Map(),
    areNamed: true,
    recordCall: () => undefined,
    isMissed: (code: string) => code === 'dk',
    logger: silentLogger,
  };
  const fetch = { slice, operation } as unknown as Fetch;
  const error = { path: ['done'], refusal: undefined, isUndecided: true, missing, extensions: {} };
  recordPartnerError(fetch, 'nbnp', error, ['done'], []);
  const { completeness, errors } = operation;
  return { partners: completeness.partners, named: errors.map(({ extensions }) => extensions) };
}

describe('PARTNER_UNAVAILABLE of a partner that lacks another’s answer', () => {
  it('names the other, where the hub misses it too: the partner itself has answered', () => {
    expect(recordUndecided('dk')).toEqual({
      partners: { dk: { status: 'UNAVAILABLE' }, nbnp: { status: 'ANSWERED' } },
      named: [{ code: 'PARTNER_UNAVAILABLE', partner: 'dk' }],
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
