import { decodeJwt } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTestKeyPair, type TestKeyPair } from '../../testing/key-pair.js';
import { BrokenLine, continueLines, followLines, noLines, type ChainEnd } from './chained-lines.js';
import {
  commitToEnd,
  makeOpening,
  readOpenings,
  signHead,
  type DailyHead,
  type Opening,
} from './daily-head.js';
import { describeKey, verifyHeads } from './network-heads.js';

const hashOf = (digit: string) => digit.repeat(64);
const day = (number: number) => `2026-11-${String(number).padStart(2, '0')}T00:10:00.000Z`;

type OpenHead = Extract<DailyHead, { form: 1 }>;
type End = Pick<OpenHead, 'links' | 'hash' | 'at'>;

/** A file of heads in the making. */
class Heads {
  readonly lines: string[] = [];
  readonly ends: ChainEnd[] = [noLines];
  readonly openings: Opening[] = [];

  get end(): ChainEnd {
    return this.ends.at(-1) ?? noLines;
  }

  #append(event: string, details: Record<string, unknown>): void {
    const line = continueLines(this.end, { at: day(30), event, details });
    this.lines.push(JSON.stringify(line));
    this.ends.push(line);
  }

  async add(partner: string, head: End & Partial<OpenHead>, pair: TestKeyPair): Promise<this> {
    const { sequence, hash } = this.end;
    return this.#sign(
      partner,
      { form: 1, issuer: partner, seen: { sequence, hash }, ...head },
      pair,
    );
  }

  /** Adds a head that hides how the record ends. */
  async commit(partner: string, { at, links, hash }: End, pair: TestKeyPair): Promise<this> {
    const opening = makeOpening({ links, hash });
    this.openings.push(opening);
    const { sequence, hash: seen } = this.end;
    const head = { form: 2, issuer: partner, at, end: commitToEnd(opening) } as const;
    return this.#sign(partner, { ...head, seen: { sequence, hash: seen } }, pair);
  }

  async #sign(partner: string, content: DailyHead, { key, publicKey }: TestKeyPair): Promise<this> {
    const statement = await signHead(content, key);
    this.#append('HEAD', { partner, statement, key: describeKey(publicKey) });
    return this;
  }

  reset(partner: string, reason: string): this {
    this.#append('RESET', { partner, reason });
    return this;
  }
}

