import { anonymous, type Reader } from '@hub/shared/identity';
import type { Logger } from '@hub/shared/system';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  callers,
  type Application,
  type TrustMode,
  type TrustModes,
} from '../../server/applications.js';
import { createTrustedDocuments } from './trusted-documents.js';

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const applicationOf = (text: string): Application => ({
  name: 'contacts',
  version: '1',
  owner: 'dk',
  documents: new Map([[hashOf(text), text]]),
});
const known = 'query Known { __typename }';
const own = 'query Own { __typename }';
const other = 'query Other { __typename }';

const byId = (text: string) => ({
  extensions: { persistedQuery: { version: 1 as const, sha256Hash: hashOf(text) } },
});
const readerOf = (caller: (typeof callers)[number] | 'service'): Reader =>
  caller === 'anonymous'
    ? anonymous
    : { kind: 'person', organisation: 'dk', subject: 'x', role: caller, purpose: undefined };

type Sent = Parameters<ReturnType<typeof createTrustedDocuments>>[0];

function open(modes: Partial<TrustModes>, otherwise: TrustMode) {
  const lines: object[] = [];
  const logger = { info: (line: object) => lines.push(line) } as unknown as Logger;
  const all = Object.fromEntries(callers.map((caller) => [caller, modes[caller] ?? otherwise]));
  const trust = { applications: [applicationOf(known)], modes: all as TrustModes };
  const resolve = createTrustedDocuments(trust, [applicationOf(own)], logger);
  return {
    lines,
    /** The text that runs, `unknown` if the hub must look it up elsewhere, or the code. */
    ask(sent: Sent, caller: (typeof callers)[number] | 'service' = 'anonymous') {
      try {
        return resolve(sent, { requestId: 'r1', reader: readerOf(caller) }).query ?? 'unknown';
      } catch (error) {
        return (error as { code: string }).code;
      }
    },
  };
}

const refused = 'DOCUMENT_NOT_TRUSTED';

describe('trusted documents', () => {
  // The table of docs/write-a-dashboard.md, for each kind of caller, while all others have another mode.
  const table = {
    off: { id: 'unknown', text: known, otherId: 'unknown', otherText: other, logged: 0 },
    log: { id: known, text: known, otherId: 'unknown', otherText: other, logged: 2 },
    prefer: { id: known, text: known, otherId: 'unknown', otherText: other, logged: 0 },
    only: { id: known, text: known, otherId: refused, otherText: refused, logged: 0 },
  } as const;
  const cases = callers.flatMap((caller) =>
    Object.entries(table).map(([mode, expected]) => ({
      caller,
      mode: mode as TrustMode,
      expected,
    })),
  );

  it.each(cases)('$mode holds for $caller alone', ({ caller, mode, expected }) => {
    const { ask, lines } = open({ [caller]: mode }, mode === 'only' ? 'off' : 'only');
    expect({
      id: ask(byId(known), caller),
      text: ask({ query: known }, caller),
      otherId: ask(byId(other), caller),
      otherText: ask({ query: other }, caller),
      logged: lines.length,
    }).toEqual(expected);
    expect(ask(byId(own), caller)).toBe(own);
    expect(ask({ query: own }, caller)).toBe(own);
  });

  it('lets a partner’s own server ask everything', () => {
    const { ask } = open({}, 'only');
    expect(ask({ query: other }, 'service')).toBe(other);
  });

  it('logs the hash and the name of a document, never its text', () => {
    const { ask, lines } = open({}, 'log');
    ask({ query: other, operationName: 'Other' });
    expect(lines).toEqual([{ requestId: 'r1', documentHash: hashOf(other), operation: 'Other' }]);
  });

  it('logs the hash of a persisted query that is not trusted too', () => {
    const { ask, lines } = open({}, 'log');
    ask(byId(known));
    ask(byId(other));
    expect(lines).toEqual([{ requestId: 'r1', documentHash: hashOf(other), operation: undefined }]);
  });
});
