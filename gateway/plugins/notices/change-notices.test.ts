import { HubError } from '@hub/shared/errors';
import { anonymous } from '@hub/shared/identity';
import { silentLogger } from '@hub/shared/system';
import { buildSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { noOtherWorkers, type OtherWorkers } from '../../process/workers/other-workers.js';
import { openWorkers } from '../../process/workers/test-workers.js';
import { createChangeNotices, type ChangeNoticesOptions, type Listener } from './change-notices.js';
import { NoticeLog } from './notice-log.js';

const schema = buildSchema(`
  type Query { x: Int }
  type Subscription { changed(filter: Filter, after: String): Notice }
  input Filter { subjects: [ID!] types: [String!] owners: [String!] }
  type Notice { subject: ID! type: String! owner: String! version: Int at: String! }
`);
const document = parse(
  'subscription ($filter: Filter, $after: String) { changed(filter: $filter, after: $after) { subject version } }',
);

const change = (sequence: number) => ({
  sequence,
  at: '2026-11-26T12:00:00Z',
  subject: `dk:${sequence}`,
  type: 'Event',
  version: 1,
  audience: 'everybody',
});
const body = (after: number, ...sequences: readonly number[]) => ({
  form: 1,
  after,
  to: sequences.at(-1) ?? after,
  isStart: true,
  changes: sequences.map(change),
});

const key = Buffer.alloc(32, 1);

function openNotices(options: Partial<ChangeNoticesOptions> = {}) {
  const changed: string[] = [];
  const notices = createChangeNotices({
    partners: ['dk', 'nbnp'],
    closedAs: () => undefined,
    ask: async () => new Map(),
    others: noOtherWorkers,
    logger: silentLogger,
    onChanged: (partner) => changed.push(partner),
    enter: () => () => undefined,
    cursorKey: key,
    ...options,
  });
  const open = (variables: Record<string, unknown> = {}, listener: Partial<Listener> = {}) =>
    notices.open(
      { schema, document, variables, operationName: undefined },
      {
        reader: anonymous,
        address: undefined,
        requestId: 'request-1',
        signal: new AbortController().signal,
        check: () => Promise.resolve(),
        ...listener,
      },
    );
  return { notices, open, changed };
}

type Stream = Awaited<ReturnType<ReturnType<typeof openNotices>['open']>>;

/** The next message with a result: its subject, its error’s code, or which partners feed it. */
async function next(stream: Stream): Promise<unknown> {
  for (;;) {
    const { value, done } = await stream.next();
    if (done) return { ended: value };
    if (!value.result) continue;
    const { data, errors, extensions } = value.result;
    const notice = data?.['changed'] as { subject: string } | null;
    const { complete } = (extensions?.['completeness'] ?? {}) as { complete?: boolean };
    return errors?.[0]?.extensions?.['code'] ?? notice?.subject ?? { complete };
  }
}

describe('createChangeNotices', () => {
  it('says what it has, clears the partner’s cache, and tells the streams', async () => {
    const { notices, open, changed } = openNotices();
    const hello = { ...body(2), isStart: false };
    expect(await notices.receive('dk', hello)).toEqual({ has: null });
    expect(await notices.receive('dk', body(0, 2))).toEqual({ has: 2 });
    const stream = await open();
    expect(await next(stream)).toEqual({ complete: false });
    await notices.receive('dk', body(2, 3));
    expect(await next(stream)).toBe('dk:3');
    expect(changed).toContain('dk');
    await notices.receive('nbnp', body(0));
    expect(await next(stream)).toEqual({ complete: true });
  });

  it.each([
    ['a partner that is not in the network', 'xx', body(0, 1), 'FORBIDDEN'],
    ['a body of another form', 'dk', { form: 2 }, 'BAD_USER_INPUT'],
    ['changes that are not in order', 'dk', body(0, 2, 1), 'BAD_USER_INPUT'],
    ['a change before the first', 'dk', body(5, 2), 'BAD_USER_INPUT'],
    ['no body', 'dk', undefined, 'BAD_USER_INPUT'],
  ])('refuses %s', async (_what, partner, sent, code) => {
    await expect(openNotices().notices.receive(partner, sent)).rejects.toMatchObject({ code });
  });

  it('tells a client that reads too slowly that it missed some, and goes on', async () => {
    const { notices, open } = openNotices({ log: new NoticeLog({ kept: 2 }) });
    await notices.receive('dk', body(0));
    const stream = await open();
    await next(stream);
    await notices.receive('dk', body(0, 1, 2, 3, 4));
    expect([await next(stream), await next(stream), await next(stream)]).toEqual([
      'NOTICES_MISSED',
      'dk:3',
      'dk:4',
    ]);
  });

  it('ends the streams at the hub’s end, and lets their clients come back', async () => {
    const { notices, open } = openNotices();
    const stream = await open();
    await next(stream);
    notices.close();
    expect(await next(stream)).toMatchObject({
      ended: { mayReturn: true, error: { extensions: { code: 'STREAM_ENDED' } } },
    });
    await expect(open()).rejects.toMatchObject({ code: 'OVERLOADED' });
  });

  it('ends a stream after its longest time', async () => {
    const { open } = openNotices({ times: { lifeMs: 20 } });
    const stream = await open();
    expect(await next(stream)).toEqual({ complete: false });
    expect(await next(stream)).toMatchObject({ ended: { mayReturn: true } });
  });

  it('ends a stream whose token is no longer valid', async () => {
    const { open } = openNotices({ times: { beatMs: 1 } });
    const check = () => Promise.reject(new HubError('UNAUTHENTICATED'));
    const stream = await open({}, { check });
    await next(stream);
    expect(await next(stream)).toMatchObject({
      ended: { mayReturn: false, error: { extensions: { code: 'UNAUTHENTICATED' } } },
    });
  });

  it('sends no notice after the token has expired, also to a client that reads slowly', async () => {
    const { notices, open } = openNotices();
    let isValid = true;
    const check = async () => {
      if (!isValid) throw new HubError('UNAUTHENTICATED');
    };
    await notices.receive('dk', body(0));
    const stream = await open({}, { check });
    await next(stream);
    await notices.receive('dk', body(0, 1, 2));
    expect(await next(stream)).toBe('dk:1');
    isValid = false;
    expect(await next(stream)).toMatchObject({
      ended: { mayReturn: false, error: { extensions: { code: 'UNAUTHENTICATED' } } },
    });
  });

  it('refuses a filter with too long a list', async () => {
    const filter = { subjects: Array.from({ length: 101 }, (_, place) => `dk:${place}`) };
    await expect(openNotices().open({ filter })).rejects.toMatchObject({
      extensions: { code: 'BAD_USER_INPUT', argument: 'filter.subjects' },
    });
  });

  it('releases its place when the stream ends, however it ends', async () => {
    let places = 0;
    const enter = () => {
      places += 1;
      return () => (places -= 1);
    };
    const { notices, open } = openNotices({ enter });
    const gone = new AbortController();
    const [ended, , returned] = [
      await open(),
      await open({}, { signal: gone.signal }),
      await open(),
    ];
    expect(places).toBe(3);
    await next(returned);
    await returned.return({ mayReturn: false });
    expect(places).toBe(2);
    gone.abort();
    expect(places).toBe(1);
    await next(ended);
    notices.close();
    await next(ended);
    expect(places).toBe(0);
  });

  it('ends a stream at once whose place goes to another organisation, and no other', async () => {
    const ends: (() => void)[] = [];
    const { open } = openNotices({
      enter(_reader, _address, end) {
        ends.push(end);
        return () => undefined;
      },
    });
    const [displaced, other] = [await open(), await open()];
    for (const stream of [displaced, other]) await next(stream);
    const [last, still] = [next(displaced), next(other)];
    ends[0]?.();
    expect(await last).toMatchObject({
      ended: { mayReturn: true, error: { extensions: { code: 'STREAM_ENDED' } } },
    });
    const waits = await Promise.race([still.then(() => 'ended'), Promise.resolve('waits')]);
    expect(waits).toBe('waits');
  });

  it('tells the streams of all workers, and a new worker what the others know', async () => {
    const open = openWorkers();
    const workers: OtherWorkers[] = [await open(), await open()];
    const [first, second] = workers.map((others) => openNotices({ others }));
    await first?.notices.receive('dk', body(0));
    const stream = await second?.open();
    if (!stream) throw new Error('no stream');
    await next(stream);
    await first?.notices.receive('dk', body(0, 1));
    expect(await next(stream)).toBe('dk:1');
    // A third one comes, and a client goes on there from where it was.
    const begun = await first?.open();
    const message = await begun?.next();
    const cursor = message?.value && 'id' in message.value ? message.value.id : undefined;
    await first?.notices.receive('dk', body(1, 2));
    const third = openNotices({ others: await open() });
    await third.notices.join();
    await expect.poll(async () => (await third.notices.receive('dk', body(2))).has).toBe(2);
    const resumed = await third.open({ after: cursor });
    expect(await next(resumed)).toEqual({ complete: false });
    expect(await next(resumed)).toBe('dk:2');
  });
});
