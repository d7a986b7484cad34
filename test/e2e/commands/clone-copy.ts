import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { cloneFolder } from '../network/running-command.js';

/** A copy of the clone that a test may change. It shares the installed packages, and has its own of ours. */
export interface CloneCopy extends AsyncDisposable {
  readonly folder: string;
}

const folders = ['gateway', 'shared', 'subgraphs', 'test', '.github'];
const left = /(^|\/)(node_modules|\.data|\.stryker-tmp)(\/|$)/;

/** Copies the sources and what has been built of them. */
export async function copyClone(): Promise<CloneCopy> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-copy-'));
  const entries = await readdir(cloneFolder, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  for (const name of [...folders, ...files]) {
    await cp(join(cloneFolder, name), join(folder, name), {
      recursive: true,
      preserveTimestamps: true,
      filter: (path) => !left.test(relative(cloneFolder, path)),
    });
  }
  await linkPackages(join(cloneFolder, 'node_modules'), join(folder, 'node_modules'));
  // Packages of which another version is installed at the root.
  for (const name of ['shared', 'gateway', 'gateway/explorer']) {
    const nested = join(cloneFolder, name, 'node_modules');
    if (existsSync(nested)) await symlink(nested, join(folder, name, 'node_modules'));
  }
  return {
    folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

async function linkPackages(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const { name } of await readdir(from, { withFileTypes: true })) {
    if (name === '@hub') continue;
    // npm's own files are copied: a set-up in the copy writes them anew.
    if (name.startsWith('.') && name !== '.bin')
      await cp(join(from, name), join(to, name), { recursive: true });
    else await symlink(join(from, name), join(to, name));
  }
  await mkdir(join(to, '@hub'));
  await symlink('../../shared', join(to, '@hub', 'shared'));
  await symlink('../../gateway', join(to, '@hub', 'gateway'));
  for (const name of ['nbnp', 'ncm-offices', 'national-police'])
    await symlink(`../../subgraphs/${name}`, join(to, '@hub', name));
}
