import { HubError } from '@hub/shared/errors';
import { participants } from '@hub/shared/partner';
import type { AskHub } from '@hub/shared/policy';
import { usualRetention } from '@hub/shared/records';
import { bothDatabases, readerOf, type TestDatabaseKind } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { definition } from '../partner.js';
import { openTestPolice } from '../testing/test-partner.js';

const officer = 'lv:demo-officer-1';
const invite =
  'mutation ($input: InviteOfficerInput!) { inviteOfficer(input: $input) { person link expiresAt } }';
const endAccess =
  'mutation ($input: EndOfficerAccessInput!) { endOfficerAccess(input: $input) { id version } }';
const readAccess =
  'query ($id: ID!) { officer(id: $id) { access { invitedOn expiresAt usedOn wasTriedAgain sessions lastUsedOn endsOn } } }';

const accepted = { acceptedOn: '2033-01-01', declinedOn: null };
const journey = (more: object = {}, group: object = {}) => ({
  ...accepted,
  ...more,
  group: {
    cancelledOn: null,
    visits: [{ startsOn: '2034-02-01', endsOn: '2034-02-07', returnedOn: null, cancelledOn: null }],
    ...group,
  },
});
const back = (returnedOn: string) => ({
  visits: [{ startsOn: '2033-11-01', endsOn: '2033-11-07', returnedOn, cancelledOn: null }],
});

/** A hub that knows an officer’s journeys, and what it was told of ended access. */
function createHub() {
  const state = {
    nominations: [journey()] as readonly object[],
    isAway: false,
    told: [] as unknown[],
  };
  const askHub: AskHub = (query, variables = {}) => {
    if (state.isAway) return Promise.reject(new HubError('PARTNER_UNAVAILABLE'));
    if (!query.includes('revokeAccess'))
      return Promise.resolve({ officer: { nominations: state.nominations } });
    state.told.push(variables['person']);
    return Promise.resolve({ revokeAccess: { revokedAt: '2034-01-01T00:00:00Z' } });
  };
  return { askHub, state };
}

async function open(kind: TestDatabaseKind) {
  const { askHub, state } = createHub();
  const options = { askHub, pagesUrl: 'https://hub.example.org' };
  const police = await openTestPolice(kind, 'lv', 'demonstration', options);
  const clock = () => new Date('2033-12-31T12:00:00Z');
  return {
    police,
    state,
    invite: (more: object = {}) => police.ask(invite, { input: { officer, ...more } }),
    end: () => police.ask(endAccess, { input: { officer } }),
    chore: () =>
      definition.chore?.({
        partner: 'lv',
        source: police.source,
        clock,
        askHub,
        retention: usualRetention,
      }),
    [Symbol.asyncDispose]: () => police[Symbol.asyncDispose](),
  };
}

const isRefused = (extensions: object) => ({
  errors: [{ extensions: expect.objectContaining(extensions) as unknown }],
});