describe('verifyHeads', () => {
  let dk: TestKeyPair, no: TestKeyPair, earlier: TestKeyPair;
  beforeAll(async () => {
    [dk, no, earlier] = await Promise.all([
      createTestKeyPair('dk-1'),
      createTestKeyPair('no-1', 'ES256'),
      createTestKeyPair('dk-0'),
    ]);
  });
  const verify = (lines: readonly string[], earlierKeys: readonly string[] = []) =>
    verifyHeads(lines, {
      keys: {
        signingKeysOf: (code) => Promise.resolve([code === 'dk' ? dk.publicKey : no.publicKey]),
      },
      earlierKeys,
    });
  const one = { links: 5, hash: hashOf('a'), at: day(1) };
  const two = { links: 9, hash: hashOf('b'), at: day(2) };

  it('says how far each record has come', async () => {
    const heads = new Heads();
    await heads.add('dk', one, dk);
    await heads.add('no', one, no);
    await heads.add('dk', two, dk);
    const { end, partners } = await verify(heads.lines);
    expect(end).toEqual({ sequence: 3, hash: heads.end.hash });
    expect(
      partners.map(({ partner, heads: count, last }) => [partner, count, last?.links]),
    ).toEqual([
      ['dk', 2, 9],
      ['no', 1, 5],
    ]);
    expect(await verify([])).toEqual({ end: noLines, partners: [] });
  });

  it('finds a change of any character of the file', async () => {
    const heads = new Heads();
    await heads.add('dk', one, dk);
    await heads.add('no', one, no);
    const text = heads.lines.join('\n');
    for (let index = 0; index < text.length; index += 1) {
      if (text[index] === '\n') continue;
      const other = text[index] === '1' ? '2' : '1';
      const changed = text.slice(0, index) + other + text.slice(index + 1);
      await expect(verify(changed.split('\n')), `at ${index}`).rejects.toThrow(BrokenLine);
    }
  });

  it('finds a removed, repeated or exchanged line', async () => {
    const heads = new Heads();
    for (const links of [1, 2, 3]) await heads.add('dk', { ...one, links, at: day(links) }, dk);
    const [a = '', b = '', c = ''] = heads.lines;
    for (const lines of [
      [b, c],
      [a, c],
      [a, a, b, c],
      [b, a, c],
      [a, b, b],
    ])
      await expect(verify(lines)).rejects.toThrow(BrokenLine);
  });

  // Whoever writes the file can make its hashes right. He cannot sign for a partner.
  it.each<[string, RegExp, (heads: Heads) => Promise<Heads>]>([
    [
      'fewer links than before',
      /line 2: the record of dk goes back: it has 4 links, and had 5/i,
      (heads) => heads.add('dk', { ...two, links: 4 }, dk),
    ],
    [
      'as many links with another hash',
      /link 5 had another hash/,
      (heads) => heads.add('dk', { ...two, links: 5 }, dk),
    ],
    [
      'an earlier day',
      /it is older than the one before/,
      (heads) => heads.add('dk', { ...two, at: '2026-10-31T00:00:00Z' }, dk),
    ],
    ['a foreign key', /is not a registered one of dk/, (heads) => heads.add('dk', two, earlier)],
    ['another partner’s key', /not a registered one/, (heads) => heads.add('dk', two, no)],
    [
      'another issuer',
      /issuer must be dk/,
      (heads) => heads.add('dk', { ...two, issuer: 'no' }, dk),
    ],
    [
      'another line that was seen',
      /dk has seen another line 1/,
      (heads) => heads.add('dk', { ...two, seen: { sequence: 1, hash: hashOf('c') } }, dk),
    ],
    [
      'a line that was seen and is not there',
      /dk has seen another line 7/,
      (heads) => heads.add('dk', { ...two, seen: { sequence: 7, hash: hashOf('c') } }, dk),
    ],
  ])('finds %s', async (_, reason, change) => {
    const heads = await new Heads().add('dk', one, dk);
    await expect(verify((await change(heads)).lines)).rejects.toThrow(reason);
  });

  it('finds a past that was written anew, by what another partner has seen of it', async () => {
    const heads = new Heads();
    await heads.add('dk', one, dk);
    await heads.add('no', one, no);
    const [, , witnessed] = heads.ends;
    const rewritten = await new Heads().add('dk', { ...one, links: 3 }, dk);
    // The hub cannot make a head of `no` that has seen the new past: it has the old one alone.
    await rewritten.add(
      'no',
      { ...one, seen: { sequence: 1, hash: heads.ends[1]?.hash ?? '' } },
      no,
    );
    expect(witnessed).toBeDefined();
    await expect(verify(rewritten.lines)).rejects.toThrow(/no has seen another line 1/);
  });

  it('accepts a key that was registered before, if it is named, and says so', async () => {
    const heads = await new Heads().add('dk', one, earlier);
    await heads.add('dk', two, dk);
    const print = /the key ([\w-]+) is not/.exec(
      await verify(heads.lines).then(String, (error: Error) => error.message),
    )?.[1];
    expect(print).toBeDefined();
    const { partners } = await verify(heads.lines, [print ?? '']);
    expect(partners).toMatchObject([{ partner: 'dk', heads: 2, earlierKeys: [print] }]);
  });

  it('lets a record begin anew only where the file says so, and why', async () => {
    const heads = await new Heads().add('dk', two, dk);
    heads.reset('dk', 'An older back-up was restored.');
    await heads.add('dk', { ...one, at: day(3) }, dk);
    expect((await verify(heads.lines)).partners).toMatchObject([
      { last: { links: 5 }, resets: ['An older back-up was restored.'] },
    ]);
  });
});

