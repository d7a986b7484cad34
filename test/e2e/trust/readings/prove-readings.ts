import { createDisposableStack } from '@hub/shared/testing';
import { expect } from 'vitest';
import { createToken, type Asker } from '../../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../../network/open-network.js';
import { clock, polices } from '../demonstration.js';
import { recordResponses, type LeftResponse, type Loss } from './record-responses.js';
import { createReadTold } from './told-about-people.js';

const subgraphOf = (code: string): string =>
  ({ nbnp: 'nbnp', ncm: 'ncm-offices' })[code] ?? 'national-police';
const codes = ['nbnp', 'ncm', ...polices];
const roles: readonly Asker['role'][] = ['analyst', 'coordinator', 'liaison', 'auditor', 'service'];

/** The same numbers in every run with one seed. */
function createDraw(seed: number) {
  let state = seed;
  const below = (most: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * most);
  };
  const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;
  const some = (items: readonly string[]): string => {
    const chosen = items.filter(() => below(2) === 0);
    return (chosen.length > 0 ? chosen : [pick(items)]).join(' ');
  };
  return { below, pick, some };
}
type Draw = ReturnType<typeof createDraw>;

const group = 'group: "nbnp:demo-group-2"';
const prepared = [
  `formalities(${group}) { kind status note }`,
  `outstanding(${group})`,
  'travelNeeds { diet access emergencyContact }',
  'report { id text receivedOn }',
];

/** A query by one of the access paths, with some of the fields. */
function drawQuery({ below, pick, some }: Draw): string {
  const nomination = () =>
    `nominations { __typename id nominatedOn: id ${some(['motivation', 'reason', 'hasFormalities'])} }`;
  const officer = () =>
    `__typename id ${some(['name', 'alias: name', 'email', 'rank', 'targetGroup', ...prepared, nomination()])}`;
  const delegate = () =>
    `__typename id ${some(['name', 'email', 'employer', 'country', ...prepared, nomination()])}`;
  const assignment = () =>
    `__typename id expertId ${some(['role', 'loanGranted', 'loanReason', 'status', 'loanDecidedOn'])}`;
  const expert = () =>
    `__typename id ${some(['name', 'email', 'roles', `assignments { ${assignment()} }`])}`;
  const member = () =>
    `__typename id ... on Officer { ${officer()} } ... on Delegate { ${delegate()} }`;
  const country = pick(['DK', 'EE', 'FI', 'LT', 'SE']);
  const number = 1 + below(6);
  const paths: readonly (() => string)[] = [
    () =>
      `officers(first: ${1 + below(60)}, filter: { rehearsals: true }) { nodes { ${officer()} } }`,
    () =>
      `officers(filter: { country: "${country}", rehearsals: true }) { edges { node { ${officer()} } } }`,
    () => `officer(id: "${country.toLowerCase()}:demo-officer-${number}") { ${officer()} }`,
    () =>
      `delegates(first: ${1 + below(40)}, filter: { rehearsals: true }) { nodes { ${delegate()} } }`,
    () => `delegate(id: "ncm:demo-delegate-${1 + below(30)}") { ${delegate()} }`,
    () => `experts(filter: { rehearsals: true }) { nodes { ${expert()} } }`,
    () => `expert(id: "${pick(['lv', 'lt', 'ee'])}:demo-expert-${1 + below(2)}") { ${expert()} }`,
    () =>
      `group(id: "nbnp:demo-group-${number}") { members { ${member()} } absences { reason participant { __typename id } } }`,
    () =>
      `visit(id: "nbnp:demo-visit-${number}") { experts { ${assignment()} } group { members { ${member()} } } }`,
    () =>
      `policeUnits { __typename id officers(first: 20, rehearsals: true) { nodes { ${officer()} } } experts(rehearsals: true) { ${expert()} } }`,
    () => `tasks(rehearsals: true) { nodes { __typename id kind subject since dueOn } }`,
  ];
  return `{ ${pick(paths)()} }`;
}

type Key = string;
const keyOf = (...parts: readonly unknown[]): Key => parts.map(String).join(' | ');

