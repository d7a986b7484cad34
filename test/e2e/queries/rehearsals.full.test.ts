import { Kind, parse, print, type OperationDefinitionNode } from 'graphql';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createToken, type Asker, type Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { cloneFolder } from '../network/running-command.js';

const page = 'totalCount nodes { id }';
const count = '{ value atLeast atMost }';
const people = `id nominated ${count} members ${count} reportsReceived ${count} reportsExpected ${count}`;

/** What says how much of something there is, as the pages, dashboards and exports ask for it. */
const answers: Readonly<Record<string, string>> = {
  'the offices': '{ offices { id branches { id } coverages { isStated } } }',
  'the sites': '{ nationalSites { id } regionalSites { id } }',
  'the units': `{ policeUnits { id experts { id } sites { id } officers { ${page} } } }`,
  'the officers': `{ officers(first: 1000) { ${page} } }`,
  'the experts': `{ experts(first: 1000) { ${page} } }`,
  'the delegates': `{ delegates(first: 1000) { ${page} } }`,
  'the events': `{ events(first: 1000) { ${page} } }`,
  'the officers in numbers': `{ officerStatistics { ${people} } }`,
  'the delegates in numbers': `{ delegateStatistics { ${people} } }`,
  'the experts in numbers': `{ expertStatistics { id language experts ${count} } }`,
  'the sectors in numbers': `{ sectorStatistics { id stops visits groups members ${count} } }`,
  'the groups without rehearsals': `{ groups(filter: { rehearsals: false }) { ${page} } }`,
  'the visits without rehearsals': `{ visits(filter: { rehearsals: false }) { ${page} } }`,
};

const documents = join(cloneFolder, 'gateway', 'plugins', 'mcp', 'documents');

const isOptional = ({ variableDefinitions = [] }: OperationDefinitionNode): boolean =>
  variableDefinitions.every(
    ({ type, defaultValue }) => type.kind !== Kind.NON_NULL_TYPE || defaultValue !== undefined,
  );

/**
 * The tools of an assistant that need no argument. Programmes, groups and visits are listed with the
 * mark; `contacts.full.test.ts` compares the contacts.
 */
const tools = readdirSync(documents)
  .filter((file) => !['contacts.graphql', 'programme.graphql', 'partners.graphql'].includes(file))
  .flatMap((file) => {
    const { definitions } = parse(readFileSync(join(documents, file), 'utf8'));
    return definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  })
  .filter(isOptional)
  .map((operation) => [operation.name?.value ?? '', print(operation)] as const);

const files = [
  'offices',
  'nationalSites',
  'regionalSites',
  'officers',
  'experts',
  'delegates',
  'officerStatistics',
  'delegateStatistics',
  'expertStatistics',
  'sectorStatistics',
].map((field) => `${field}.csv`);

const callers: readonly (readonly [string, Asker | undefined])[] = [
  ['an anonymous caller', undefined],
  ['an analyst', { organisation: 'dk', role: 'analyst' }],
  ['a co-ordinator', { organisation: 'nbnp', role: 'coordinator' }],
];

async function exportOf(network: OpenNetwork, file: string, asker?: Asker): Promise<unknown> {
  const authorization = asker && `Bearer ${await createToken(network.keys, asker)}`;
  const response = await fetch(new URL(`/export/${file}`, network.hubUrl), {
    headers: { ...(authorization && { authorization }) },
  });
  return [response.status, response.ok && (await response.text())];
}

/** The rows of a response that say whether they were made for rehearsals. */
function rowsIn(tree: Tree): Tree[] {
  if (Array.isArray(tree)) return tree.flatMap(rowsIn);
  if (typeof tree !== 'object' || tree === null) return [];
  const below = Object.values(tree as object).flatMap(rowsIn);
  return 'isRehearsal' in tree ? [tree, ...below] : below;
}

describe('the network with the demonstration, beside the one with facts only', () => {
  let whole: OpenNetwork;
  let facts: OpenNetwork;

  beforeAll(async () => {
    whole = await openNetwork('demonstration', { isGuarded: true });
    facts = await openNetwork('facts', { isGuarded: true });
  });
  afterAll(async () => {
    await whole[Symbol.asyncDispose]();
    await facts[Symbol.asyncDispose]();
  });

  describe.each(callers)('for %s', (_, asker) => {
    it.each([...Object.entries(answers), ...tools])('has the same: %s', async (_name, query) => {
      const [one, other] = [await whole.ask(query, {}, asker), await facts.ask(query, {}, asker)];
      expect(one.data).toEqual(other.data);
      expect(one.errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual(
        other.errors?.map(({ path, extensions }) => [path, extensions.code]),
      );
    });

    it.each([...files, 'offices.geojson', 'sites.geojson'])('exports the same %s', async (file) => {
      expect(await exportOf(whole, file, asker)).toEqual(await exportOf(facts, file, asker));
    });
  });

  it.each(['officer', 'expert', 'delegate', 'sector'])(
    'adds no invented people to the %s statistics of an anonymous caller',
    async (what) => {
      const query = `{ it: ${what}Statistics(filter: { rehearsals: true }) { id } }`;
      const { data, errors } = await whole.ask(query);
      expect([data.it, errors?.map(({ extensions }) => extensions.code)]).toEqual([
        null,
        ['FORBIDDEN'],
      ]);
    },
  );

  it('takes rehearsals in on request, and each such record says so', async () => {
    const asker: Asker = { organisation: 'nbnp', role: 'coordinator' };
    const filter = 'filter: { rehearsals: true }';
    const fields = 'id isRehearsal';
    const query = `{
      offices(${filter}) { ${fields} }
      nationalSites(${filter}) { ${fields} }
      regionalSites(rehearsals: true) { ${fields} }
      officers(first: 1000, ${filter}) { totalCount nodes { ${fields} } }
      experts(first: 1000, ${filter}) { totalCount nodes { ${fields} } }
      delegates(first: 1000, ${filter}) { totalCount nodes { ${fields} } }
      programmes { ${fields} } groups { nodes { ${fields} } }
      visits { nodes { ${fields} stops { ${fields} } experts { ${fields} } hostings { ${fields} } } } }`;
    const { data, errors } = await whole.ask(query, {}, asker);
    expect(errors).toBeUndefined();
    const rows = rowsIn(data);
    // The demonstration’s 8 × 6 officers, 12 experts and 30 delegates, among others.
    expect(rows.filter(({ isRehearsal }) => isRehearsal).length).toBeGreaterThan(90);
    for (const { id, isRehearsal } of rows)
      expect.soft([id, isRehearsal]).toEqual([id, String(id).includes(':demo-')]);
    expect([data.officers, data.experts, data.delegates].map((list) => list.totalCount)).toEqual([
      48, 12, 30,
    ]);
  });
});
