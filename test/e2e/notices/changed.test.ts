import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { createClient } from 'graphql-sse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createToken, type Asker, type Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { changedQuery, openStream, untilFed } from '../network/read-stream.js';
import { runIn, type Programme } from '../network/run-programme.js';

const coordinator = (organisation: string): Asker => ({ organisation, role: 'coordinator' });
const analyst: Asker = { organisation: 'se', role: 'analyst' };

describe('Subscription.changed', () => {
  let network: OpenNetwork;
  let programme: Programme;
  let id: string;
  let version: number;

  const tokenOf = (asker: Asker) => createToken(network.keys, asker);
  const open = async (asker?: Asker, variables?: Readonly<Record<string, unknown>>) =>
    openStream(network.hubUrl, { token: asker && (await tokenOf(asker)), variables });
  /** Changes an event, of which everybody reads the same. */
  const rename = async () => {
    const event = { event: id, title: `Event ${version}`, version };
    version = (await programme.done('nbnp', 'changeEvent', event, 'id version')).version;
  };
  /** Changes a group, of which the anonymous do not read everything. */
  const renameGroup = async (): Promise<void> => {
    const group = 'nbnp:demo-group-5';
    const { plannedSize, ...read } = await programme.group(group, 'version plannedSize');
    const input = { group, name: `Group ${read.version}`, plannedSize, version: read.version };
    await programme.done('nbnp', 'changeGroup', input);
  };
  const registerOfficer = async (): Promise<string> => {
    const { data } = await network.ask('{ policeUnits { id } }');
    const unit = data.policeUnits.find((one: Tree) => one.id.startsWith('dk:')).id;
    const input = { unit, name: 'An Officer', rank: 'Inspector', email: 'o@dk.example.org' };
    return (
      await programme.done('dk', 'registerOfficer', {
        ...input,
        targetGroup: 'POLICE',
        languages: ['en'],
        isAnother: true,
      })
    ).id;
  };

  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true });
    programme = runIn(network);
    const { data } = await network.ask('{ events(first: 1) { nodes { id version } } }');
    [{ id, version }] = data.events.nodes;
  });
  afterAll(() => network[Symbol.asyncDispose]());

  it('says first which partners send their changes', async () => {
    await using stream = await open();
    expect(stream.status).toBe(200);
    expect(stream.contentType).toMatch('text/event-stream');
    const { result, id: cursor } = await untilFed(stream);
    expect(result.data).toEqual({ changed: null });
    const { completeness } = result.extensions ?? {};
    expect(Object.keys(completeness?.partners ?? {}).toSorted()).toEqual(network.codes.toSorted());
    expect(result.extensions?.cursor).toBe(cursor);
  });

  it('tells everybody of a change that everybody may read, with the version that is then read', async () => {
    await using stream = await open();
    await untilFed(stream);
    await rename();
    const message = await stream.nextChange();
    expect(message?.result.data.changed).toEqual({
      subject: id,
      type: 'Event',
      owner: 'nbnp',
      version,
      at: expect.stringMatching(/^\d{4}-/),
    });
    const { data } = await network.ask('query ($id: ID!) { event(id: $id) { title version } }', {
      id,
    });
    expect(data.event.version).toBe(version);
  });

  it('tells of a person those who may know of her, and not the anonymous', async () => {
    await using everybody = await open();
    await using secretariat = await open(coordinator('nbnp'));
    await Promise.all([everybody, secretariat].map(untilFed));
    const officer = await registerOfficer();
    const known = await secretariat.nextChange();
    await renameGroup();
    const group = await secretariat.nextChange();
    expect(group?.result.data.changed.type).toBe('Group');
    expect(known?.result.data.changed).toMatchObject({
      subject: officer,
      type: 'Officer',
      owner: 'dk',
    });
    // The next thing that the anonymous learn is what comes after it.
    await rename();
    const next = await everybody.nextChange();
    expect(next?.result.data.changed.subject).toBe(id);
  });

  it('sends only what the filter selects', async () => {
    await using stream = await open(analyst, { filter: { types: ['Group'], owners: ['nbnp'] } });
    await stream.next();
    await registerOfficer();
    await rename();
    await renameGroup();
    expect((await stream.nextChange())?.result.data.changed.type).toBe('Group');
  });

  it('sends what happened meanwhile to a client that comes back with its cursor', async () => {
    const first = await open();
    const { id: cursor } = await untilFed(first);
    first.close();
    await rename();
    await using second = await open(undefined, { after: cursor });
    expect((await second.nextChange())?.result.data.changed.version).toBe(version);
    // As browsers send it by themselves.
    await using third = await openStream(network.hubUrl, {
      headers: { 'last-event-id': String(cursor) },
    });
    expect((await third.nextChange())?.result.data.changed.version).toBe(version);
  });

  it('says with a code that a client missed something if its cursor means nothing any more', async () => {
    await using stream = await open(undefined, { after: 'bm90aGluZw' });
    await stream.next();
    expect((await stream.next())?.result).toMatchObject({
      data: { changed: null },
      errors: [{ path: ['changed'], extensions: { code: 'NOTICES_MISSED' } }],
    });
    await rename();
    expect((await stream.nextChange())?.result.data.changed.version).toBe(version);
  });

  it('goes on after a partner was away, and says so meanwhile', async () => {
    await using stream = await open(undefined, { filter: { owners: ['nbnp'] } });
    await stream.next();
    await network.stop('nbnp');
    await network.start('nbnp');
    await rename();
    expect((await stream.nextChange())?.result.data.changed.version).toBe(version);
  });

  it('ends with the session of the pages that opened it, before the next change', async () => {
    const post = (path: string, content: object, headers = {}) =>
      fetch(new URL(path, network.hubUrl), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(content),
      });
    const opened = await post('/sign-in/token', { token: await tokenOf(analyst) });
    const { session } = (await opened.json()) as { session: { id: string } };
    const [cookie = ''] = (opened.headers.getSetCookie()[0] ?? '').split(';');
    const headers = { cookie, 'hub-session': session.id };
    await using stream = await openStream(network.hubUrl, { headers });
    await untilFed(stream);
    await rename();
    expect((await stream.nextChange())?.result.data.changed.version).toBe(version);
    expect((await post('/sign-in/out', {}, headers)).status).toBe(200);
    await rename();
    expect(await stream.nextChange()).toBeUndefined();
    expect(stream.text()).toContain('UNAUTHENTICATED');
  });

  it('is what a client of graphql-sse understands', async () => {
    const client = createClient({ url: network.hubUrl, singleConnection: false });
    const results = client.iterate<Tree>({ query: changedQuery });
    const first = await results.next();
    expect(first.value).toMatchObject({ data: { changed: null } });
    await rename();
    for await (const { data } of results) {
      if (!data?.changed) continue;
      expect(data.changed.version).toBe(version);
      break;
    }
    client.dispose();
  });

  it('is what Apollo Client understands, by multipart HTTP', async () => {
    const client = new ApolloClient({
      link: new HttpLink({ uri: network.hubUrl }),
      cache: new InMemoryCache(),
    });
    const versions = new Promise<Tree>((resolve, reject) => {
      client.subscribe<Tree>({ query: gql(changedQuery), errorPolicy: 'all' }).subscribe({
        next({ data, extensions }) {
          if (extensions?.completeness) void rename();
          if (data?.changed) resolve(data.changed);
        },
        error: reject,
      });
    });
    expect(await versions).toMatchObject({ subject: id, type: 'Event' });
    client.stop();
  });

  it.each([
    ['JSON is accepted alone', changedQuery, 'application/json', 'BAD_REQUEST'],
    [
      'the schema does not have it',
      'subscription { other }',
      'text/event-stream',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'it has two fields',
      'subscription { changed { at } b: changed { at } }',
      'text/event-stream',
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ])('is refused with a code if %s', async (_why, query, accept, code) => {
    const response = await fetch(network.hubUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify({ query }),
    });
    const { errors } = (await response.json()) as Tree;
    expect(response.status).toBeLessThan(500);
    expect(errors[0].extensions.code).toBe(code);
  });

  it('is in the schema, with its description', async () => {
    const { data } = await network.ask(
      '{ __schema { subscriptionType { fields { name description } } } }',
    );
    expect(data.__schema.subscriptionType.fields).toEqual([
      { name: 'changed', description: expect.stringContaining('NOTICES_MISSED') },
    ]);
  });

  it('lets one caller have five streams at a time', async () => {
    const token = await tokenOf(coordinator('lv'));
    const streams = await Promise.all(
      Array.from({ length: 6 }, () => openStream(network.hubUrl, { token })),
    );
    try {
      expect(streams.map(({ status }) => status).toSorted()).toEqual([
        200, 200, 200, 200, 200, 429,
      ]);
    } finally {
      for (const stream of streams) stream.close();
    }
  });
});