/** Rows whose people only the owner’s tables say. */
async function readOwners(network: OpenNetwork) {
  const owners = new Map<string, string>();
  const read = async (code: string, type: string, table: string, column: string) => {
    const { source } = network.serverOf(code);
    const rows = await source.query<{ id: string; person: string }[]>(
      `SELECT id, ${column} AS person FROM ${table}`,
    );
    for (const { id, person } of rows) owners.set(`${code} ${type} ${id}`, person);
  };
  for (const code of polices) {
    await read(code, 'OfficerNomination', 'officer_nominations', 'officer_id');
    await read(code, 'ParticipantReport', 'participant_reports', 'officer_id');
  }
  await read('ncm', 'DelegateNomination', 'delegate_nominations', 'delegate_id');
  await read('ncm', 'ParticipantReport', 'participant_reports', 'delegate_id');
  await read('nbnp', 'OfficerNomination', 'officer_nominations', 'officer_id');
  for (const code of ['nbnp', ...polices]) {
    const { source } = network.serverOf('nbnp');
    const rows = await source.query<{ id: string; person: string }[]>(
      'SELECT id, expert_id AS person FROM expert_assignments',
    );
    for (const { id, person } of rows) owners.set(`${code} ExpertAssignment ${id}`, person);
  }
  return (code: string, type: string, id: string) => owners.get(`${code} ${type} ${id}`);
}

/** The ids of all people, with the root field that shows each. */
async function readPeople(network: OpenNetwork): Promise<Map<string, string>> {
  const people = new Map<string, string>();
  const add = async (code: string, field: string, table: string) => {
    const rows = await network
      .serverOf(code)
      .source.query<{ id: string }[]>(`SELECT id FROM ${table}`);
    for (const { id } of rows) people.set(id, field);
  };
  for (const code of polices) {
    await add(code, 'officer', 'officers');
    await add(code, 'expert', 'experts');
  }
  await add('ncm', 'delegate', 'delegates');
  return people;
}

const readingFields = 'id at owner organisation role reader client purpose type fields wasRefused';

interface FoundReading {
  readonly id: string;
  readonly at: string;
  readonly owner: string;
  readonly organisation: string;
  readonly role: string;
  readonly reader: string | null;
  readonly client: string | null;
  readonly type: string;
  readonly fields: readonly string[];
  readonly wasRefused: boolean;
}

/** All readings of a person, as the auditor of her organisation pages through them from either end. */
async function readReadings(
  network: OpenNetwork,
  field: string,
  id: string,
  { size, isBackwards }: { readonly size: number; readonly isBackwards: boolean },
): Promise<FoundReading[]> {
  const asker: Asker = {
    organisation: id.split(':')[0] ?? '',
    role: 'auditor',
    clientName: 'audit',
  };
  const found: FoundReading[] = [];
  let cursor: string | null = null;
  for (;;) {
    const page = isBackwards ? 'last: $size, before: $cursor' : 'first: $size, after: $cursor';
    const { data, errors } = await network.ask(
      `query Readings($id: ID!, $size: Int, $cursor: String) { ${field}(id: $id) {
        readings(${page}) { nodes { ${readingFields} }
          pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`,
      { id, size, cursor },
      asker,
    );
    expect(errors).toBeUndefined();
    const { nodes, pageInfo } = data[field].readings as {
      nodes: FoundReading[];
      pageInfo: {
        hasNextPage: boolean;
        hasPreviousPage: boolean;
        startCursor: string;
        endCursor: string;
      };
    };
    if (isBackwards) found.unshift(...nodes);
    else found.push(...nodes);
    if (!(isBackwards ? pageInfo.hasPreviousPage : pageInfo.hasNextPage)) return found;
    cursor = isBackwards ? pageInfo.startCursor : pageInfo.endCursor;
  }
}

/**
 * Reads at random by all access paths, with partners that fail in between, and compares what left
 * each partner with what each person is told.
 */
