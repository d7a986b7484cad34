import { createKeyStore, hubIssuer, keyFilesOf } from '@hub/shared/identity';
import { runRecordCommand } from '@hub/shared/partner';
import { chainedLines, dailyHeads, networkHeads, type signedResponses } from '@hub/shared/records';
import { silentLogger } from '@hub/shared/system';
import { inner } from '@hub/shared/testing';
import { appendFile, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runAdministrationCommand } from '../../../gateway/cli/records/administration.js';
import { runHeadsCommand } from '../../../gateway/cli/records/heads.js';
import { printed } from '../../../gateway/cli/test-printed.js';
import { UsageError } from '../../../gateway/config.js';
import { patience } from '../network/patience.js';
import { openPublishingNetwork, type TestHub } from '../network/publishing-network.js';
import { readMetrics } from '../network/read-metrics.js';
import { openWitnessedRecord } from './open-witnessed-record.js';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 });

const hashOf = (digit: string) => digit.repeat(64);
const seenNothing = { sequence: 0, hash: chainedLines.noLines.hash };

type Changed = Partial<
  Pick<dailyHeads.DailyHead, 'at' | 'issuer' | 'seen'> & signedResponses.RecordEnd
>;

type Network = Awaited<ReturnType<typeof openPublishingNetwork>>;