describe.each(bothDatabases)('Mutation.inviteOfficer on $name', (kind) => {
  it('returns a link for the pages of the hub, once, with its secret after the #', async () => {
    await using lv = await open(kind);
    const { data } = await lv.invite({ idempotencyKey: 'a' });
    expect(data?.['inviteOfficer']).toEqual({
      person: officer,
      link: expect.stringMatching(
        /^https:\/\/hub\.example\.org\/join#lv\.[\w-]{16}\.[\w-]{43}$/,
      ) as unknown,
      expiresAt: '2034-01-07T12:00:00.000Z',
    });
    const again = await lv.invite({ idempotencyKey: 'a' });
    expect(again.data?.['inviteOfficer']).toMatchObject({ person: officer, link: null });
    const { access } = (
      await lv.police.read<{ officer: { access: object } }>(readAccess, { id: officer })
    ).officer;
    expect(access).toEqual({
      invitedOn: '2033-12-31',
      expiresAt: '2034-01-07T12:00:00.000Z',
      usedOn: null,
      wasTriedAgain: false,
      sessions: 0,
      lastUsedOn: null,
      endsOn: '2034-04-08',
    });
  });

  it('ends the link before, and leaves one open, however many are made at once', async () => {
    await using lv = await open(kind);
    await Promise.all(Array.from({ length: 6 }, () => lv.invite()));
    const rows = await lv.police.source.query<{ ended_at: string | null }[]>(
      'SELECT "ended_at" FROM "invitations"',
    );
    expect(rows).toHaveLength(6);
    expect(rows.filter((row) => row.ended_at === null)).toHaveLength(1);
  });

  it.each<[string, readonly object[]]>([
    ['a nominee', [journey({ acceptedOn: null })]],
    ['somebody who was released', [journey({ declinedOn: '2033-02-01' })]],
    ['a member of a cancelled group', [journey({}, { cancelledOn: '2033-02-01' })]],
    ['somebody who was back 31 days ago', [journey({}, back('2033-11-30'))]],
    ['nobody of a group', []],
  ])('is refused for %s by NO_JOURNEY, and writes nothing', async (_who, nominations) => {
    await using lv = await open(kind);
    lv.state.nominations = nominations;
    expect(await lv.invite()).toMatchObject(
      isRefused({ code: 'RULE_VIOLATED', rule: 'NO_JOURNEY', argument: 'input.officer' }),
    );
    expect(await lv.police.source.query('SELECT * FROM "invitations"')).toEqual([]);
  });

  it.each<[string, object]>([
    ['a member', journey()],
    ['a reserve', journey({ reserve: true })],
    ['somebody who was back 30 days ago', journey({}, back('2033-12-01'))],
  ])('is allowed for %s', async (_who, nomination) => {
    await using lv = await open(kind);
    lv.state.nominations = [nomination];
    expect((await lv.invite()).errors).toBeUndefined();
  });

  it('is refused for an erased and an unknown officer, and while nobody knows her journeys', async () => {
    await using lv = await open(kind);
    lv.state.isAway = true;
    expect((await lv.invite()).errors).toHaveLength(1);
    lv.state.isAway = false;
    await lv.police.read(`mutation { eraseOfficer(id: "${officer}") }`);
    expect(await lv.invite()).toMatchObject(isRefused({ rule: 'ERASED' }));
    expect(await lv.invite({ officer: 'lv:nobody' })).toMatchObject(
      isRefused({ code: 'NOT_FOUND', argument: 'input.officer' }),
    );
    expect(await lv.police.source.query('SELECT * FROM "invitations"')).toEqual([]);
  });

  it('and what is known of her access are for co-ordinators of her police force alone', async () => {
    await using lv = await open(kind);
    await lv.invite();
    const variables = { input: { officer } };
    for (const organisation of ['lv', 'dk', 'nbnp', 'ncm'])
      for (const role of ['analyst', 'coordinator', 'liaison', 'auditor', 'service'] as const) {
        const as = readerOf(organisation, role);
        const isOwn = organisation === 'lv' && role === 'coordinator';
        const who = `${role} of ${organisation}`;
        const invited = await lv.police.ask(invite, variables, as);
        expect(invited.errors?.map(({ extensions }) => extensions.code) ?? [], who).toEqual(
          isOwn ? [] : ['FORBIDDEN'],
        );
        const ended = await lv.police.ask(endAccess, variables, as);
        expect(ended.errors === undefined, who).toBe(isOwn);
        const { data } = await lv.police.ask(readAccess, { id: officer }, as);
        const seen = (data?.['officer'] as { access: unknown } | null)?.access ?? null;
        const reads = organisation === 'lv' && ['coordinator', 'auditor', 'service'].includes(role);
        expect(seen !== null, who).toBe(reads);
      }
  });

  it('is in the record of changes as a change of her access, without the link', async () => {
    await using lv = await open(kind);
    await lv.invite();
    await lv.end();
    const { policeChanges } = await lv.police.read<{ policeChanges: { nodes: object[] } }>(
      '{ policeChanges(country: "LV") { nodes { subject mutation fields } } }',
    );
    expect(policeChanges.nodes).toEqual(
      expect.arrayContaining([
        { subject: officer, mutation: 'inviteOfficer', fields: ['access'] },
        { subject: officer, mutation: 'endOfficerAccess', fields: ['access'] },
      ]),
    );
  });
});

describe.each(bothDatabases)('Mutation.endOfficerAccess on $name', (kind) => {
  it('ends the link, and tells the hub of nobody who had no session', async () => {
    await using lv = await open(kind);
    await lv.invite();
    expect((await lv.end()).data?.['endOfficerAccess']).toEqual({ id: officer, version: 1 });
    const { access } = (
      await lv.police.read<{ officer: { access: object } }>(readAccess, { id: officer })
    ).officer;
    expect(access).toMatchObject({ sessions: 0, endsOn: null });
    expect(lv.state.told).toEqual([]);
  });

  it.each(['endOfficerAccess', 'eraseOfficer'])(
    'or an erasure (%s) ends sessions while the hub is down, and tells it until it has confirmed',
    async (mutation) => {
      await using lv = await open(kind);
      await lv.police.source.manager.insert(participants.ParticipantSession, {
        id: 'a',
        personId: officer,
        invitationId: 'b',
        secretHash: 'c',
        isConfirmed: true,
        rotatedAt: '2033-12-31T11:00:00.000Z',
        madeAt: '2033-12-31T11:00:00.000Z',
        renewedOn: '2033-12-31',
        accessEndsOn: '2034-04-08',
      });
      lv.state.isAway = true;
      if (mutation === 'endOfficerAccess') await lv.end();
      else await lv.police.read(`mutation { eraseOfficer(id: "${officer}") }`);
      const open_ = 'SELECT "id" FROM "participant_sessions" WHERE "ended_at" IS NULL';
      expect(await lv.police.source.query(open_)).toEqual([]);
      expect(await lv.chore()).toBe(false);
      expect(lv.state.told).toEqual([]);
      lv.state.isAway = false;
      await lv.chore();
      expect(lv.state.told).toEqual([officer]);
      await lv.chore();
      expect(lv.state.told).toEqual([officer]);
    },
  );
});
