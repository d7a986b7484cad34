import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { cloneFolder } from '../network/running-command.js';

/** Runs Node in the root of the clone, with as many open files as this at most. */
const runWith = (limit: number, ...argv: string[]) =>
  spawnSync('sh', ['-c', `ulimit -n ${limit}; exec "$0" "$@"`, process.execPath, ...argv], {
    cwd: cloneFolder,
    encoding: 'utf8',
    timeout: 120_000,
  });

const programs = [
  ['gateway/dist/main.js'],
  ['subgraphs/nbnp/dist/main.js'],
  ['subgraphs/ncm-offices/dist/main.js'],
  ['subgraphs/national-police/dist/main.js'],
  ['gateway/cli/start.mjs'],
  ['gateway/cli/hub.mjs', 'status'],
];

describe('too few open files', () => {
  it.each(programs.flatMap((argv) => [64, 1_023].map((limit) => [limit, argv] as const)))(
    'with %i, node %j says so in one sentence and ends',
    (limit, argv) => {
      const { status, stdout, stderr } = runWith(limit, ...argv);
      expect([status, stdout]).toEqual([1, '']);
      expect(stderr).toBe(
        `This process may open ${limit} files, and needs at least 1024. Raise the limit: ulimit -n 16384.\n`,
      );
    },
  );

  it('are not 1024: everything that the hub and a partner load can be opened', () => {
    const load = (path: string) =>
      `await import('${new URL(path, `file://${cloneFolder}/`).href}')`;
    const all = ['gateway/dist/process/serve.js', 'subgraphs/nbnp/dist/partner.js']
      .map(load)
      .join(';');
    const { status, stderr } = runWith(
      1_024,
      '--input-type=module',
      '-e',
      `${all};process.exit(0)`,
    );
    expect([status, stderr]).toEqual([0, '']);
  });
});
