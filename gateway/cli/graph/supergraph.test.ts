import { Supergraph } from '@apollo/federation-internals';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../config.js';
import { printed } from '../test-printed.js';
import { printSupergraph } from './supergraph.js';

const print = (...argv: string[]) => printed(printSupergraph, argv, {});

describe('npm run hub -- supergraph', () => {
  it('prints the graph, with each subgraph at the hub', async () => {
    const text = await print('--hub', 'https://hub.example.org/');
    const { url, name } = [...Supergraph.build(text).subgraphs().values()].at(1) ?? {};
    expect([name, url]).toEqual([
      'national-police',
      'https://hub.example.org/subgraphs/national-police',
    ]);
    expect(text).not.toContain('127.0.0.1');
    expect(text).toContain('A national police force or one of its units.');
  });

  it('writes a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hub-graph-'));
    const file = join(folder, 'graph.graphql');
    expect(await print('--hub', 'http://127.0.0.1:4000', '--to', file)).toBe('');
    expect(await readFile(file, 'utf8')).toContain('"http://127.0.0.1:4000/subgraphs/nbnp"');
    await rm(folder, { recursive: true });
  });

  it.each([[], ['--hub', 'hub.example.org'], ['--hub', 'ftp://hub.example.org'], ['--what']])(
    'refuses %s',
    async (...argv) => {
      await expect(print(...argv)).rejects.toThrow(UsageError);
    },
  );
});
