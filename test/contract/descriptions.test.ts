import { withoutReaders } from '@hub/shared/policy';
import { listElements } from '@hub/shared/reference';
import { buildASTSchema, parse } from 'graphql';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { printCollection } from '../../gateway/reference/print-collection.js';
import { printDescriptions } from '../../gateway/reference/read-descriptions.js';
import { readContract } from '../../gateway/registry/contracts.js';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const subgraphs = readdirSync(new URL('gateway/contracts/', root))
  .flatMap((name) => /^([\w-]+)\.descriptions\.json$/.exec(name)?.[1] ?? [])
  .filter((name) => name !== 'hub');

describe.each(subgraphs)('gateway/contracts/%s.descriptions.json', (name) => {
  it('is what the partner’s schema says (npm run docs:emit)', () => {
    expect(read(`gateway/contracts/${name}.descriptions.json`)).toBe(
      printDescriptions(read(`subgraphs/${name}/schema.graphql`)),
    );
  });
});

describe('gateway/contracts/hub.descriptions.json', () => {
  it('describes the hub’s own part, and nothing else', () => {
    const { sdl, descriptions = {} } = readContract('hub');
    const schema = buildASTSchema(parse(sdl), { assumeValidSDL: true });
    const own = listElements(schema).map(({ coordinate }) => coordinate);
    expect(Object.keys(descriptions).toSorted()).toEqual(own.toSorted());
  });
});

describe('the descriptions of the contracts', () => {
  it('say the same of what several subgraphs publish, apart from who reads it', () => {
    const texts = new Map<string, Set<string>>();
    for (const name of ['hub', ...subgraphs]) {
      for (const [coordinate, text] of Object.entries(readContract(name).descriptions ?? {})) {
        const words = withoutReaders(text);
        texts.set(coordinate, (texts.get(coordinate) ?? new Set()).add(words));
      }
    }
    const differ = [...texts].filter(([, { size }]) => size > 1);
    expect(differ.map(([coordinate, { size }]) => [coordinate, size])).toEqual([]);
  });
});

describe('gateway/reference/examples.postman_collection.json', () => {
  const examples = subgraphs.map((name) => ({
    name,
    text: read(`subgraphs/${name}/examples.graphql`),
  }));

  it('has the examples of all partners (npm run docs:emit)', () => {
    const committed = read('gateway/reference/examples.postman_collection.json');
    expect(committed).toBe(printCollection(examples));
  });

  it('has each operation once, with the line above it', () => {
    const { item } = JSON.parse(printCollection(examples));
    const requests = item.flatMap((folder: { item: object[] }) => folder.item);
    expect(requests).toHaveLength(
      examples.reduce((count, { text }) => count + parse(text).definitions.length, 0),
    );
    for (const { name, request } of requests) {
      const { query } = request.body.graphql;
      const lines = examples.map(({ text }) =>
        text.indexOf(`# ${request.description}\n${query}\n`),
      );
      expect(
        lines.filter((line) => line >= 0),
        name,
      ).toHaveLength(1);
    }
  });
});
