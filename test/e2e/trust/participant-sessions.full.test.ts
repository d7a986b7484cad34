import { HubError } from '@hub/shared/errors';
import { identityIn } from '@hub/shared/partner';
import { inner } from '@hub/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';

const coordinator = { organisation: 'fi', role: 'coordinator' } as const;
const invite =
  'mutation ($input: InviteOfficerInput!) { inviteOfficer(input: $input) { person link expiresAt } }';

interface Opened {
  readonly status: number;
  readonly code: string | undefined;
  /** What the page learns. */
  readonly session: Tree;
  /** With which a browser renews the session; undefined if the response sets none. */
  readonly cookie: string | undefined;
  /** With which it asks. */
  readonly hubCookie: string | undefined;
}

describe('a session of a participant', () => {
  let network: OpenNetwork;
  let officer: string;
  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true });
    const { data } = await network.ask(
      '{ officers(filter: { country: "FI", rehearsals: true }) { nodes { id nominations { acceptedOn declinedOn group { state visits { returnedOn } } } } } }',
      {},
      coordinator,
    );
    const travels = (one: Tree) =>
      one['acceptedOn'] !== null &&
      one['declinedOn'] === null &&
      one['group'].state !== 'CANCELLED';
    officer = data.officers.nodes.find((one: Tree) =>
      one['nominations'].some(
        (nomination: Tree) =>
          travels(nomination) &&
          nomination['group'].visits.some((visit: Tree) => visit['returnedOn'] === null),
      ),
    ).id as string;
  });
  afterAll(() => network[Symbol.asyncDispose]());

  /** Invites her. The parts of the link after its `#`. */
  async function makeLink() {
    const { data, errors } = await network.ask(invite, { input: { officer } }, coordinator);
    expect(errors).toBeUndefined();
    const { link } = data.inviteOfficer as { link: string };
    expect(link.startsWith(`${new URL(network.hubUrl).origin}/join#fi.`)).toBe(true);
    const [partner = '', id = '', secret = ''] = new URL(link).hash.slice(1).split('.');
    return { partner, id, secret };
  }

  async function post(path: string, content: object = {}, cookie = ''): Promise<Opened> {
    const response = await fetch(new URL(`/sign-in/${path}`, network.hubUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(cookie && { cookie }) },
      body: JSON.stringify(content),
    });
    const body = (await response.json()) as {
      session?: object;
      errors?: { extensions: { code: string } }[];
    };
    const cookies = response.headers.getSetCookie().map((one) => one.split(';')[0] ?? '');
    const findCookie = (start: string) => cookies.find((one) => one.startsWith(start));
    return {
      status: response.status,
      code: body.errors?.[0]?.extensions.code,
      session: body.session,
      cookie: findCookie('__Host-journey='),
      hubCookie: findCookie('hub-session-'),
    };
  }

  /** Opens a link. Right after the end of another session, the hub takes no token: clocks differ. */
  async function openLink(link: object): Promise<Opened> {
    let opened = await post('invitation', link);
    await expect
      .poll(
        async () => {
          if (opened.code === 'UNAUTHENTICATED') opened = await post('renew', {}, opened.cookie);
          return opened.status;
        },
        { timeout: 10_000, interval: 1_000 },
      )
      .toBe(200);
    return opened;
  }

  const statusOf = async ({ session, hubCookie }: Opened) => {
    const response = await fetch(network.hubUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'hub-session': session.id,
        cookie: hubCookie ?? '',
      },
      body: '{"query":"{ me { id } }"}',
    });
    const { data } = (await response.json()) as { data?: { me: { id: string } | null } };
    return [response.status, data?.me?.id];
  };

  /** How often she and another participant find her signed in. */
  const readOwnAccess = async () => {
    const query =
      'query ($id: ID!) { officer(id: $id) { access { sessions } } me { ... on Officer { access { sessions } } } }';
    const asker = { organisation: 'fi', role: 'participant' as const };
    const own = await network.ask(query, { id: officer }, { ...asker, person: officer });
    const other = { ...asker, person: 'fi:demo-officer-1' };
    const { data } = await network.ask(query, { id: officer }, other);
    return [own.data.me.access, own.data.officer.access, data.officer?.access ?? null];
  };

  const readAccess = async () => {
    const { data } = await network.ask(
      'query ($id: ID!) { officer(id: $id) { access { sessions wasTriedAgain usedOn } } }',
      { id: officer },
      coordinator,
    );
    return data.officer.access as { sessions: number; wasTriedAgain: boolean; usedOn: string };
  };

  it('opens by her link, names her alone, is renewed by its cookie, and ends at her wish', async () => {
    const link = await makeLink();
    const before = Date.now();
    const opened = await post('invitation', link);
    const passed = Math.ceil((Date.now() - before) / 1_000);
    expect(opened.status).toBe(200);
    expect(await readOwnAccess()).toEqual([{ sessions: 1 }, { sessions: 1 }, null]);
    const { secondsLeft, ...facts } = opened.session;
    expect(facts).toEqual({
      id: expect.any(String),
      organisation: 'fi',
      subject: officer,
      role: 'participant',
      person: officer,
      isRenewable: false,
    });
    // Tokens know whole seconds.
    expect(secondsLeft).toBeLessThanOrEqual(8 * 3_600);
    expect(secondsLeft).toBeGreaterThanOrEqual(8 * 3_600 - passed - 1);
    expect(await statusOf(opened)).toEqual([200, officer]);
    expect(await readAccess()).toMatchObject({ sessions: 1, wasTriedAgain: false });
    const renewed = await post('renew', {}, opened.cookie);
    expect(await statusOf(renewed)).toEqual([200, officer]);
    expect((await post('end', {}, renewed.cookie)).status).toBe(200);
    for (const one of [opened, renewed]) expect((await statusOf(one))[0]).toBe(401);
    expect(await post('renew', {}, opened.cookie)).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await readAccess()).toMatchObject({ sessions: 0 });
  });

  it('of a link that is used twice ends, with its token, and her co-ordinator sees it', async () => {
    const link = await makeLink();
    const thief = await openLink(link);
    expect(await post('invitation', link)).toMatchObject({
      status: 409,
      code: 'LINK_USED',
      cookie: undefined,
    });
    expect((await statusOf(thief))[0]).toBe(401);
    expect(await post('renew', {}, thief.cookie)).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await readAccess()).toMatchObject({ sessions: 0, wasTriedAgain: true });
  });

  it('ends with endOfficerAccess, also if the token was made by another sign-in', async () => {
    const opened = await openLink(await makeLink());
    const { errors } = await network.ask(
      'mutation ($input: EndOfficerAccessInput!) { endOfficerAccess(input: $input) { id } }',
      { input: { officer } },
      coordinator,
    );
    expect(errors).toBeUndefined();
    expect((await statusOf(opened))[0]).toBe(401);
    expect(await post('renew', {}, opened.cookie)).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('is not lost while her police force is away, and nobody else can open one', async () => {
    const link = await makeLink();
    const opened = await openLink(link);
    const other = await makeLink();
    await network.stop('fi');
    try {
      for (const sent of [post('renew', {}, opened.cookie), post('invitation', other)])
        expect(await sent).toMatchObject({ code: 'PARTNER_UNAVAILABLE', cookie: undefined });
    } finally {
      await network.start('fi');
    }
    expect((await post('renew', {}, opened.cookie)).status).toBe(200);
    for (const partner of ['dk', 'nbnp', 'nobody'])
      expect(await post('invitation', { ...other, partner }), partner).toMatchObject({
        code: 'NOT_FOUND',
        cookie: undefined,
      });
    expect((await openLink(other)).status).toBe(200);
  });

  it.each([
    ['ahead', 1],
    ['behind', -1],
  ])(
    'waits while the clock of her police force is a day %s, as her consents do',
    async (_, days) => {
      const link = await makeLink();
      const day = 86_400_000;
      const machineClock = () => new Date(Date.now() + days * day);
      const until = new Date(Date.now() + 30 * day).toISOString().slice(0, 10);
      const herself = { organisation: 'fi', role: 'participant', person: officer } as const;
      const share = async () => {
        const { errors } = await network.ask(
          'mutation ($input: ShareOfficerContactInput!) { shareOfficerContact(input: $input) { id } }',
          { input: { officer, with: 'NETWORK', until, workAddress: 'her@invented.example' } },
          herself,
        );
        return errors?.map(({ extensions }) => extensions.code);
      };
      const readShared = async () => {
        const { data } = await network.ask(
          '{ sharedOfficerContacts(with: NETWORK) { nodes { person workAddress } } }',
          {},
          { organisation: 'dk', role: 'coordinator' },
        );
        const { nodes } = data.sharedOfficerContacts as { nodes: { person: string }[] };
        return nodes.filter(({ person }) => person === officer);
      };
      const sharedBefore = await readShared();
      await network.stop('fi');
      await network.start('fi', machineClock);
      try {
        expect(await post('invitation', link)).toMatchObject({ cookie: undefined });
        const invited = await network.ask(invite, { input: { officer } }, coordinator);
        expect(invited.errors).toMatchObject([
          { extensions: { code: expect.stringMatching(/^PARTNER_/) } },
        ]);
        expect(await share()).toEqual([expect.stringMatching(/^PARTNER_/)]);
        expect(await readShared()).toEqual([]);
        // Nor does the hub take what it says: without that, nothing is erased by age.
        await using identity = inner.createPartnerIdentity({
          partner: 'fi',
          ...identityIn(network.keys, 'fi'),
          hubUrl: network.hubUrl,
          clock: machineClock,
        });
        await expect(identity.askHub('{ partners { code } }')).rejects.toThrow(HubError);
      } finally {
        await network.stop('fi');
        await network.start('fi');
      }
      expect(await readShared()).toEqual(sharedBefore);
      expect((await openLink(link)).status).toBe(200);
      expect(await share()).toBeUndefined();
      expect(await readShared()).toHaveLength(1);
    },
  );

  it('cannot be asked for at her police force without the hub’s signature', async () => {
    const link = await makeLink();
    const response = await fetch(new URL('/participant-sessions', network.urlOf('fi')), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ act: 'redeem', id: link.id, secret: link.secret }),
    });
    expect(response.status).toBe(401);
    expect((await openLink(link)).status).toBe(200);
  });

  it('lets no server of a partner end another’s people, or those who work there', async () => {
    const revoke =
      'mutation ($input: RevokeAccessInput!) { revokeAccess(input: $input) { subject } }';
    const codesOf = async (input: object, organisation: string) => {
      const { errors = [] } = await network.ask(
        revoke,
        { input },
        { organisation, role: 'service' },
      );
      return errors.map(({ extensions }) => extensions.code);
    };
    expect(await codesOf({ person: officer }, 'dk')).toEqual(['BAD_USER_INPUT']);
    expect(await codesOf({ subject: 'anna' }, 'fi')).toEqual(['FORBIDDEN']);
    expect(await codesOf({ person: officer, subject: 'anna' }, 'fi')).toEqual(['BAD_USER_INPUT']);
    expect(await codesOf({}, 'fi')).toEqual(['BAD_USER_INPUT']);
    expect(await codesOf({ person: 'fi:nobody' }, 'fi')).toEqual([]);
  });
});
