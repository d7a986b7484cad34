import { definition as nationalPolice } from '@hub/national-police';
import { definition as nbnp } from '@hub/nbnp';
import { definition as ncmOffices } from '@hub/ncm-offices';
import { isTypeExtensionNode, parse, type DefinitionNode } from 'graphql';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { composeSupergraph } from '../../gateway/registry/compose.js';
import { readContract } from '../../gateway/registry/contracts.js';
import { findGaps } from './find-gaps.js';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

const definitions = { 'ncm-offices': ncmOffices, nbnp, 'national-police': nationalPolice };
const subgraphs = Object.keys(definitions) as (keyof typeof definitions)[];
const isExtension = (node: DefinitionNode) => isTypeExtensionNode(node);
const nameOf = (node: DefinitionNode) =>
  'name' in node && node.name ? node.name.value : node.kind;
const committed = readdirSync(new URL('gateway/contracts/', root)).filter((name) =>
  name.endsWith('.graphql'),
);

describe('gateway/contracts', () => {
  const isAddition = (name: string) => name.endsWith('.additions.graphql');

  it('has a contract for each subgraph and one of the hub’s own', () => {
    const contracts = committed.filter((name) => !isAddition(name));
    expect(contracts.sort()).toEqual([...subgraphs, 'hub'].map((name) => `${name}.graphql`).sort());
  });

  it('has additions to contracts alone, which only add', () => {
    for (const name of committed.filter(isAddition)) {
      const contract = name.replace('.additions', '');
      expect(committed).toContain(contract);
      const known = new Set(parse(read(`gateway/contracts/${contract}`)).definitions.map(nameOf));
      for (const node of parse(read(`gateway/contracts/${name}`)).definitions) {
        expect
          .soft([nameOf(node), known.has(nameOf(node))])
          .toEqual([nameOf(node), isExtension(node)]);
      }
    }
  });
});

describe.each(subgraphs)('subgraphs/%s/schema.graphql', (name) => {
  it('offers the whole of its contract, and the additions to it', () => {
    expect(findGaps(readContract(name).sdl, read(`subgraphs/${name}/schema.graphql`))).toEqual([]);
  });

  it('is what the code emits (npm run schema:emit)', async () => {
    const { sdl } = await definitions[name].createSubgraph();
    expect(read(`subgraphs/${name}/schema.graphql`)).toBe(sdl);
  });
});

describe('composition', () => {
  it('makes one graph of what the partners emit and the hub’s own contract', () => {
    const services = [
      ...subgraphs.map((name) => ({ name, path: `subgraphs/${name}/schema.graphql` })),
      { name: 'hub', path: 'gateway/contracts/hub.graphql' },
    ].map(({ name, path }) => ({
      name,
      sdl: read(path),
      url: `http://${name}.example`,
    }));
    const { errors, supergraphSdl } = composeSupergraph(services);
    expect(errors?.map(({ message }) => message) ?? []).toEqual([]);
    expect(supergraphSdl).toContain('type Office');
  });
});
