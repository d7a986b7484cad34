import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { logKeyProblems } from './log-key-problems.js';

function watchKeys(level?: 'warn') {
  const folder = mkdtempSync(join(tmpdir(), 'hub-logged-keys-'));
  const file = join(folder, 'dk.private.json');
  const lines: string[] = [];
  let problem: string | undefined;
  const check = logKeyProblems(() => Promise.resolve(problem), {
    files: [file],
    logger: pino({ base: null }, { write: (line: string) => void lines.push(line) }),
    ...(level && { level }),
  });
  return {
    file,
    check,
    set: (next: string | undefined) => (problem = next),
    logged: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

describe('logKeyProblems', () => {
  it('logs a problem once, with the file and the user that cannot read it', async () => {
    using keys = watchKeys();
    expect(await keys.check()).toBeUndefined();
    keys.set('OWN_KEYS_MISSING: they are missing.');
    for (let asked = 0; asked < 3; asked++) {
      expect(await keys.check()).toBe('OWN_KEYS_MISSING: they are missing.');
    }
    expect(keys.logged()).toMatchObject([
      {
        level: 50,
        msg: 'keys cannot be used',
        reason: 'OWN_KEYS_MISSING: they are missing.',
        files: [`${keys.file} does not exist.`],
      },
    ]);
  });

  it('logs another problem, and the same one when it comes back', async () => {
    using keys = watchKeys('warn');
    for (const problem of ['first', 'second', undefined, 'second']) {
      keys.set(problem);
      await keys.check();
    }
    expect(keys.logged().map(({ reason, level }) => [reason, level])).toEqual([
      ['first', 40],
      ['second', 40],
      ['second', 40],
    ]);
  });

  it('names no file that can be read: its text is what is wrong', async () => {
    using keys = watchKeys();
    writeFileSync(keys.file, '{');
    keys.set('OWN_KEYS_UNREADABLE: they cannot be read.');
    await keys.check();
    expect(keys.logged()[0]).not.toHaveProperty('files');
  });

  it('says of a folder or a file of another user what to do', async () => {
    using keys = watchKeys();
    writeFileSync(keys.file, '{}');
    const inside = join(keys.file, 'dk.private.json');
    const lines: string[] = [];
    const logger = pino({ base: null }, { write: (line: string) => void lines.push(line) });
    await logKeyProblems(() => Promise.resolve('x'), { files: [inside], logger })();
    expect(lines[0]).toMatch(/is below something that is not a folder.*\(ENOTDIR\)/);
  });
});