export async function proveReadings(count: number, seed: number): Promise<void> {
  await using stack = createDisposableStack();
  const draw = createDraw(seed);
  const left: LeftResponse[] = [];
  let loss: { readonly owner: string; readonly of: Loss } | undefined;
  const keep = (response: LeftResponse) => left.push(response);
  const network = stack.use(
    await openNetwork('demonstration', {
      isGuarded: true,
      clock,
      async front(code, url) {
        const lose = () => (loss?.owner === code ? loss.of : undefined);
        return stack.use(await recordResponses(code, url, { keep, lose })).url;
      },
    }),
  );
  const ownerOf = await readOwners(network);
  const people = await readPeople(network);

  /** One read, or one export of a list. */
  const read = async (name: string) => {
    const organisation = draw.pick(codes);
    const role = draw.pick(roles);
    if (draw.below(20) === 0) return network.ask(drawQuery(draw));
    const asker = { organisation, role, clientName: name };
    if (draw.below(20) > 0) return network.ask(drawQuery(draw), {}, asker);
    const list = draw.pick(['officers.csv?columns=id,name,email', 'experts.csv?columns=id,name']);
    const headers = {
      authorization: `Bearer ${await createToken(network.keys, asker)}`,
      'apollographql-client-name': name,
    };
    const url = new URL(`/export/${list}&filter.rehearsals=true`, network.hubUrl);
    return (await fetch(url, { headers })).text().catch(() => undefined);
  };
  for (let number = 0; number < count; number += 1) {
    const owner = draw.pick(codes);
    const fault = draw.below(40);
    if (fault === 0) loss = { owner, of: 'before' };
    if (fault === 1) loss = { owner, of: 'after' };
    const table = draw.pick(['person_keys', 'disclosure_readings']);
    const rename = (from: string, to: string) =>
      network.serverOf(owner).source.query(`ALTER TABLE ${from} RENAME TO ${to}`);
    if (fault === 2) await network.stop(owner);
    if (fault === 3) await rename(table, 'taken_away');
    await Promise.all([0, 1, 2].map((part) => read(`read-${number}-${part}`)));
    if (fault === 3) await rename('taken_away', table);
    if (fault === 2) await network.start(owner);
    loss = undefined;
  }

  const given = new Map<string, Set<Key>>();
  const refused = new Map<string, Set<Key>>();
  const note = (into: Map<string, Set<Key>>, person: string, key: Key) =>
    into.set(person, (into.get(person) ?? new Set()).add(key));
  for (const { owner, reader, client, body, response } of left) {
    if (client === '') continue;
    const readTold = createReadTold(subgraphOf(owner));
    const personOf = (type: string, id: string) => ownerOf(owner, type, id);
    const by = [owner, reader.organisation, reader.role];
    for (const told of readTold(JSON.parse(body), JSON.parse(response), personOf)) {
      const key = keyOf(...by, told.type, told.field);
      if (!told.wasRefused) note(given, told.person, `${client} | ${key}`);
      // The record has a refusal that repeats once a minute, of one of the clients.
      else if (reader.role !== 'anonymous') note(refused, told.person, key);
    }
  }
  expect([...given.values()].reduce((sum, { size }) => sum + size, 0)).toBeGreaterThan(count);

  // The daily runs of the partners ask at times of their own, without a name.
  const isUsual = ({ client }: FoundReading) => client !== 'audit' && Boolean(client);
  // Of other types, an error of one field can hide those of the others.
  const ofWholeRows = /\| (Officer|Delegate|Expert) \|/;
  for (const [person, field] of people) {
    const page = { size: draw.pick([20, 1000, 1000, 1000]), isBackwards: draw.below(4) === 0 };
    const found = (await readReadings(network, field, person, page)).filter(isUsual);
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    expect(found.map(({ at }) => at)).toEqual(
      found
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    );
    const keysOf = (wasRefused: boolean) =>
      found
        .filter((one) => one.wasRefused === wasRefused)
        .flatMap(({ client, owner, organisation, role, type, fields }) =>
          (fields.length > 0 ? fields : ['']).map((name) =>
            [
              ...(wasRefused ? [] : [client ?? '']),
              keyOf(owner, organisation, role, type, name),
            ].join(' | '),
          ),
        );
    expect(new Set(keysOf(false)), person).toEqual(given.get(person) ?? new Set());
    const only = (keys: Iterable<Key>) => new Set([...keys].filter((key) => ofWholeRows.test(key)));
    expect(only(keysOf(true)), person).toEqual(only(refused.get(person) ?? []));
    // Who read is named to auditors of the same organisation alone.
    const named = found.filter(({ reader }) => reader !== null);
    const [own] = person.split(':');
    expect(named).toEqual(found.filter(({ organisation }) => organisation === own));
  }
}
