import { bothDatabases } from '@hub/shared/testing';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  cloneFolder,
  runCommand,
  runNpm,
  type RunningCommand,
} from '../network/running-command.js';

/** The commands for the operator in a partner’s README: those for a shell, and one for a container, which stands for all. */
async function readCommands(folder: string) {
  const text = await readFile(join(cloneFolder, 'subgraphs', folder, 'README.md'), 'utf8');
  const section = /\n## Operate and back up\n([\s\S]*?)\n## /.exec(text)?.[1] ?? '';
  const [, block = ''] = /```\n([\s\S]*?)```/.exec(section) ?? [];
  const [, inContainer = ''] =
    /`docker compose exec \w+ node (dist\/main\.js .*?)`/.exec(section) ?? [];
  return { shell: block.trim().split('\n'), inContainer };
}

/** A database of each kind, and a partner that has it. All three folders, and both kinds. */
const cases = [
  { folder: 'nbnp', own: {}, kind: bothDatabases[1] },
  { folder: 'ncm-offices', own: {}, kind: bothDatabases[0] },
  { folder: 'national-police', own: { HUB_PARTNER: 'no' }, kind: bothDatabases[1] },
] as const;

type Case = (typeof cases)[number];

const nameOf = ({ folder, kind }: Case): string =>
  `in the README of ${folder} has commands that do what it says, on ${kind?.name}`;

/** Runs the commands of a README, as an operator does. */
async function operate({ folder, own, kind }: Case): Promise<void> {
  await using database = await kind!.create();
  await using empty = await kind!.create();
  const place = await mkdtemp(join(tmpdir(), 'hub-operate-'));
  const environmentOf = (url: string) => ({
    ...own,
    DATABASE_URL: url,
    HUB_DATA_DIR: join(place, 'keys'),
  });
  const main = join('subgraphs', folder, 'dist', 'main.js');
  const runToEnd = async (running: RunningCommand) => {
    await using command = running;
    expect(await command.ended, command.output().stderr).toBe(0);
    return command.output().stdout;
  };
  try {
    const { shell, inContainer } = await readCommands(folder);
    await runToEnd(runCommand(main, ['--seed-only'], environmentOf(database.url)));
    const said: string[] = [];
    for (const line of shell) {
      const [npm, ...words] = line.replace('backups/', `${place}/`).split(' ');
      expect(npm).toBe('npm');
      const { url } = words.includes('restore') ? empty : database;
      said.push(await runToEnd(runNpm(words, environmentOf(url))));
    }
    const [, ...container] = inContainer.replace('FILE', join(place, 'other.backup')).split(' ');
    said.push(await runToEnd(runCommand(main, container, environmentOf(database.url))));
    const parts = said.map((text) =>
      /^(\w.*?) \/.*: (.* whole: \d+ rows .*)$/m.exec(text)?.slice(1),
    );
    expect(parts.map((part) => part?.[0])).toEqual([
      'backed up to',
      'verified',
      'restored from',
      'backed up to',
    ]);
    expect(new Set(parts.map((part) => part?.[1])).size).toBe(1);
    const words = ['run', 'retention', '-w', `subgraphs/${folder}`, '--', '--dry-run'];
    const due = await runToEnd(runNpm(words, environmentOf(database.url)));
    // Without a hub, nobody can tell when the journeys ended that it knows of.
    expect(due).toMatch(/^(Nothing is due within 30 days|~ The network did not tell)/m);
    // The partner takes it as its own.
    await runToEnd(runCommand(main, ['--migrate-only'], environmentOf(empty.url)));
  } finally {
    await rm(place, { recursive: true, force: true, maxRetries: 5 });
  }
}

describe('Operate and back up', () => {
  it.each(cases.map((one) => ({ name: nameOf(one), one })))('$name', ({ one }) => operate(one));
});
