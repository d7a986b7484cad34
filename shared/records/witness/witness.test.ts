import 'reflect-metadata';

import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../database/data-source.js';
import { type Logger, silentLogger } from '../../system/logger.js';
import { testDatabases } from '../../testing/databases.js';
import { createDisposableStack } from '../../testing/disposable-stack.js';
import { createTestKeyPair } from '../../testing/key-pair.js';
import { readHead } from '../chain/append-rows.js';
import { disclosureEntities } from '../chain/stored.entity.js';
import { disclosureMigrations } from '../disclosure/disclosure-migrations.js';
import { recordDisclosures } from '../disclosure/record.js';
import {
  type ChainedLine,
  continueLines,
  followLines,
  noLines,
} from '../evidence/chained-lines.js';
import {
  commitToEnd,
  mostHeadLines,
  type Opening,
  readDailyHead,
  signHead,
} from '../evidence/daily-head.js';
import { describeKey, verifyHeads } from '../evidence/network-heads.js';
import { CreateHeadOpenings1796018400000 } from './create-head-openings.migration.js';
import { CreateNetworkHeads1764000008000 } from './create-network-heads.migration.js';
import { HeadOpening } from './head-opening.entity.js';
import { NetworkHead } from './network-head.entity.js';
import { createWitness, type HeadFailure, witness } from './witness.js';

