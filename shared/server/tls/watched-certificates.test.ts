import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../system/logger.js';
import { createAuthority, openPemFolder, type TestPair } from '../../testing/certificates.js';
import { CertificateError, WatchedCertificates } from './watched-certificates.js';

/** Never by itself: a test calls `look`. */
const intervalMs = 2_000_000_000;

async function open({ days = 30 } = {}) {
  const folder = await openPemFolder();
  const authority = await createAuthority();
  const pair = await authority.issue({ days });
  const files = await folder.writePair('hub', pair);
  const lines: string[] = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  const watched = new WatchedCertificates({ purpose: 'a certificate', files, logger, intervalMs });
  return {
    folder,
    authority,
    pair,
    watched,
    messages: () =>
      lines.map((line) => {
        const { msg, reason } = JSON.parse(line) as { msg: string; reason?: string };
        return reason ? `${msg}: ${reason.replaceAll(`${folder.path}/`, '')}` : msg;
      }),
    replace: (next: TestPair) => folder.writePair('hub', next),
    async [Symbol.asyncDispose]() {
      watched[Symbol.dispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

describe('certificates of files', () => {
  it('are replaced when the files are', async () => {
    await using given = await open();
    const { watched, authority, pair } = given;
    expect(watched.current).toMatchObject(pair);
    expect(watched.findWarning()).toBeUndefined();
    const taken: unknown[] = [];
    watched.listen((current) => taken.push(current.cert));
    const next = await authority.issue({ days: 60 });
    await given.replace(next);
    await watched.look();
    await watched.look();
    expect(taken).toEqual([next.cert]);
    expect(watched.current.key).toBe(next.key);
    expect(given.messages()).toEqual(['a certificate was replaced']);
  });

  const broken: [string, (given: Awaited<ReturnType<typeof open>>) => Promise<unknown>, string][] =
    [
      [
        'cut off',
        ({ folder, pair }) => folder.write('hub.pem', pair.cert.slice(0, 200)),
        'hub.pem has no certificate in PEM form.',
      ],
      [
        'something else',
        ({ folder }) => folder.write('hub.key', 'Hello.'),
        'hub.key has no private key in PEM form without a password.',
      ],
      [
        'the key of another',
        async ({ folder, authority }) => folder.write('hub.key', (await authority.issue()).key),
        'hub.key is not the key of hub.pem.',
      ],
      [
        'expired',
        async ({ replace, authority }) => replace(await authority.issue({ days: -1 })),
        'hub.pem has expired.',
      ],
    ];

  it.each(broken)('stay as they were if a new file is %s', async (_, spoil, reason) => {
    await using given = await open();
    const { watched, pair } = given;
    await spoil(given);
    await watched.look();
    // The two files of a pair are replaced one after the other.
    expect(given.messages()).toEqual([]);
    await watched.look();
    await watched.look();
    expect(given.messages()).toEqual([
      `new files of a certificate cannot be used; those before stay in use: ${reason}`,
    ]);
    expect(watched.current).toMatchObject(pair);
    expect(watched.isBroken).toBe(true);
    expect(watched.findWarning()).toBe(
      'TLS_FILES_UNUSABLE: the files of a certificate cannot be used; those before are in use.',
    );
    const next = await given.authority.issue();
    await given.replace(next);
    await watched.look();
    expect(watched.current).toMatchObject(next);
    expect(watched.isBroken).toBe(false);
  });

  it('stay as they were if a file is taken away', async () => {
    await using given = await open();
    await given.folder[Symbol.asyncDispose]();
    await given.watched.look();
    await given.watched.look();
    expect(given.watched.current).toMatchObject(given.pair);
    expect(given.messages()[0]).toMatch(/hub\.pem cannot be read: ENOENT\.$/);
  });

  it('warn two weeks before they expire', async () => {
    await using given = await open({ days: 13 });
    expect(given.watched.findWarning()).toMatch(
      /^TLS_CERTIFICATE_EXPIRES: a certificate is valid until \d{4}-\d\d-\d\d\.$/,
    );
  });

  it('must be usable at the start, but may have expired', async () => {
    await using folder = await openPemFolder();
    const authority = await createAuthority();
    const files = await folder.writePair('hub', await authority.issue({ days: -1 }));
    const start = (more: object) =>
      new WatchedCertificates({
        purpose: 'a certificate',
        files: { ...files, ...more },
        logger: silentLogger,
      })[Symbol.dispose]();
    expect(() => start({})).not.toThrow();
    expect(() => start({ key: folder.pathOf('nobody') })).toThrow(CertificateError);
    const authorities = await folder.write('ca.pem', '');
    expect(() => start({ authorities })).toThrow('ca.pem has no certificate in PEM form.');
  });
});
