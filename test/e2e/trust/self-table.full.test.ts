import { buildSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleOf } from '../../sample.js';
import type { Asker, Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { documents } from './access-paths.js';
import { clock } from './demonstration.js';
import { queriesOfEveryField } from './every-field.js';
import { everything, hasRules, isHers, personas, type Persona } from './self-rules.js';

/** A value of a response, by the object that has it. */
interface Seen {
  readonly type: string;
  readonly field: string;
  readonly id: string;
  /** The group in which it was found. */
  readonly group: string;
  readonly value: unknown;
}

/** All values of objects that say what they are. What is inside one that does not is of its parent’s field. */
function listValues(data: Tree): Seen[] {
  const found: Seen[] = [];
  const walk = (value: Tree, at: Omit<Seen, 'value'>): void => {
    if (Array.isArray(value)) return value.forEach((item) => walk(item, at));
    if (typeof value !== 'object' || value === null) {
      if (value !== null && at.type !== '') found.push({ ...at, value });
      return;
    }
    const { __typename: type = '', id = '' } = value as Record<string, string | undefined>;
    const group = type === 'Group' ? id : at.group;
    const isOfParent = type === '' || (id === '' && !hasRules(type));
    for (const [alias, inner] of Object.entries(value as object)) {
      const field = alias.split('__').at(-1) ?? '';
      if (alias !== '__typename') walk(inner, isOfParent ? at : { type, field, id, group });
    }
  };
  for (const [root, value] of Object.entries((data ?? {}) as object))
    walk(value, { type: 'Query', field: root, id: '', group: '' });
  return found;
}

const keyOf = ({ type, id, field, value }: Seen) =>
  `${type} ${id} ${field} ${JSON.stringify(value)}`;

const graph = buildSchema(
  readFileSync(
    new URL('../../../gateway/explorer/generated/schema.graphql', import.meta.url),
    'utf8',
  ),
);
const ids: Readonly<Record<string, string>> = {
  officer: 'fi:demo-officer-3',
  delegate: 'ncm:demo-delegate-1',
  expert: 'lv:demo-expert-1',
  group: 'nbnp:demo-group-2',
  visit: 'nbnp:demo-visit-2',
  itineraryStop: 'nbnp:demo-stop-1-2',
  programme: 'nbnp:demo-programme',
};
/** For every field of the graph; what the hub says of itself changes with each call. */
const queries = queriesOfEveryField(
  graph,
  (field, argument) => ids[argument] ?? ids[field] ?? 'nbnp:nbnp',
).filter((query) => !/^\{ (operations|partners?|usage|hubKeysChangedAt)\b/.test(query));

describe('Self', () => {
  let network: OpenNetwork;
  const toAnyone = new Set<string>();
  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true, clock });
    expect(queries.length).toBeGreaterThan(500);
    for (const document of [...documents, ...queries]) {
      const { data, errors = [] } = await ask(document);
      const codes = errors.map(({ extensions: { code } }) => code);
      expect(
        codes.filter((code) => /^(GRAPHQL|QUERY|BAD|INTERNAL)/.test(code)),
        document,
      ).toEqual([]);
      for (const seen of listValues(data)) toAnyone.add(keyOf(seen));
    }
  }, 120_000);
  afterAll(() => network[Symbol.asyncDispose]());

  const ask = (document: string, who?: Asker) =>
    network.ask(document, document.includes('$edges') ? { edges: true } : {}, who);

  it.each(Object.entries(personas))(
    'gives %s what is hers and what everybody reads, of every field by each field that leads to it',
    async (_name, persona: Persona) => {
      for (const document of [...documents, ...sampleOf(5, queries)]) {
        const { data } = await ask(document, persona.who);
        const others = listValues(data).filter(
          (seen) =>
            !toAnyone.has(keyOf(seen)) &&
            !isHers(persona, seen.type, seen.field, seen.id, seen.group),
        );
        expect(others.slice(0, 3), document).toEqual([]);
      }
    },
    120_000,
  );

  it.each(Object.entries(personas).filter(([, { group }]) => group !== undefined))(
    'gives %s all that is hers, by her own record',
    async (_name, { who, group }: Persona) => {
      const { data, errors } = await ask(everything, who);
      expect(errors ?? []).toEqual([]);
      const { name, email, languages, groups } = data.me;
      expect([name, email, languages]).not.toContain(null);
      expect(groups.map(({ id }: Tree) => id)).toEqual([`nbnp:demo-group-${group}`]);
      const [{ visits, members }] = groups;
      expect(visits.map(({ id }: Tree) => id)).toEqual([`nbnp:demo-visit-${group}`]);
      expect(visits[0].stops.length).toBeGreaterThan(0);
      const hosts = await ask(`{ visit(id: "${visits[0].id}") { hostings { id status } } }`, {
        organisation: 'nbnp',
        role: 'coordinator',
      });
      const confirmed = (hosts.data.visit.hostings as Tree[])
        .filter(({ status }) => status === 'CONFIRMED')
        .map(({ id }) => id as string);
      expect(visits[0].hostings.map(({ id }: Tree) => id)).toEqual(
        expect.arrayContaining(confirmed),
      );
      expect(members.length).toBeGreaterThan(1);
      for (const member of members) expect(member).toMatchObject({ country: expect.any(String) });
    },
  );
});
