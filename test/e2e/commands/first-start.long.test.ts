import { inner } from '@hub/shared/testing';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { noHubUrl } from '../network/running-command.js';

const embedded = fileURLToPath(new URL('../../../subgraphs/dist/embedded.js', import.meta.url));

const args = ['--partner', 'nbnp=nbnp:0', '--log-level', 'silent', '--hub-url', noHubUrl];

/** The embedded start of one partner, in a folder of its own. */
async function createStart() {
  const data = await mkdtemp(join(tmpdir(), 'hub-first-start-'));
  const databases = join(data, 'databases');
  const start = () =>
    fork(embedded, [...args, '--data', data], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: [],
    });
  return {
    databases,
    place: join(databases, 'nbnp.sqlite'),
    /** Kills a start as soon as something holds of its files. */
    async killWhen(holds: (draft: string) => boolean) {
      const child = start();
      const ended = once(child, 'exit');
      const draft = join(databases, `nbnp.sqlite.new-${child.pid}`);
      while (child.exitCode === null && !holds(draft)) await new Promise(setImmediate);
      child.kill('SIGKILL');
      await ended;
    },
    /** Starts it until it is ready, and ends it in order. */
    async startWhole() {
      const child = start();
      const ended = once(child, 'exit');
      const [message] = (await Promise.race([once(child, 'message'), ended])) as [object];
      child.kill('SIGTERM');
      await ended;
      return message;
    },
    async countRows() {
      const url = `sqlite:${join(databases, 'nbnp.sqlite')}`;
      const source = await inner.openDatabase({ url, entities: [], migrations: [] });
      const tables = ['events', 'visits', 'itinerary_stops', 'organisations', 'loads'];
      const counts = await Promise.all(
        tables.map((table) => source.query(`SELECT COUNT(*) AS rows FROM "${table}"`)),
      );
      await source.destroy();
      return counts.map(([row]) => (row as { rows: number }).rows);
    },
    [Symbol.asyncDispose]: () => rm(data, { recursive: true, force: true }),
  };
}

const isLonger = (path: string, bytes: number): boolean =>
  (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > bytes;

describe('a first start that is killed', () => {
  it('is repeated by the next one, wherever it was killed', async () => {
    await using undisturbed = await createStart();
    expect(await undisturbed.startWhole()).toMatchObject({ ready: 'nbnp' });
    const expected = await undisturbed.countRows();
    expect(Math.min(...expected)).toBeGreaterThan(0);

    await using killed = await createStart();
    const { place } = killed;
    for (const bytes of [0, 1, 200_000]) {
      await killed.killWhen((draft) => isLonger(`${draft}-wal`, bytes) || existsSync(place));
      expect(existsSync(place)).toBe(false);
    }
    await killed.killWhen(() => existsSync(place));
    expect(await killed.startWhole()).toMatchObject({ ready: 'nbnp' });
    expect(await killed.countRows()).toEqual(expected);
    expect(await readdir(killed.databases)).toEqual(['nbnp.sqlite']);
  });
});