describe('hub heads', () => {
  let network: Network;
  let hub: TestHub;
  beforeAll(async () => {
    network = await openPublishingNetwork();
    await network.publishAll();
    hub = await network.startHub(2);
    // As often as the hub answers one address at most: what the tests need is left when it is slow.
    const slowly = { ...patience, interval: 1_000 };
    await vi.waitFor(async () => expect(await publishedByAll()).toHaveLength(1), slowly);
  });
  afterAll(async () => {
    await hub[Symbol.asyncDispose]();
    await network[Symbol.asyncDispose]();
  });

  const store = (half: 'private' | 'public', code: string) =>
    createKeyStore({
      files: new Map([[code, keyFilesOf(join(network.folder, 'data', 'keys'), code)[half]]]),
    });
  const signingOf = (code: string) => ({
    partner: code,
    ownKeys: store('private', code),
    hubKeys: store('public', hubIssuer),
  });
  const connect = (code: string) => inner.connectHubHeads({ hubUrl: hub.url, ...signingOf(code) });
  /** A head, and what it hides. */
  const sign = async (
    code: string,
    { links = 3, hash = hashOf('a'), ...changed }: Changed = {},
    by = code,
  ): Promise<[statement: string, opening: dailyHeads.Opening]> => {
    const [key = {}] = await store('private', by).signingKeysOf(by);
    const at = new Date().toISOString();
    const opening = dailyHeads.makeOpening({ links, hash });
    const head = {
      issuer: code,
      at,
      end: dailyHeads.commitToEnd(opening),
      seen: seenNothing,
      ...changed,
    };
    return [await dailyHeads.signHead({ form: 2, ...head }, key), opening];
  };
  const handIn = async (code: string, changed?: Changed) =>
    connect(code).handIn(...(await sign(code, changed)));
  /** The lines of partners. The hub has one of its own. */
  const published = async (): Promise<chainedLines.ChainedLine[]> =>
    (await publishedByAll()).filter(
      (line) => networkHeads.readHeadLine(line)?.partner !== hubIssuer,
    );
  const publishedByAll = async (): Promise<chainedLines.ChainedLine[]> =>
    chainedLines
      .splitLines(await (await fetch(new URL(dailyHeads.headsPath, hub.url))).text())
      .map((line) => JSON.parse(line) as chainedLines.ChainedLine);
  const verify = (...argv: string[]) =>
    printed(runHeadsCommand, ['verify', ...argv], network.environment);

  it('publishes what partners hand in, once a day, for everybody', async () => {
    expect(await verify()).toMatch(/^hub {2}1 heads[^]*\nwhole: 1 lines/);
    const head = await sign('no');
    // Two workers take it at once.
    const results = await Promise.all(
      Array.from({ length: 6 }, () => connect('no').handIn(...head)),
    );
    expect(results).toEqual(Array.from({ length: 6 }, () => undefined));
    expect(await handIn('no')).toBeUndefined();
    expect(await handIn('se', { links: 0, hash: chainedLines.noLines.hash })).toBeUndefined();
    const lines = await published();
    expect(lines.map((line) => networkHeads.readHeadLine(line)?.partner)).toEqual(['no', 'se']);
    const from = chainedLines.splitLines(await connect('nbnp').fetchLines(3));
    expect(from).toEqual(lines.slice(1).map((line) => JSON.stringify(line)));
    expect(await connect('nbnp').fetchLines(9)).toBe('');
    expect(await verify()).toMatch(/\nno {2}1 heads[^]*\nse {2}1 heads[^]*\nwhole: 3 lines/);
  });

  it('publishes the end of the hub’s own log, signed by the hub, and finds a log that goes back', async () => {
    const [line] = await publishedByAll();
    const { partner = '', statement = '' } = (line && networkHeads.readHeadLine(line)) ?? {};
    const head = await dailyHeads.readDailyHead(statement, partner, store('public', hubIssuer));
    if (head.form !== 1) throw new Error('The head of the hub’s log must have form 1.');
    const file = join(network.registryFolder, 'administration.jsonl');
    const text = await readFile(file, 'utf8');
    const entry = JSON.parse(
      chainedLines.splitLines(text)[head.links - 1] ?? '',
    ) as chainedLines.ChainedLine;
    expect([head.issuer, head.hash]).toEqual([hubIssuer, entry.hash]);
    await writeFile(
      file,
      chainedLines
        .splitLines(text)
        .slice(0, head.links - 1)
        .join(''),
    );
    await expect(verify()).rejects.toThrow(/no longer has entry/);
    await writeFile(file, text);
    expect(await verify()).toMatch(/\nwhole: /);
  });

  it('refuses a head that goes back, and logs it, until a person lets the record begin anew', async () => {
    await handIn('ncm', { links: 7 });
    const before = await published();
    const refused = async () => (await readMetrics(hub.url)).valueOf('hub_refused_heads_total');
    const refusedBefore = await refused();
    expect(await handIn('ncm', { links: 6 })).toMatch(/^HEAD_ROLLBACK: .*has 6 links, and had 7/);
    expect(await refused()).toBe((refusedBefore ?? 0) + 1);
    expect(await handIn('ncm', { links: 7, hash: hashOf('b') })).toMatch(/^HEAD_ROLLBACK/);
    expect(await published()).toEqual(before);
    expect(await printed(runAdministrationCommand, ['list'], network.environment)).toMatch(
      /HEAD_REFUSED {2}\{"partner":"ncm","code":"HEAD_ROLLBACK"\}/,
    );
    // The line comes through a pipe, after the response.
    await expect
      .poll(() => hub.command.output().stdout)
      .toMatch(/"code":"HEAD_ROLLBACK".*a head of a record/);
    const reason = 'A back-up of Monday was restored.';
    await printed(runHeadsCommand, ['reset', 'ncm', '--reason', reason], network.environment);
    expect(await handIn('ncm', { links: 6 })).toBeUndefined();
    expect(await verify()).toContain(`its record began anew: ${reason}`);
  });

  it('accepts a head of form 1, and publishes neither number nor hash of a head of form 2', async () => {
    const [key = {}] = await store('private', 'nbnp').signingKeysOf('nbnp');
    const at = new Date().toISOString();
    const said = { form: 1, issuer: 'nbnp', at, seen: seenNothing } as const;
    const open = { ...said, links: 2, hash: hashOf('e') };
    expect(await connect('nbnp').handIn(await dailyHeads.signHead(open, key))).toBeUndefined();
    expect(await handIn('nbnp', { links: 1 })).toMatch(/^HEAD_ROLLBACK: .*has 1 links, and had 2/);
    const [statement, opening] = await sign('nbnp', { links: 31_415, hash: hashOf('f') });
    expect(await connect('nbnp').handIn(statement, opening)).toBeUndefined();
    const text = (await published()).map(
      (line) => networkHeads.readHeadLine(line)?.statement ?? '',
    );
    expect(text.at(-1)).toBe(statement);
    const readable = text.map((one) =>
      Buffer.from(one.split('.')[1] ?? '', 'base64url').toString(),
    );
    expect(readable.join()).not.toMatch(RegExp(`31415|${opening.hash}|${opening.salt}`));
    expect(await verify()).toMatch(/\nnbnp {2}2 heads, the last of \S+ with 31415 links/);
    await printed(
      runHeadsCommand,
      ['reset', 'nbnp', '--reason', 'A new test.'],
      network.environment,
    );
  });

  it.each<[string, RegExp, () => Promise<[string, dailyHeads.Opening?]>]>([
    ['another partner’s', /^HEAD_FOREIGN/, () => sign('se')],
    ['one that another key signed', /^HEAD_FOREIGN/, () => sign('no', {}, 'se')],
    ['one of another issuer', /^HEAD_INVALID/, () => sign('se', {}, 'no')],
    [
      'yesterday’s',
      /^HEAD_CLOCK/,
      () => sign('no', { at: new Date(Date.now() - 86_400_000).toISOString() }),
    ],
    [
      'tomorrow’s',
      /^HEAD_CLOCK/,
      () => sign('no', { at: new Date(Date.now() + 86_400_000).toISOString() }),
    ],
    ['one without a signature', /^HEAD_UNSIGNED/, () => Promise.resolve(['a.b.c'])],
    [
      'one that hides its end from the hub too',
      /^HEAD_INVALID: The opening/,
      async () => [(await sign('no'))[0]],
    ],
    [
      'one with the opening of another',
      /^HEAD_INVALID: The opening/,
      async () => [(await sign('no'))[0], (await sign('no'))[1]],
    ],
    [
      'one that has seen other heads',
      /^HEAD_FORKED/,
      () => sign('no', { links: 9, seen: { sequence: 1, hash: hashOf('c') } }),
    ],
  ])('refuses %s', async (_, reason, make) => {
    const before = await published();
    expect(await connect('no').handIn(...(await make()))).toMatch(reason);
    expect(await published()).toEqual(before);
  });

  it('refuses a request that is unsigned, repeated, changed, or for another path', async () => {
    const [head, opening] = await sign('nbnp');
    const body = JSON.stringify({ head, opening });
    const post = (headers: Record<string, string>, sent = body) =>
      fetch(new URL(dailyHeads.handInPath, hub.url), {
        method: 'POST',
        headers: { 'content-type': 'application/json', connection: 'close', ...headers },
        body: sent,
      });
    const headersFor = (path: string) => inner.signRefresh({ ...signingOf('nbnp'), path, body });
    expect((await post({})).status).toBe(401);
    expect((await post(await headersFor('/registry/refresh'))).status).toBe(401);
    expect((await post(await headersFor(dailyHeads.handInPath), `${body} `)).status).toBe(401);
    const headers = await headersFor(dailyHeads.handInPath);
    expect((await post(headers)).status).toBe(200);
    const { length } = await published();
    await post(headers);
    await post(headers);
    expect(await published()).toHaveLength(length);
    const large = await post(headers, 'x'.repeat(6_000));
    expect([401, 413]).toContain(large.status);
  });

  it('verifies a copy that somebody kept, and finds what was changed in it', async () => {
    const copy = join(network.folder, 'kept.jsonl');
    const text = await (await fetch(new URL(dailyHeads.headsPath, hub.url))).text();
    await writeFile(copy, text);
    expect(await verify(copy)).toMatch(/\nwhole: \d+ lines/);
    await writeFile(copy, text.replace('"partner":"no"', '"partner":"se"'));
    await expect(verify(copy)).rejects.toThrow('The heads are broken at line ');
    for (const argv of [
      [],
      ['list'],
      ['reset', 'no'],
      ['reset', 'pl', '--reason', 'x'],
      ['verify', '/none'],
    ])
      await expect(
        printed(runHeadsCommand, argv, network.environment),
        argv.join(' '),
      ).rejects.toThrow(UsageError);
  });

  it('takes a head by a command of its partner, which compares the record with all that it kept', async () => {
    const url = `sqlite:${join(network.folder, 'nbnp.sqlite')}`;
    await using source = await openWitnessedRecord(url);
    const place = {
      url,
      file: join(network.folder, 'nbnp.identity.json'),
      ownSide: {
        partner: 'nbnp',
        hubUrl: hub.url,
        privateKeys: keyFilesOf(join(network.folder, 'data', 'keys'), 'nbnp').private,
        hubKeys: keyFilesOf(join(network.folder, 'data', 'keys'), hubIssuer).public,
      },
    };
    const run = (...argv: string[]) =>
      runRecordCommand([...argv, '--partner', 'nbnp'], () => place);
    await printed(
      runHeadsCommand,
      ['reset', 'nbnp', '--reason', 'A new test.'],
      network.environment,
    );
    await source.read(4);
    expect(await run('hand-in')).toMatch(
      /^handed in: 4 links, the last has the hash [0-9a-f]{64}$/,
    );
    const witnessOf = { ...place.ownSide, ...inner.openOwnSide(place.ownSide) };
    const options = { source, logger: silentLogger, clock: () => new Date() };
    expect(await inner.witness({ ...witnessOf, ...options })).toBe(true);
    const copy = join(network.folder, 'nbnp.heads.jsonl');
    expect(await run('heads', '--to', copy)).toMatch(
      /^The record has each of its 1 heads\. Kept: /,
    );
    expect(await verify(copy)).toMatch(/\nnbnp {2}\d heads, the last of \S+ with 4 links/);
    // Its auditor gives them to whoever is to verify the copy.
    const openings = join(network.folder, 'nbnp.openings.jsonl');
    await run('heads', '--openings', openings);
    const handedIn = join(network.registryFolder, 'head-openings.jsonl');
    await rename(handedIn, `${handedIn}.away`);
    expect(await verify(copy)).toMatch(/\nnbnp {2}\d heads, the last of \S+ without an opening/);
    expect(await verify(copy, '--openings', openings)).toMatch(/\nnbnp .* with 4 links/);
    await rename(`${handedIn}.away`, handedIn);
    await expect(run('heads', '--to', copy)).rejects.toThrow(/exists/);
    await source.query('DELETE FROM disclosure_readings WHERE sequence = 4');
    await expect(run('heads')).rejects.toThrow(/had link 4 with the hash/);
    await expect(run('hand-in')).rejects.toThrow(/^RECORD_REWRITTEN/);
  });

  it('goes on after a line that a crash cut off, and takes nothing into a spoilt file', async () => {
    const file = join(network.registryFolder, 'heads.jsonl');
    await appendFile(file, '{"sequence":99,"at');
    expect(await handIn('se', { links: 4 })).toBeUndefined();
    const text = await readFile(file, 'utf8');
    expect(await verify()).toMatch(/\nwhole: /);
    await writeFile(file, text.replace('"HEAD"', '"HEAT"'));
    await expect(handIn('se', { links: 5 })).rejects.toThrow(/500/);
    await expect(verify()).rejects.toThrow(/broken at line 1/);
    await writeFile(file, text);
    expect(await handIn('se', { links: 5 })).toBeUndefined();
  });
});