describe('a head of form 2', () => {
  let dk: TestKeyPair;
  beforeAll(async () => {
    dk = await createTestKeyPair('dk-1');
  });
  const verify = async (heads: Heads, openings: readonly Opening[] = []) => {
    const keys = { signingKeysOf: () => Promise.resolve([dk.publicKey]) };
    const given = readOpenings(openings.map((opening) => JSON.stringify(opening)));
    const { partners } = await verifyHeads(heads.lines, { keys, openings: given });
    return partners.map(({ heads: count, last }) => [count, last?.links, last?.hash]);
  };
  const one = { links: 5, hash: hashOf('a'), at: day(1) };
  const two = { links: 9, hash: hashOf('b'), at: day(2) };

  it('says neither how many links a record has, nor whether there are more than the day before', async () => {
    const heads = await new Heads().commit('dk', one, dk);
    await heads.commit('dk', { ...one, at: day(2) }, dk);
    const signed = heads.lines.map((line) => {
      const { details } = JSON.parse(line) as { details: { statement: string } };
      return decodeJwt<Record<string, unknown>>(details.statement);
    });
    for (const content of signed)
      expect(Object.keys(content).toSorted()).toEqual(['at', 'end', 'form', 'issuer', 'seen']);
    expect(signed[0]?.['end']).not.toBe(signed[1]?.['end']);
    expect(await verify(heads)).toEqual([[2, undefined, undefined]]);
  });

  it('is opened by what its partner has, and by nothing else', async () => {
    const heads = await new Heads().commit('dk', one, dk);
    const [opening] = heads.openings;
    expect(opening).toBeDefined();
    if (!opening) return;
    expect(await verify(heads, [opening])).toEqual([[1, 5, one.hash]]);
    const wrong = [
      { ...opening, links: 6 },
      { ...opening, hash: hashOf('b') },
      { ...opening, salt: hashOf('c') },
    ];
    expect(await verify(heads, wrong)).toEqual([[1, undefined, undefined]]);
  });

  it.each<[string, RegExp, End[]]>([
    ['fewer links than before', /it has 4 links, and had 5/, [one, { ...two, links: 4 }]],
    ['as many links with another hash', /link 5 had another hash/, [one, { ...two, links: 5 }]],
    [
      'an earlier day',
      /older/,
      [
        { ...one, at: day(2) },
        { ...two, at: day(1) },
      ],
    ],
  ])('with its openings shows %s', async (_, reason, ends) => {
    const heads = new Heads();
    for (const end of ends) await heads.commit('dk', end, dk);
    await expect(verify(heads, heads.openings)).rejects.toThrow(reason);
  });

  it('is compared with the newest head that is open, also with one of the earlier form', async () => {
    const heads = await new Heads().add('dk', two, dk);
    await heads.commit('dk', { ...two, links: 12, at: day(3) }, dk);
    await heads.commit('dk', { ...one, at: day(4) }, dk);
    await expect(verify(heads, heads.openings.slice(1))).rejects.toThrow(/has 5 links, and had 9/);
    heads.reset('dk', 'An older back-up was restored.');
    await heads.commit('dk', { ...one, at: day(5) }, dk);
    const whole = await new Heads().commit('dk', { ...two, links: 12, at: day(3) }, dk);
    whole.reset('dk', 'An older back-up was restored.');
    await whole.commit('dk', { ...one, at: day(5) }, dk);
    for (const given of [whole.openings, whole.openings.slice(1)])
      expect(await verify(whole, given)).toEqual([[2, 5, one.hash]]);
  });

  // An opening that is kept back would hide that a record went back: 5, 900, 9.
  it.each([
    [[0, 2], 2],
    [[1, 2], 1],
    [[0, 1], 3],
    [[0], 2],
    [[1], 1],
    [[2], 1],
  ])('is missed if only those of %j are opened', async (given, line) => {
    const heads = new Heads();
    const middle = { links: given.includes(1) ? 7 : 900, hash: hashOf('c') };
    for (const [index, end] of [one, middle, two].entries())
      await heads.commit('dk', { ...end, at: day(index + 1) }, dk);
    const keys = { signingKeysOf: () => Promise.resolve([dk.publicKey]) };
    const openings = heads.openings.filter((_, index) => given.includes(index));
    const verified = verify(heads, openings);
    await expect(verified).rejects.toThrow(/no opening/);
    await expect(verified).rejects.toMatchObject({ sequence: line });
    expect((await verifyHeads(heads.lines, { keys })).partners).toMatchObject([{ unopened: 3 }]);
  });

  it('of a partner without any opening is counted', async () => {
    const heads = await new Heads().commit('dk', one, dk);
    await heads.commit('se', one, dk);
    await heads.commit('dk', two, dk);
    const keys = { signingKeysOf: () => Promise.resolve([dk.publicKey]) };
    const given = heads.openings.filter((_, index) => index !== 1);
    const openings = readOpenings(given.map((opening) => JSON.stringify(opening)));
    expect((await verifyHeads(heads.lines, { keys, openings })).partners).toMatchObject([
      { partner: 'dk', heads: 2, unopened: 0 },
      { partner: 'se', heads: 1, unopened: 1 },
    ]);
  });
});

describe('followLines', () => {
  it('refuses other bytes that mean the same', async () => {
    const line = JSON.stringify(continueLines(noLines, { at: day(1), event: 'HEAD', details: {} }));
    expect([...followLines([line])]).toHaveLength(1);
    const { hash, ...rest } = JSON.parse(line) as Record<string, unknown>;
    for (const text of [`${line} `, line.replace(',', ', '), JSON.stringify({ hash, ...rest })])
      expect(() => [...followLines([text])], text).toThrow(BrokenLine);
  });
});
