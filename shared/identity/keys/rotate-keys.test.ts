// cspell:ignore papi mlrw
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fingerprintsOf } from './fingerprint.js';
import { ensureKeyFiles, KeyFileError, keyFilesOf, readKeyFile } from './key-file.js';
import { findRotation, rotateKeys } from './rotate-keys.js';

/** A folder of keys, in which the passing of time is noted instead of waited for. */
async function prepare(code: string) {
  const folder = await mkdtemp(join(tmpdir(), 'hub-rotate-'));
  await ensureKeyFiles(folder, code);
  const files = keyFilesOf(folder, code);
  const old = new Set((await readKeyFile(files.private)).keys.map(({ kid }) => kid));
  /** The signing keys of a file, in their order. */
  const orderOf = async (path: string) =>
    (await readKeyFile(path)).keys
      .filter(({ use }) => use === 'sig')
      .map(({ kid }) => (old.has(kid) ? 'old' : 'new'))
      .join();
  const written: string[] = [];
  const note = async () => {
    written.push(`${await orderOf(files.private)} | ${await orderOf(files.public)}`);
  };
  return {
    folder,
    files,
    written,
    step: async (isInstalled: boolean, sleep: (ms: number) => Promise<void> = note) => {
      const done = await rotateKeys({ folder, code, isInstalled, sleep });
      await note();
      return done;
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

describe('rotateKeys', () => {
  it.each([
    [
      'dk',
      [
        ['old | old', 'old,new | old', 'old,new | new,old'],
        ['old,new | new,old', 'new,old | new,old', 'new,old | new'],
        ['new,old | new', 'new | new'],
      ],
    ],
    [
      'hub',
      [
        ['old | old', 'old,new | old', 'old,new | old,new'],
        ['old,new | old,new', 'new,old | old,new', 'new,old | new,old'],
        ['new,old | new,old', 'new | new,old', 'new | new'],
      ],
    ],
  ])('has for %s what is accepted before it is used, private | public', async (code, steps) => {
    await using test = await prepare(code);
    for (const [index, files] of steps.entries()) {
      expect(await test.step(index > 0)).toMatchObject({ step: index + 1, steps: 3 });
      expect(test.written.splice(0)).toEqual(files);
    }
    expect((await readdir(test.folder)).toSorted()).toEqual([
      `${code}.private.json`,
      `${code}.public.json`,
    ]);
  });

  it('keeps private keys private, and shows no private part', async () => {
    await using test = await prepare('dk');
    for (const isInstalled of [false, true, true]) {
      await test.step(isInstalled);
      expect((await stat(test.files.private)).mode & 0o777).toBe(0o600);
      expect((await stat(test.files.public)).mode & 0o777).toBe(0o644);
      expect(await readFile(test.files.public, 'utf8')).not.toContain('"d"');
    }
  });

  it('waits for nobody to say that the public file is installed, but for the operator', async () => {
    await using test = await prepare('dk');
    await test.step(false);
    await expect(test.step(false)).rejects.toThrow(/Step 1 of 3 is done.*--installed/);
    expect(await findRotation(test.folder, 'dk')).toBe(1);
    await test.step(true);
    expect(await findRotation(test.folder, 'dk')).toBe(2);
  });

  it.each([
    ['dk', [true, true, false]],
    ['hub', [true, true, true]],
  ])('says for %s after which steps the others need the public file', async (code, expected) => {
    await using test = await prepare(code);
    for (const [index, hasNewPublicFile] of expected.entries()) {
      const before = await readFile(test.files.public, 'utf8');
      expect(await test.step(index > 0)).toMatchObject({ hasNewPublicFile });
      expect((await readFile(test.files.public, 'utf8')) !== before).toBe(hasNewPublicFile);
    }
  });

  it('waits until servers have seen a file, which takes them five seconds', async () => {
    await using test = await prepare('dk');
    const waited: number[] = [];
    const sleep = async (ms: number) => void waited.push(ms);
    const hour = 3_600_000;
    await utimes(test.files.public, new Date(), new Date(Date.now() - hour));
    const begun = Date.now();
    await test.step(false, sleep);
    const [sinceLongAgo, sinceNow] = waited.splice(0);
    expect(sinceLongAgo).toBe(0);
    // The clock of files is a few milliseconds behind.
    expect(sinceNow).toBeGreaterThan(4_900 - (Date.now() - begun));
    expect(sinceNow).toBeLessThanOrEqual(5_000);
    // Another computer’s clock is ahead.
    await utimes(test.files.public, new Date(), new Date(Date.now() + hour));
    await test.step(true, sleep);
    expect(waited[0]).toBe(5_000);
  });

  it('repeats a step that was cut off, with the same new keys', async () => {
    await using test = await prepare('dk');
    const cut = async () => {
      throw new Error('cut off');
    };
    await expect(test.step(false, cut)).rejects.toThrow('cut off');
    let waits = 0;
    const cutLater = async () => {
      if ((waits += 1) === 2) throw new Error('cut off');
    };
    await expect(test.step(false, cutLater)).rejects.toThrow('cut off');
    const { keys } = await readKeyFile(test.files.private);
    await test.step(false);
    expect((await readKeyFile(test.files.private)).keys).toEqual(keys);
    expect(keys).toHaveLength(4);
  });

  it('refuses keys without names, a spoilt state, and missing keys', async () => {
    await using test = await prepare('dk');
    const { keys } = await readKeyFile(test.files.private);
    const state = join(test.folder, 'dk.rotation.json');
    for (const spoilt of ['{"done":3,"old":["a"]}', '{"done":0,"old":[]}', 'done']) {
      await writeFile(state, spoilt);
      await expect(test.step(false), spoilt).rejects.toThrow(KeyFileError);
      await expect(findRotation(test.folder, 'dk')).rejects.toThrow(
        `${state} is not the state of a rotation.`,
      );
    }
    await rm(state);
    const nameless = keys.map(({ kid: _, ...key }) => key);
    await writeFile(test.files.private, JSON.stringify({ keys: nameless }));
    await expect(test.step(false)).rejects.toThrow('Each key needs a kid');
    await rm(test.files.private);
    await expect(test.step(false)).rejects.toThrow(KeyFileError);
  });
});

describe('fingerprintsOf', () => {
  it('is the thumbprint of RFC 7638, the same for both halves and whatever the name is', async () => {
    // RFC 8037, appendix A.3.
    const key = {
      kty: 'OKP',
      crv: 'Ed25519',
      x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
    };
    const thumbprint = 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k';
    const d = 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A';
    expect(
      await fingerprintsOf({
        keys: [
          { ...key, kid: 'mine' },
          { ...key, d, use: 'sig' },
          { ...key, use: 'enc' },
        ],
      }),
    ).toEqual([
      { use: 'signing', thumbprint },
      { use: 'signing', thumbprint },
      { use: 'agreement', thumbprint },
    ]);
  });
});
