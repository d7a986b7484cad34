import { parse, visit, type TypeNode } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readContract } from '../../../gateway/registry/contracts.js';
import type { Answer, Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { plan, runIn } from '../network/run-programme.js';

/** Each place where the network’s own data refers to a party, a site or an expert. */
const references = `{
  network {
    members { contact { ...Reference superior { ...Reference } } }
    spokesmanships { unit { ...Reference } }
  }
  organisations(first: 1000) { nodes { parent { ...Reference } } }
  programmes {
    roles { party { ...Reference } }
    sides {
      selectors { ...Reference }
      hosts { ...Reference }
      coordinators { ...Reference }
    }
  }
  groups(first: 1000) { nodes { coordinatingOffice { ...Reference } } }
  visits(first: 1000) { nodes {
    stops { site { __typename id name country } }
    experts { expert { __typename id name country } }
  } }
  events(first: 1000) { nodes {
    roles { party { ...Reference } }
    outcomes { mandated { ...Reference } }
    represented { party { ...Reference } }
  } }
  contacts(first: 1000) { nodes { parties { ...Reference } } }
}
fragment Reference on Party { __typename id name country }`;

/** A side with parties of each kind. */
const latvia = {
  name: 'Latvia',
  countries: ['LV'],
  selectors: ['lv:police', 'nbnp:lv-prosecutor'],
  hosts: ['lv:police'],
  coordinators: ['ncm:rix'],
};

const others = ['dk', 'ee', 'fi', 'is', 'lt', 'lv', 'ncm', 'no', 'se'];

type Path = readonly (string | number)[];

/** Calls `look` with every record in a result that has an id. */
function walkRecords(tree: Tree, look: (record: Tree, path: Path) => void, path: Path = []): void {
  if (typeof tree !== 'object' || tree === null) return;
  if (typeof tree.id === 'string') look(tree, path);
  for (const [key, value] of Object.entries(tree)) {
    walkRecords(value, look, [...path, Array.isArray(tree) ? Number(key) : key]);
  }
}

/** The result without what one owner alone knows, and the places where that is missing. */
function withoutOwner(data: Tree, code: string): { data: Tree; places: string[] } {
  const rest = structuredClone(data);
  const places: string[] = [];
  walkRecords(rest, (record, path) => {
    if (!record.id.startsWith(`${code}:`)) return;
    Object.assign(record, { name: null, country: null });
    places.push(path.join('.'));
  });
  return { data: rest, places: places.toSorted() };
}

const namedType = (type: TypeNode): string =>
  type.kind === 'NamedType' ? type.name.value : namedType(type.type);

/** The fields of the network’s contract that lead to a party, a site or an expert of any owner. */
function readReferenceFields(): string[] {
  const types = ['Party', 'Office', 'PoliceUnit', 'Site', 'Expert'];
  const fields: string[] = [];
  visit(parse(readContract('nbnp').sdl), {
    ObjectTypeDefinition(node) {
      for (const { name, type } of node.fields ?? [])
        if (types.includes(namedType(type))) fields.push(name.value);
    },
  });
  return [...new Set(fields)].toSorted();
}

describe('a reference of the network to a record of another organisation', () => {
  let network: OpenNetwork;
  let whole: Answer;

  beforeAll(async () => {
    network = await openNetwork('demonstration');
    const programme = { ...plan, title: 'Between sides', isRehearsal: true, sides: [latvia] };
    await runIn(network).done('nbnp', 'createProgramme', programme);
    whole = await network.ask(references);
  });
  afterAll(() => network[Symbol.asyncDispose]());

  it('is asked for at every place that the contract has', () => {
    const led = new Set<string>();
    walkRecords(whole.data, (_, path) => {
      led.add(String(path.findLast((step) => typeof step === 'string')));
    });
    expect([...led].toSorted()).toEqual(readReferenceFields());
  });

  it('leads to another organisation at every place but three', () => {
    const led = new Set<string>();
    walkRecords(whole.data, ({ id }, path) => {
      if (!id.startsWith('nbnp:')) led.add(path.filter((step) => isNaN(Number(step))).join('.'));
    });
    // What stands above a police’s unit, who was represented, and who was given a task, in the facts, are always
    // organisations of the network’s directory.
    expect([...led].toSorted()).toEqual([
      'contacts.nodes.parties',
      'events.nodes.roles.party',
      'groups.nodes.coordinatingOffice',
      'network.members.contact',
      'network.spokesmanships.unit',
      'organisations.nodes.parent',
      'programmes.roles.party',
      'programmes.sides.coordinators',
      'programmes.sides.hosts',
      'programmes.sides.selectors',
      'visits.nodes.experts.expert',
      'visits.nodes.stops.site',
    ]);
  });

  it.each(others)('keeps its id and its type while %s is unavailable', async (code) => {
    const expected = withoutOwner(whole.data, code);
    expect(expected.places).not.toEqual([]);
    await network.stop(code);
    try {
      const { data, errors = [], extensions } = await network.ask(references);
      expect(data).toEqual(expected.data);
      expect(errors.map(({ path = [] }) => path.join('.')).toSorted()).toEqual(expected.places);
      for (const error of errors)
        expect(error.extensions).toMatchObject({ code: 'PARTNER_UNAVAILABLE', partner: code });
      expect(extensions.completeness).toMatchObject({
        complete: false,
        partners: { nbnp: { status: 'ANSWERED' }, [code]: { status: 'UNAVAILABLE' } },
      });
    } finally {
      await network.start(code);
    }
  });
});
