import { anonymous, type Reader, type tokens } from '@hub/shared/identity';
import { participantOf } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import type { OwnedNotice } from './notice-log.js';
import { createReadable, type AskOwner } from './readable.js';

const person = (organisation: string, role: tokens.Role, subject = 'anna'): Reader => ({
  kind: 'person',
  organisation,
  role,
  subject,
  purpose: undefined,
});
const noticeOf = (more: Partial<OwnedNotice> = {}): OwnedNotice => ({
  sequence: 1,
  at: '2026-11-26T12:00:00Z',
  owner: 'dk',
  subject: 'dk:1',
  type: 'Officer',
  version: null,
  audience: 'readers',
  ...more,
});

/** Owners that show everything, and note who asked. */
function askAll(): { readonly ask: AskOwner; readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    ask: async (owner, reader, records) => {
      const who = reader.kind === 'person' ? reader.subject : 'nobody';
      for (const { subject } of records) asked.push(`${owner} ${who} ${subject}`);
      return new Map(records.map(({ subject }) => [subject, { isReadable: true, version: 3 }]));
    },
  };
}

const isTold = async (reader: Reader, notice: OwnedNotice, ask: AskOwner = askAll().ask) =>
  (await createReadable({ ask }).decide(reader, [notice]))[0]?.isReadable;

describe('createReadable', () => {
  const participant = participantOf('dk:1');
  it.each([
    ['everybody', participant, true],
    ['readers', participant, false],
    ['changes', participant, false],
    ['everybody', anonymous, true],
    ['readers', anonymous, false],
    ['changes', anonymous, false],
    ['readers', person('se', 'analyst'), true],
    ['changes', person('se', 'analyst'), false],
    ['changes', person('se', 'auditor'), true],
    ['changes', person('se', 'coordinator'), true],
    ['changes', person('se', 'liaison'), false],
    ['changes', person('dk', 'liaison'), true],
  ] as const)('of what is for %s, tells %o: %s', async (audience, reader, expected) => {
    expect(await isTold(reader, noticeOf({ audience }))).toBe(expected);
  });

  it('asks the owner of the record, and not the partner that changed something about it', async () => {
    const { ask, asked } = askAll();
    const notice = noticeOf({ owner: 'dk', subject: 'nbnp:stop', audience: 'everybody' });
    expect(await isTold(anonymous, notice, ask)).toBe(true);
    expect(asked).toEqual(['nbnp nobody nbnp:stop']);
  });

  it('tells nothing while the owner does not respond, and asks again', async () => {
    let isAway = true;
    const { ask } = askAll();
    const readable = createReadable({
      ask: async (...asked) => (isAway ? new Map() : ask(...asked)),
    });
    const notices = [noticeOf(), noticeOf({ audience: 'everybody' })];
    const reader = person('se', 'analyst');
    const [undecided, open] = await readable.decide(reader, notices);
    expect(undecided).toBeUndefined();
    expect(open?.isReadable).toBe(true);
    isAway = false;
    expect((await readable.decide(reader, notices))[0]).toEqual({ isReadable: true, version: 3 });
  });

  it('asks once for each person, and again after a minute', async () => {
    let now = 0;
    const { ask, asked } = askAll();
    const readable = createReadable({ ask, now: () => now });
    const notice = noticeOf();
    await readable.decide(person('se', 'analyst', 'anna'), [notice]);
    await readable.decide(person('se', 'analyst', 'anna'), [notice]);
    await readable.decide(person('se', 'analyst', 'bo'), [notice]);
    expect(asked).toEqual(['dk anna dk:1', 'dk bo dk:1']);
    now = 60_000;
    await readable.decide(person('se', 'analyst', 'anna'), [notice]);
    expect(asked.length).toBe(3);
  });
});
