import { describe, expect, it } from 'vitest';
import { createKey } from '../../identity/secret.js';
import { bothDatabases } from '../../testing/databases.js';
import type { OpenSession, SentSecret } from './sessions.js';
import {
  day,
  hour,
  minute,
  openParticipants,
  second,
  type Participants,
} from './test-participants.js';

/** Opens a session that must open. */
async function open(partner: Participants, link?: SentSecret): Promise<SentSecret> {
  return opened(await partner.redeem(link ?? (await partner.invite())));
}

function opened(session: OpenSession | 'LINK_USED' | undefined): SentSecret {
  if (!session || session === 'LINK_USED' || session.secret === undefined)
    throw new Error('Nothing was opened.');
  const { id, secret } = session;
  return { id, secret };
}

describe.each(bothDatabases)('the link of an invitation on $name', (kind) => {
  it('opens one session within seven days, and not a moment later', async () => {
    await using partner = await openParticipants(kind);
    const [first, second_] = [await partner.invite(), { now: partner.state.now }];
    partner.state.now += 7 * day - 1;
    expect(await partner.redeem(first)).toMatchObject({
      personId: 'dk:o',
      accessEndsOn: '2027-05-01',
    });
    partner.state.now = second_.now;
    const late = await partner.invite();
    partner.state.now += 7 * day;
    expect(await partner.redeem(late)).toBeUndefined();
    expect(await partner.openSessions()).toHaveLength(1);
  });

  it('opened again ends the session that it made, and shows that', async () => {
    await using partner = await openParticipants(kind);
    const link = await partner.invite();
    const thief = await open(partner, link);
    expect((await partner.invitation(link)).triedAgainAt).toBeNull();
    partner.state.now += hour;
    expect(await partner.redeem(link)).toBe('LINK_USED');
    expect((await partner.invitation(link)).triedAgainAt).toBe('2027-03-01T11:00:00.000Z');
    expect(await partner.renew(thief)).toBeUndefined();
    expect(await partner.openSessions()).toEqual([]);
    expect(await partner.redeem(link)).toBe('LINK_USED');
  });

  it.each([2, 8])(
    'opened %s times at once, at two processes, leaves nobody inside',
    async (times) => {
      await using partner = await openParticipants(kind);
      const link = await partner.invite();
      const all = await Promise.all(
        Array.from({ length: times }, (_, process) => partner.redeem(link, process)),
      );
      const sessions = all.filter((one) => one !== 'LINK_USED');
      expect(sessions).toHaveLength(1);
      expect(await partner.renew(opened(sessions[0]))).toBeUndefined();
    },
  );

  it('ends after ten wrong secrets, also at once, and not after nine', async () => {
    await using partner = await openParticipants(kind);
    const wrong = async (link: SentSecret, times: number) => {
      const tries = Array.from({ length: times }, (_, process) =>
        partner.redeem({ id: link.id, secret: createKey() }, process),
      );
      expect(new Set(await Promise.all(tries))).toEqual(new Set([undefined]));
    };
    const nine = await partner.invite();
    await wrong(nine, 9);
    expect(await open(partner, nine)).toBeDefined();
    // Nobody who guesses ends a session.
    await wrong(nine, 12);
    expect(await partner.openSessions()).toHaveLength(1);
    const ten = await partner.invite();
    await wrong(ten, 10);
    expect(await partner.redeem(ten)).toBeUndefined();
  });

  it.each<[string, (partner: Participants) => Promise<unknown>]>([
    ['whose access was ended', (partner) => partner.endAccess()],
    ['who was erased', (partner) => partner.erase()],
    ['whose access is over', async ({ state }) => void (state.now = Date.parse('2027-05-02'))],
  ])('opens nothing for a person %s', async (_who, change) => {
    await using partner = await openParticipants(kind);
    const link = await partner.invite({ expiresAt: '2028-01-01T00:00:00.000Z' });
    await change(partner);
    expect(await partner.redeem(link)).toBeUndefined();
    expect(await partner.openSessions()).toEqual([]);
  });

  it('is stored as a hash alone, and so are secrets', async () => {
    await using partner = await openParticipants(kind);
    const link = await partner.invite();
    const session = await open(partner, link);
    partner.state.now += hour;
    const next = opened(await partner.renew(session));
    const tables = ['invitations', 'participant_sessions'];
    const rows = await Promise.all(
      tables.map((table) => partner.source.query<object[]>(`SELECT * FROM "${table}"`)),
    );
    for (const { secret } of [link, session, next])
      expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it('refuses two open invitations of one person, whatever the code does', async () => {
    await using partner = await openParticipants(kind);
    await partner.invite();
    await expect(partner.invite()).rejects.toThrow();
  });
});

describe.each(bothDatabases)('a session on $name', (kind) => {
  it('is renewed with another secret after a minute, and with the same before', async () => {
    await using partner = await openParticipants(kind);
    const first = await open(partner);
    partner.state.now += 59 * second;
    expect(await partner.renew(first)).toMatchObject({ secret: undefined });
    partner.state.now += second;
    const next = opened(await partner.renew(first));
    expect(next).not.toEqual(first);
    partner.state.now += 2 * minute;
    expect(opened(await partner.renew(next))).toMatchObject({ id: first.id });
  });

  it('survives lost responses: the old secret is good until the new one was used', async () => {
    await using partner = await openParticipants(kind);
    const first = await open(partner);
    for (let times = 0; times < 3; times += 1) {
      partner.state.now += hour;
      expect(await partner.renew(first)).toMatchObject({ id: first.id });
    }
    partner.state.now += hour;
    const next = opened(await partner.renew(first));
    expect(await partner.renew(next)).toMatchObject({ secret: undefined });
  });

  it.each([
    ['the one before', 1],
    ['an older one', 2],
  ])('ends for both if %s comes after the newest was used', async (_what, back) => {
    await using partner = await openParticipants(kind);
    const link = await partner.invite();
    const secrets = [await open(partner, link)];
    for (let times = 0; times < 3; times += 1) {
      partner.state.now += hour;
      secrets.push(opened(await partner.renew(secrets.at(-1)!)));
    }
    expect(await partner.renew(secrets.at(-1)!)).toBeDefined();
    expect(await partner.renew(secrets.at(-1 - back)!)).toBeUndefined();
    expect(await partner.renew(secrets.at(-1)!)).toBeUndefined();
    expect((await partner.invitation(link)).triedAgainAt).not.toBeNull();
  });

  it('gives one of several tabs the next secret, at two processes', async () => {
    await using partner = await openParticipants(kind);
    const first = await open(partner);
    partner.state.now += hour;
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, process) => partner.renew(first, process)),
    );
    expect(all.every((one) => one !== undefined)).toBe(true);
    const given = all.flatMap((one) => one?.secret ?? []);
    expect(given).toHaveLength(1);
    expect(await partner.renew({ id: first.id, secret: given[0]! })).toBeDefined();
  });

  it('asks for her journeys only for who has a secret of it, and says when she was invited', async () => {
    await using partner = await openParticipants(kind);
    const link = await partner.invite();
    partner.state.now += 2 * day;
    const session = await open(partner, link);
    await partner.renew({ id: session.id.replace(/^./, '!'), secret: session.secret });
    expect(partner.state.asked).toEqual([]);
    await partner.renew(session);
    expect(partner.state.asked).toEqual(['dk:o 2027-03-01']);
    await partner.renew({ id: session.id, secret: createKey() });
    expect(partner.state.asked).toHaveLength(1);
  });

  it('ends with her access: the day counts, and moves with her journeys', async () => {
    await using partner = await openParticipants(kind);
    let session = await open(partner);
    const renewAt = async (time: string) => {
      partner.state.now = Date.parse(time);
      const renewed = await partner.renew(session);
      if (renewed?.secret !== undefined) session = { id: session.id, secret: renewed.secret };
      return renewed?.accessEndsOn;
    };
    partner.state.lastDay = '2027-06-10';
    expect(await renewAt('2027-05-02T00:00:00Z')).toBe('2027-06-10');
    partner.state.lastDay = undefined;
    expect(await renewAt('2027-06-10T23:59:59Z'), 'the hub is down').toBe('2027-06-10');
    expect(await renewAt('2027-06-11T00:00:00Z')).toBeUndefined();
    partner.state.lastDay = '2028-01-01';
    expect(await renewAt('2027-06-11T00:00:01Z'), 'what has ended stays so').toBeUndefined();
  });

  it.each<[string, (partner: Participants) => unknown]>([
    ['without a journey any more', ({ state }) => (state.lastDay = null)],
    ['who was erased', (partner) => partner.erase()],
    ['whose access was ended', (partner) => partner.endAccess()],
  ])('is not renewed for a person %s', async (_who, change) => {
    await using partner = await openParticipants(kind);
    const session = await open(partner);
    await change(partner);
    expect(await partner.renew(session)).toBeUndefined();
    expect(await partner.openSessions()).toEqual([]);
  });

  it('ends at its person’s wish, in this browser alone, and for a wrong secret too', async () => {
    await using partner = await openParticipants(kind);
    const [one, other, third] = [await open(partner), await open(partner), await open(partner)];
    expect(await partner.end(one)).toBe('dk:o');
    expect(await partner.renew(one)).toBeUndefined();
    expect(await partner.end({ id: other.id, secret: createKey() })).toBe('dk:o');
    expect(await partner.renew(other)).toBeUndefined();
    expect(await partner.renew(third)).toBeDefined();
    expect(await partner.end({ id: 'unknown', secret: createKey() })).toBeUndefined();
  });

  it('is one of three: another one ends the oldest', async () => {
    await using partner = await openParticipants(kind);
    const sessions: SentSecret[] = [];
    for (let times = 0; times < 4; times += 1) {
      sessions.push(await open(partner));
      partner.state.now += second;
    }
    const renewed = [];
    for (const session of sessions) renewed.push((await partner.renew(session)) !== undefined);
    expect(renewed).toEqual([false, true, true, true]);
  });
});
