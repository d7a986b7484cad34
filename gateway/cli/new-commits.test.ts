import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
// Vitest runs the module as it is. It has no types.
// @ts-expect-error
import { selectNewCommits } from './new-commits.mjs';

const select = selectNewCommits as (folder: string) => string[] | undefined;

/** A repository with two commits on main. */
async function createRepository() {
  const parent = await mkdtemp(join(tmpdir(), 'hub-commits-'));
  const folder = join(parent, 'repository');
  const runGit = (...args: string[]) =>
    execFileSync('git', args, {
      cwd: args[0] === 'init' || args[0] === 'clone' ? parent : folder,
      encoding: 'utf8',
      stdio: 'pipe',
      env: {
        PATH: process.env.PATH,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_SYSTEM: '/dev/null',
        GIT_AUTHOR_NAME: 'A. Tester',
        GIT_AUTHOR_EMAIL: 'tester@example.test',
        GIT_COMMITTER_NAME: 'A. Tester',
        GIT_COMMITTER_EMAIL: 'tester@example.test',
      },
    }).trim();
  const commit = (subject: string) => runGit('commit', '-q', '--allow-empty', '-m', subject);
  runGit('init', '-q', '-b', 'main', folder);
  commit('feat: begin');
  commit('feat: go on');
  return {
    parent,
    folder,
    runGit,
    commit,
    [Symbol.asyncDispose]: () => rm(parent, { recursive: true, force: true, maxRetries: 3 }),
  };
}

describe('selectNewCommits', () => {
  it('selects the commits since the branch left main', async () => {
    await using repository = await createRepository();
    const base = repository.runGit('rev-parse', 'HEAD');
    repository.runGit('switch', '-q', '-c', 'branch');
    repository.commit('fix: one');
    repository.commit('fix: another');
    expect(select(repository.folder)).toEqual(['--from', base]);
  });

  it('selects the last commit on main', async () => {
    await using repository = await createRepository();
    expect(select(repository.folder)).toEqual(['--last']);
  });

  it('selects the commits of a local main that are not on the main of its origin', async () => {
    await using repository = await createRepository();
    repository.runGit('clone', '-q', repository.folder, 'clone');
    const clone = join(repository.parent, 'clone');
    const base = repository.runGit('rev-parse', 'HEAD');
    repository.runGit('-C', clone, 'commit', '-q', '--allow-empty', '-m', 'fix: here alone');
    expect(select(clone)).toEqual(['--from', base]);
  });

  it('selects the last commit in a shallow clone of a branch', async () => {
    await using repository = await createRepository();
    repository.runGit('switch', '-q', '-c', 'branch');
    repository.commit('fix: one');
    const url = pathToFileURL(repository.folder).href;
    repository.runGit('clone', '-q', '--depth', '1', '--branch', 'branch', url, 'shallow');
    expect(select(join(repository.parent, 'shallow'))).toEqual(['--last']);
  });

  it('selects nothing without a repository', async () => {
    await using repository = await createRepository();
    expect(select(repository.parent)).toBeUndefined();
  });
});
