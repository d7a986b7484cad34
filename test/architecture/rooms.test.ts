import type { IConfiguration } from 'dependency-cruiser';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { listFiles } from './read-tree.js';

const { forbidden = [] } = createRequire(import.meta.url)(
  '../../.dependency-cruiser.cjs',
) as IConfiguration;

/** How many files one folder may hold. */
const mostFiles = 30;

/** The folders of a partner that are no rooms. */
const others = ['entities', 'migrations', 'seed', 'testing'];

const ruled = new Set(
  forbidden.flatMap(
    ({ from }) => /^\^(subgraphs\/[\w-]+\/[\w-]+)\/$/.exec(String(from?.path))?.[1] ?? [],
  ),
);
const partners = new Set([...ruled].map((room) => room.split('/')[1] ?? ''));

const folders = listFiles().flatMap((path) => {
  const [, partner = '', folder = '', file] = path.split('/');
  const isInside = /^subgraphs\/.*\.ts$/.test(path) && partners.has(partner) && file !== undefined;
  return isInside && !others.includes(folder) ? [`subgraphs/${partner}/${folder}`] : [];
});

describe('the rooms of a partner', () => {
  it('each have their floor in .dependency-cruiser.cjs', () => {
    expect([...new Set(folders)].sort()).toEqual([...ruled].sort());
  });

  it('hold at most 30 files each', () => {
    const sizeOf = (room: string) => folders.filter((folder) => folder === room).length;
    expect([...ruled].filter((room) => sizeOf(room) > mostFiles)).toEqual([]);
  });
});

const kitRuled = forbidden.flatMap(
  ({ from }) => /^\^shared\/([\w-]+)\//.exec(String(from?.path))?.[1] ?? [],
);
const kitFiles = listFiles().filter((path) => /^shared\/.+\/[^/]+\.ts$/.test(path));

describe('the rooms of the kit', () => {
  it('each have their floor in .dependency-cruiser.cjs', () => {
    const rooms = new Set(kitFiles.map((path) => path.split('/')[1] ?? ''));
    expect([...rooms].sort()).toEqual([...new Set(kitRuled)].sort());
  });
});

describe('the folders of the project', () => {
  it('hold at most 30 files each', () => {
    const sizes = new Map<string, number>();
    for (const path of listFiles()) {
      const folder = path.split('/').slice(0, -1).join('/');
      sizes.set(folder, (sizes.get(folder) ?? 0) + 1);
    }
    const large = [...sizes].filter(([, size]) => size > mostFiles).map(([folder]) => folder);
    // A partner’s migrations are its history, which only grows.
    const isHistory = (folder: string) => /^subgraphs\/[\w-]+\/migrations$/.test(folder);
    expect(large.filter((folder) => !folder.startsWith('.') && !isHistory(folder))).toEqual([]);
  });
});
