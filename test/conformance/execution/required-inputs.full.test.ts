import { isLeafType, Kind, parse, type GraphQLSchema, type TypeNode } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseFieldSet } from '../../../gateway/engine/documents/field-set.js';
import { readContract } from '../../../gateway/registry/contracts.js';
import type { Answer, Asker, OpenHub, Tree } from '../../e2e/network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../../e2e/network/open-network.js';
import { sampleOf } from '../../sample.js';

/** A field that requires fields of another subgraph. */
interface Derived {
  readonly contract: string;
  readonly type: string;
  readonly field: string;
  /** The names of what it requires, the outermost ones. */
  readonly inputs: readonly string[];
}

/** Every field of a contract with `@requires`. */
const listDerived = (contract: string): Derived[] =>
  parse(readContract(contract).sdl).definitions.flatMap((node) => {
    const isType = node.kind === Kind.OBJECT_TYPE_DEFINITION;
    if (!isType && node.kind !== Kind.OBJECT_TYPE_EXTENSION) return [];
    return (node.fields ?? []).flatMap(({ name, directives = [] }) => {
      const requires = directives.find((directive) => directive.name.value === 'requires');
      const value = requires?.arguments?.[0]?.value;
      if (value?.kind !== Kind.STRING) return [];
      const inputs = parseFieldSet(value.value).selections.flatMap((selection) =>
        selection.kind === Kind.FIELD ? selection.name.value : [],
      );
      return { contract, type: node.name.value, field: name.value, inputs };
    });
  });

const derived = ['nbnp', 'national-police', 'ncm-offices'].flatMap(listDerived);

/** Where the objects of a type are found. */
const roots: Readonly<Record<string, (inner: string) => string>> = {
  Programme: (inner) => `programmes ${inner}`,
  Group: (inner) => `groups { nodes ${inner} }`,
  ItineraryStop: (inner) => `visits { nodes { stops ${inner} } }`,
  ExpertAssignment: (inner) => `visits { nodes { experts ${inner} } }`,
  RegionalHosting: (inner) => `visits { nodes { regionalHostings ${inner} } }`,
  Hosting: (inner) => `visits { nodes { hostings ${inner} } }`,
  OfficerNomination: (inner) => `groups { nodes { officerNominations ${inner} } }`,
};

const nameOf = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);

/** Selections of the field: alone, and beside aliases that have the names of what it requires. */
function writeQuery(schema: GraphQLSchema, { type, field, inputs }: Derived): string {
  const definition = parse(`type T { f: ${String(typeOf(schema, type, field))} }`).definitions[0];
  const named =
    definition?.kind === Kind.OBJECT_TYPE_DEFINITION && definition.fields?.[0]
      ? nameOf(definition.fields[0].type)
      : '';
  const own = isLeafType(schema.getType(named)) ? field : `${field} { __typename }`;
  const aliases = inputs.map((input) => `${input}: id`).join(' ');
  const write = roots[type] ?? (() => `no root for ${type}`);
  return `{ alone: ${write(`{ ${own} }`)}
    beside: ${write(`{ ${aliases} ${own} }`)}
    renamed: ${write(`{ id other: ${own} }`)} }`;
}

const typeOf = (schema: GraphQLSchema, type: string, field: string) => {
  const found = schema.getType(type);
  return found && 'getFields' in found ? found.getFields()[field]?.type : undefined;
};

/** The value at a path of a response, as far as there is one. Throws where nobody selected it. */
function readAt(data: Tree, path: readonly (string | number)[]): Tree {
  let value = data;
  for (const step of path) {
    if (value === null) return null;
    if (!Object.hasOwn(value, step)) throw new Error(`Nobody selected ${path.join('.')}.`);
    value = value[step];
  }
  return value;
}

/** The paths of all nulls. */
const nullsOf = (value: Tree, path: readonly (string | number)[] = []): string[] => {
  if (value === null) return [path.join('.')];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => nullsOf(inner, [...path, key]));
};

const askers: Readonly<Record<string, Asker | undefined>> = {
  nobody: undefined,
  'a co-ordinator of Finland': { organisation: 'fi', role: 'coordinator' },
  'the network’s co-ordinator': { organisation: 'nbnp', role: 'coordinator' },
};

describe('the errors of what a field requires', () => {
  let network: OpenNetwork;
  const hubs = new Map<string, OpenHub>();
  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true });
    for (const away of [[], ['ncm'], ['dk', 'fi', 'lt']])
      hubs.set(away.join(), await network.openHubWithout(away));
  });
  afterAll(async () => {
    for (const hub of hubs.values()) await hub[Symbol.asyncDispose]();
    await network[Symbol.asyncDispose]();
  });

  it('are tried for every field of the contracts that requires something', () => {
    expect(derived.length).toBeGreaterThan(15);
    expect(derived.filter(({ type }) => !roots[type])).toEqual([]);
  });

  it.each(sampleOf(3, derived))('stand at $field of $type, which is null', async (one) => {
    const whole = hubs.get('')!;
    const query = writeQuery(whole.hub.schema, one);
    for (const [who, asker] of Object.entries(askers)) {
      const complete = await whole.ask(query, {}, asker);
      for (const [away, hub] of hubs) {
        const answer = hub === whole ? complete : await hub.ask(query, {}, asker);
        // The owner of the field itself is missing at the object, for all of its fields there.
        const isOfOwner =
          (away.split(',').includes('fi') && one.contract === 'national-police') ||
          (away === 'ncm' && one.type === 'RegionalHosting');
        expectPlaced(answer, complete, `${query} without ${away} for ${who}`, isOfOwner);
      }
    }
  });
});

/** Each error is at something selected, and null. What is null for want of a partner has an error. */
function expectPlaced(
  { data, errors = [] }: Answer,
  complete: Answer,
  what: string,
  isOfOwner: boolean,
): void {
  const places = new Set<string>();
  for (const { path = [], extensions } of errors) {
    const place = path.join('.');
    expect(() => readAt(data, path), `${what}: ${place}`).not.toThrow();
    const value = readAt(data, path);
    places.add(place);
    // A derived value may be a lower bound, and a list may lack rows. Both have a mark of their own.
    if (!extensions.code.startsWith('PARTNER_')) expect(value, `${what}: ${place}`).toBeNull();
  }
  const known = new Set(nullsOf(complete.data));
  const lost = nullsOf(data).filter((place) => !known.has(place));
  // At that very path: an error at the object would say that all of it is missing.
  const isNamed = (place: string) =>
    places.has(place) || (isOfOwner && places.has(place.replace(/\.\w+$/, '')));
  expect(
    lost.filter((place) => !isNamed(place)),
    what,
  ).toEqual([]);
}
