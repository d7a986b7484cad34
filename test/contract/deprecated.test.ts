import {
  buildASTSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  NoDeprecatedCustomRule,
  parse,
  validate,
  type GraphQLSchema,
} from 'graphql';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { composeContracts } from '../../gateway/registry/compose-contracts.js';
import { readContracts } from '../../gateway/registry/contracts.js';
import { readNetwork } from '../../gateway/registry/network.js';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(
    (name) => `${folder}/${name}`,
  );
const schemaOf = (sdl: string) => buildASTSchema(parse(sdl), { assumeValidSDL: true });

const network = readNetwork(join(root, 'gateway', 'network.json'));
const contracts = readContracts(network);
const graph = schemaOf(composeContracts(contracts, network.partners));

const subgraphs = ['national-police', 'nbnp', 'ncm-offices'].map((name) => `subgraphs/${name}`);

/** The operations in a file: all of a document, or those of a guide, a page or a command. */
function operationsIn(path: string): string[] {
  if (path.endsWith('.graphql')) return [read(path)];
  const form = path.endsWith('.md')
    ? /^```graphql\n((?:query|mutation|subscription|\{)[^`]*)```/gm
    : /\bgraphql\(`([^`]*)`\)|=\s*'(query [^']*)'/g;
  return [...read(path).matchAll(form)].flatMap(([, text, other]) => text ?? other ?? []);
}

/** What we ship: of the pages, the files to download, the assistant’s tools, the command `status`, the guides and the examples. */
const operations = [
  ...['mcp', 'exports'].flatMap((name) => filesIn(`gateway/plugins/${name}/documents`)),
  ...filesIn('gateway/explorer/pages'),
  ...filesIn('gateway/cli/status'),
  ...filesIn('gateway/docs'),
  ...subgraphs.map((folder) => `${folder}/examples.graphql`),
]
  .filter((path) => /\.(graphql|md|tsx?)$/.test(path))
  .map((path) => ({ path, texts: operationsIn(path) }))
  .filter(({ texts }) => texts.length > 0);

/** The deprecated elements of a schema with what their reasons say. */
function listDeprecated(schema: GraphQLSchema): Map<string, string> {
  const found = new Map<string, string>();
  const add = (
    coordinate: string,
    { deprecationReason }: { deprecationReason?: string | null },
  ) => {
    if (deprecationReason != null) found.set(coordinate, deprecationReason);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (isEnumType(type))
      for (const value of type.getValues()) add(`${type.name}.${value.name}`, value);
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      add(`${type.name}.${field.name}`, field);
      for (const argument of 'args' in field ? field.args : [])
        add(`${type.name}.${field.name}(${argument.name}:)`, argument);
    }
  }
  return found;
}

const deprecated = listDeprecated(graph);

/** True for a path of fields, from the type that it names or from that of a deprecated field. */
function isKept(element: string, coordinate: string): boolean {
  const [beside = ''] = coordinate.split('.');
  const [first = '', ...rest] = element.split('.');
  const isNamed = graph.getType(first) !== undefined;
  let owner = graph.getType(isNamed ? first : beside);
  for (const name of isNamed ? rest : [first, ...rest]) {
    const fields = owner && 'getFields' in owner ? owner.getFields() : {};
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!owner || !field || deprecated.has(`${owner.name}.${name}`)) return false;
    owner = getNamedType(field.type);
  }
  return true;
}

describe('a deprecated element of the graph', () => {
  it('is one of these', () => {
    expect([...deprecated.keys()].toSorted()).toEqual([
      'CreateGroupInput.direction',
      'Evaluation.complete',
      'ExpertAssignment.loanGranted',
      'Group.direction',
      'Hosting.visitId',
      'Mutation.recordDelegatesBriefing',
      'Mutation.recordDelegatesDebriefing',
      'Mutation.recordGroupBriefing',
      'Mutation.recordGroupDebriefing',
      'Office.covers',
      'OfficerNomination.declineReason',
      'Partner.conformance',
      'Partner.keysChangedAt',
      'Partner.recentFailures',
      'Partner.responseTimes',
      'PlannedJourney.direction',
      'PlannedJourneyInput.direction',
      'Programme.officeEvaluationSummary',
      'Programme.officeEvaluationVersion',
      'Programme.sectorsFor',
      'Query.contractProposals',
      'Query.hubKeysChangedAt',
      'Query.releases',
      'Query.usage',
      'RegionalHosting.visitId',
    ]);
  });

  it.each([...deprecated])(
    '%s names something that is not deprecated: %s',
    (coordinate, reason) => {
      const [, element = ''] = /^Use `([\w.]+)`/.exec(reason) ?? [];
      expect(isKept(element, coordinate), element).toBe(true);
    },
  );

  it.each(subgraphs)('is deprecated in %s as in its contract', (folder) => {
    const contract = contracts.find(({ name }) => folder.endsWith(name))?.sdl ?? '';
    const offered = listDeprecated(schemaOf(read(`${folder}/schema.graphql`)));
    expect(offered).toEqual(listDeprecated(schemaOf(contract)));
  });
});

describe('an operation that we ship', () => {
  it('is found wherever there are some', () => {
    for (const place of [
      'explorer/pages',
      'cli/status',
      'docs/',
      'mcp/documents',
      'exports/documents',
      'examples.graphql',
    ])
      expect(
        operations.some(({ path }) => path.includes(place)),
        place,
      ).toBe(true);
  });

  it.each(operations)('uses nothing that is deprecated: $path', ({ texts }) => {
    for (const text of texts) {
      const uses = validate(graph, parse(text), [NoDeprecatedCustomRule]);
      expect(uses.map(({ message }) => message)).toEqual([]);
    }
  });
});