/** A partner with a record, and the file of a hub that believes everybody. */
async function prepare(url: string) {
  const stack = createDisposableStack();
  const open = async () => {
    const opened = await openDatabase({
      url,
      entities: [...disclosureEntities, NetworkHead, HeadOpening],
      migrations: [
        ...disclosureMigrations,
        CreateNetworkHeads1764000008000,
        CreateHeadOpenings1796018400000,
      ],
    });
    stack.use({ [Symbol.asyncDispose]: () => opened.destroy() });
    return opened;
  };
  const pair = await createTestKeyPair('dk-1');
  const keys = { signingKeysOf: () => Promise.resolve([pair.publicKey]) };
  const state = {
    lines: [] as ChainedLine[],
    isDown: false,
    refusal: undefined as string | undefined,
    now: new Date('2026-11-26T08:00:00Z'),
    handedIn: 0,
    openings: new Map<string, Opening>(),
  };
  const errors: unknown[] = [];
  const attempts: (HeadFailure | undefined)[] = [];
  const append = (event: string, details: Record<string, unknown>) => {
    const at = state.now.toISOString();
    state.lines.push(continueLines(state.lines.at(-1) ?? noLines, { at, event, details }));
  };
  const source = await open();
  const options = {
    partner: 'dk',
    source,
    logger: { ...silentLogger, error: (line: unknown) => errors.push(line) } as Logger,
    clock: () => state.now,
    onAttempt: (failure: HeadFailure | undefined) => void attempts.push(failure),
    signingKey: () => Promise.resolve(pair.key),
    hub: {
      fetchLines(from: number) {
        if (state.isDown) return Promise.reject(new Error('ECONNREFUSED'));
        const some = state.lines.slice(from - 1, from - 1 + mostHeadLines);
        return Promise.resolve(some.map((line) => `${JSON.stringify(line)}\n`).join(''));
      },
      async handIn(statement: string, opening?: Opening) {
        if (state.isDown) throw new Error('ECONNREFUSED');
        state.handedIn += 1;
        const head = await readDailyHead(statement, 'dk', keys);
        if (!opening || head.form !== 2 || head.end !== commitToEnd(opening))
          throw new Error('The opening does not fit.');
        state.openings.set(head.end, opening);
        if (state.refusal !== undefined) return state.refusal;
        append('HEAD', { partner: 'dk', statement, key: describeKey(pair.publicKey) });
        return undefined;
      },
    },
  };
  return {
    state,
    options,
    errors,
    key: describeKey(pair.publicKey),
    attempts,
    source,
    append,
    read: (count: number) =>
      Array.from({ length: count }).reduce<Promise<void>>(async (before) => {
        await before;
        await recordDisclosures({
          source,
          reader: {
            kind: 'person',
            organisation: 'no',
            subject: 'no:eva',
            role: 'analyst',
            purpose: undefined,
          },
          operationName: null,
          readings: [{ type: 'Officer', fields: ['name'], records: 1 }],
          at: state.now,
        });
      }, Promise.resolve()),
    restarted: async () => ({ ...options, source: await open() }),
    verify: () =>
      verifyHeads(
        state.lines.map((line) => JSON.stringify(line)),
        { keys, openings: state.openings },
      ),
    kept: () => source.manager.find(NetworkHead, { order: { sequence: 'ASC' } }),
    tomorrow: () => (state.now = new Date(state.now.getTime() + 86_400_000)),
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}

describe.each(testDatabases)('the witness on $name', ({ create }) => {
  it('hands in the end of the record once a day, also after a restart, and keeps the heads', async () => {
    await using database = await create();
    await using test = await prepare(database.url);
    await test.read(2);
    expect(await witness(test.options)).toBe(true);
    await test.read(1);
    expect(await witness(test.options)).toBe(true);
    expect(await witness(await test.restarted())).toBe(true);
    expect(test.state.handedIn).toBe(1);
    test.tomorrow();
    expect(await witness(test.options)).toBe(true);
    const { partners } = await test.verify();
    const { links, hash } = await readHead(test.source.manager);
    expect(partners).toMatchObject([{ partner: 'dk', heads: 2, last: { links: 3, hash } }]);
    expect(links).toBe(3);
    expect((await test.kept()).map(({ line }) => line)).toEqual(
      test.state.lines.map((line) => JSON.stringify(line)),
    );
  });

  it('hands it in although it lost its copy, and not a second time', async () => {
    await using database = await create();
    await using test = await prepare(database.url);
    await witness(test.options);
    await test.source.manager.clear(NetworkHead);
    await witness(test.options);
    expect(test.state.handedIn).toBe(1);
    expect(await test.kept()).toHaveLength(1);
  });

  it('misses a day on which the hub is down, and says nothing of it', async () => {
    await using database = await create();
    await using test = await prepare(database.url);
    const chore = createWitness(test.options);
    test.state.isDown = true;
    expect(await chore()).toBe(true);
    // What was noticed before stays so until the hub is back.
    expect(test.attempts).toEqual([]);
    test.tomorrow();
    test.state.isDown = false;
    await chore();
    expect(test.attempts).toEqual([undefined]);
    expect(test.state.lines).toHaveLength(1);
    expect(test.errors).toEqual([]);
  });

  it('signs what it has seen of the heads of all', async () => {
    await using database = await create();
    await using test = await prepare(database.url);
    for (let line = 0; line < mostHeadLines + 5; line += 1)
      test.append('RESET', { partner: 'no', reason: `${line}` });
    const seen = test.state.lines.at(-1);
    await witness(test.options);
    const { partners } = await test.verify();
    expect(partners.find(({ partner }) => partner === 'dk')?.last?.seen).toEqual({
      sequence: seen?.sequence,
      hash: seen?.hash,
    });
  });

  it('signs nothing if the hub has rewritten the heads, and says so once', async () => {
    await using database = await create();
    await using test = await prepare(database.url);
    test.append('RESET', { partner: 'no', reason: 'A restored back-up.' });
    await witness(test.options);
    const kept = await test.kept();
    const rewritten = [
      [],
      test.state.lines.slice(0, 1),
      [
        ...followLines([
          JSON.stringify(
            continueLines(noLines, {
              at: '2026-11-26T09:00:00Z',
              event: 'RESET',
              details: { partner: 'no', reason: '' },
            }),
          ),
        ]),
      ],
    ];
    const chore = createWitness(test.options);
    for (const lines of rewritten) {
      test.tomorrow();
      test.state.lines = lines;
      await chore();
      await chore();
    }
    expect(test.state.handedIn).toBe(1);
    expect(test.errors).toEqual([expect.objectContaining({ code: 'HEADS_REWRITTEN' })]);
    expect(await test.kept()).toEqual(kept);
    expect(new Set(test.attempts)).toEqual(new Set(['HEADS_REWRITTEN']));
  });

  it.each([
    ['has lost its end', 'DELETE FROM disclosure_readings WHERE sequence > 1'],
    [
      'was written anew',
      `UPDATE disclosure_readings SET hash = '${'A'.repeat(43)}' WHERE sequence = 3`,
    ],
  ])('signs nothing if the record %s', async (_, change) => {
    await using database = await create();
    await using test = await prepare(database.url);
    await test.read(3);
    await witness(test.options);
    test.tomorrow();
    await test.source.query(change);
    await createWitness(test.options)();
    expect(test.state.handedIn).toBe(1);
    expect(test.errors).toEqual([expect.objectContaining({ code: 'RECORD_REWRITTEN' })]);
    expect(test.attempts).toEqual(['RECORD_REWRITTEN']);
    // A person decides, and everybody sees it.
    test.append('RESET', { partner: 'dk', reason: 'A restored back-up.' });
    await witness(test.options);
    expect(test.state.handedIn).toBe(2);
  });

  it('signs nothing if the database did not make the newest head: an older one was restored', async () => {
    await using database = await create();
    await using test = await prepare(database.url);
    await test.read(3);
    await witness(test.options);
    test.tomorrow();
    await test.source.manager.clear(HeadOpening);
    await createWitness(test.options)();
    expect(test.state.handedIn).toBe(1);
    expect(test.errors).toMatchObject([
      { code: 'RECORD_REWRITTEN', reason: expect.stringContaining('did not make its head') },
    ]);
  });

  it('goes on from a head of the earlier form, which everybody could read', async () => {
    await using database = await create();
    await using test = await prepare(database.url);
    await test.read(3);
    const { links, hash } = await readHead(test.source.manager);
    const seen = { sequence: 0, hash: noLines.hash };
    const at = test.state.now.toISOString();
    const head = { form: 1, issuer: 'dk', at, links, hash, seen } as const;
    const statement = await signHead(head, await test.options.signingKey());
    test.append('HEAD', { partner: 'dk', statement, key: test.key });
    await witness(test.options);
    test.tomorrow();
    await witness(test.options);
    expect(test.state.handedIn).toBe(1);
    test.tomorrow();
    await test.source.query('DELETE FROM disclosure_readings WHERE sequence > 1');
    await createWitness(test.options)();
    expect(test.errors).toMatchObject([{ code: 'RECORD_REWRITTEN' }]);
  });

  it('keeps nothing of a head that the hub refuses', async () => {
    await using database = await create();
    await using test = await prepare(database.url);
    test.state.refusal = 'HEAD_CLOCK: It is of another time.';
    await createWitness(test.options)();
    expect(await test.source.manager.count(HeadOpening)).toBe(0);
  });

  it('signs nothing if the record was spoilt', async () => {
    await using database = await create();
    await using test = await prepare(database.url);
    await test.read(3);
    await test.source.query(`UPDATE disclosure_readings SET hash = 'AAAA' WHERE sequence = 3`);
    await createWitness(test.options)();
    expect(test.state.handedIn).toBe(0);
    expect(test.errors).toEqual([expect.objectContaining({ code: 'RECORD_REWRITTEN' })]);
  });

  it('says why the hub refuses it', async () => {
    await using database = await create();
    await using test = await prepare(database.url);
    test.state.refusal = 'HEAD_CLOCK: It is of another time.';
    await createWitness(test.options)();
    expect(test.errors).toMatchObject([{ code: 'HEAD_REFUSED', reason: test.state.refusal }]);
    expect(test.attempts).toEqual(['HEAD_REFUSED']);
  });
});
