import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { composeSupergraph } from '../../gateway/registry/compose.js';
import { readContract } from '../../gateway/registry/contracts.js';
import { judgeSchema } from '../../gateway/registry/law/judge-schema.js';

const names = ['hub', 'national-police', 'nbnp', 'ncm-offices'];

/** The supergraph of all contracts, or of these schemas in the place of some. */
function compose(schemas: Readonly<Record<string, string>> = {}): string {
  const { supergraphSdl, errors } = composeSupergraph(
    names.map((name) => ({ name, url: '', sdl: schemas[name] ?? readContract(name).sdl })),
  );
  if (supergraphSdl === undefined) throw new Error(errors.map(({ message }) => message).join());
  return supergraphSdl;
}

const before = compose();

describe('the ownership law', () => {
  it.each(names)('accepts the contract of %s', (subgraph) => {
    expect(judgeSchema({ subgraph, before, after: before })).toEqual([]);
  });

  it.each(names.slice(1))('accepts what the servers of %s publish', (subgraph) => {
    const sdl = readFileSync(
      new URL(`../../subgraphs/${subgraph}/schema.graphql`, import.meta.url),
      'utf8',
    );
    expect(judgeSchema({ subgraph, before, after: compose({ [subgraph]: sdl }) })).toEqual([]);
  });
});
