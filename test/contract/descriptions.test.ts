import { listElements } from '@hub/shared/graphql';
import { inner } from '@hub/shared/testing';
import { buildASTSchema, parse } from 'graphql';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { printCollection } from '../../gateway/cli/reference/print-collection.js';
import { printDescriptions } from '../../gateway/cli/reference/read-descriptions.js';
import { readFieldFacts } from '../../gateway/cli/reference/read-field-facts.js';
import { readRestrictedFields } from '../../gateway/cli/reference/read-restricted-fields.js';
import { readContract } from '../../gateway/registry/contracts.js';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const subgraphs = readdirSync(new URL('subgraphs/', root)).filter((name) =>
  existsSync(new URL(`subgraphs/${name}/schema.graphql`, root)),
);
const descriptionsOf = (name: string): Record<string, string> =>
  JSON.parse(
    name === 'hub'
      ? read('gateway/contracts/hub.descriptions.json')
      : printDescriptions(read(`subgraphs/${name}/schema.graphql`)),
  );

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
      for (const [coordinate, text] of Object.entries(descriptionsOf(name))) {
        const words = inner.withoutReaders(text);
        texts.set(coordinate, (texts.get(coordinate) ?? new Set()).add(words));
      }
    }
    const differ = [...texts].filter(([, { size }]) => size > 1);
    expect(differ.map(([coordinate, { size }]) => [coordinate, size])).toEqual([]);
  });
});

describe('what the graph says of people', () => {
  const gendered = /\b(s?he|hers?|his|him|(her|him)self)\b/i;

  it.each(['hub', ...subgraphs])('is as true of a woman as of a man: %s', (name) => {
    const said = Object.entries(descriptionsOf(name)).filter(([, text]) => gendered.test(text));
    expect(said).toEqual([]);
    const { sdl } = readContract(name);
    expect(sdl.split('\n').filter((line) => gendered.test(line))).toEqual([]);
  });

  it.each([
    'shared/errors/codes.md',
    'subgraphs/nbnp/warnings/warnings.md',
    'gateway/explorer/words/en.json',
  ])('is as true of a woman as of a man: %s', (path) => {
    expect(
      read(path)
        .split('\n')
        .filter((line) => gendered.test(line)),
    ).toEqual([]);
  });
});

const parts = ['hub', ...subgraphs].map((name) => ({
  name,
  sdl: readContract(name).sdl,
  ...(name !== 'hub' && { access: read(`subgraphs/${name}/access.md`) }),
}));

describe('readRestrictedFields', () => {
  it('restricts a field that one of its owners records, and no open one', () => {
    const sdl = 'type Group { id: ID! plan: String report: String name: String @external }';
    const table = (plan: string) =>
      `## Group\n\n| \`id\` | \`open\` | all |\n| \`plan\` | \`${plan}\` | some |\n| \`report\` | \`report\` | some |\n`;
    const both = ['people', 'itinerary'].map((plan) => ({ name: plan, sdl, access: table(plan) }));
    const [people] = both;
    const open = { 'Group.id': false, 'Group.plan': false, 'Group.report': true };
    expect(people && readRestrictedFields([people])).toEqual(open);
    expect(readRestrictedFields(both)).toEqual({ ...open, 'Group.plan': true });
    expect(readRestrictedFields([{ name: 'hub', sdl }])).toEqual({
      'Group.id': false,
      'Group.plan': false,
      'Group.report': false,
    });
    expect(() => readRestrictedFields([{ name: 'a', sdl, access: '' }])).toThrow('Group.id');
  });

  it('knows what the partners restrict: a name, a plan and a need, and not an event', () => {
    const restricted = readRestrictedFields(parts);
    const some = ['Officer.name', 'Visit.stops', 'TravelNeeds.diet', 'Task.kind', 'Event.title'];
    expect(some.map((coordinate) => restricted[coordinate])).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
  });
});

describe('readFieldFacts', () => {
  it('names every owner of a field, with the words of its table', () => {
    const facts = readFieldFacts(parts);
    expect(facts['Query.partners']).toEqual({ hub: 'everybody' });
    expect(facts['Officer.rank']).toHaveProperty('national-police');
    for (const { name, access = '' } of parts)
      for (const [coordinate, owners] of Object.entries(facts)) {
        const [, field] = coordinate.split('.');
        const words = owners[name]?.replaceAll('the owner', 'this organisation');
        // What participants read is a column of its own.
        if (access && words) expect(access.replaceAll(' | ', '; ')).toContain(`; ${words}`);
        if (access && words) expect(access).toMatch(new RegExp(`^\\| .*\`${field}\`.* \\|`, 'm'));
      }
  });

  it('refuses a table without a row for a field', () => {
    const sdl = 'type Query { one: Int two: Int @external }';
    for (const cells of ['`one`', '`zero`, `one`, `two`', '`Query` | `one`, `two`']) {
      const isWhole = cells.startsWith('`Query`');
      const access = `## Query\n\n| ${cells} | \`open\` | everybody |${isWhole ? ' for 30 s |' : ''}\n`;
      const facts = readFieldFacts([{ name: 'a', sdl, access }]);
      expect(facts).toEqual({ 'Query.one': { a: 'everybody' } });
    }
    expect(() => readFieldFacts([{ name: 'a', sdl, access: '' }])).toThrow('Query.one');
  });
});

describe('printCollection', () => {
  const examples = subgraphs.map((name) => ({
    name,
    text: read(`subgraphs/${name}/examples.graphql`),
  }));

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
