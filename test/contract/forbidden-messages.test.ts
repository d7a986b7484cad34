import {
  buildSchema,
  GraphQLObjectType,
  GraphQLSchema,
  isObjectType,
  Kind,
  parse,
  type OperationDefinitionNode,
} from 'graphql';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readAccess } from '../../gateway/cli/reference/read-access.js';
import { listOwnFields } from '../../gateway/cli/reference/read-field-facts.js';
import { describeCallers, describeRefusals } from '../../gateway/fan-out/describe-refusals.js';
import { readContract } from '../../gateway/registry/contracts.js';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const graph = buildSchema(read('gateway/explorer/generated/schema.graphql'));
const pages = readdirSync(new URL('subgraphs/', root))
  .filter((name) => existsSync(new URL(`subgraphs/${name}/access.md`, root)))
  .map((name) => [name, read(`subgraphs/${name}/access.md`)] as const);

const isOwn = (partner: string, coordinate: string): boolean =>
  listOwnFields(readContract(partner).sdl).includes(coordinate);

/** The rules of all partners about fields, as their tables say them, without the open ones. */
const rules = pages.flatMap(([partner, page]) =>
  [...readAccess(page)]
    .filter(([coordinate, { level }]) => level !== 'open' && isOwn(partner, coordinate))
    .map(([coordinate, { readers }]) => {
      const [type = '', field = ''] = coordinate.split('.');
      return { partner, type, field, readers: inGraph(readers) };
    }),
);

/** The rules about records. */
const records = pages.flatMap(([partner, page]) => {
  const described = page.matchAll(
    /^## (\w+)\n\nThe object: `(?!open)\w+`, (.*?)\.(?: Cached.*)?$/gm,
  );
  const whole = page.matchAll(/^\| `(\w+)` \| [`\w, ]+ \| `(?!open)\w+` \| (.*?) \| .*\|$/gm);
  return [...described, ...whole].map(([, type = '', readers = '']) => ({
    partner,
    type,
    readers: inGraph(readers),
  }));
});

function inGraph(readers: string): string {
  return readers.replaceAll(/this organisation|the owner/g, 'the organisation that owns the data');
}

/** The message for one refused field of a type. */
function messageFor(type: GraphQLObjectType, field: string): string | undefined {
  const isMutation = type === graph.getMutationType();
  const schema = new GraphQLSchema({ [isMutation ? 'mutation' : 'query']: type });
  const document = parse(`${isMutation ? 'mutation' : 'query'} { ${field} }`);
  const operation = document.definitions.find(
    (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
  );
  const error = { message: 'Not allowed.', path: [field], extensions: { code: 'FORBIDDEN' } };
  if (!operation) return undefined;
  const executed = { schema, document, operation };
  const [described] = describeRefusals([error], executed);
  if (isMutation) expect(describeCallers(executed)).toBe(described?.message);
  return described?.message;
}

const typeOf = (name: string): GraphQLObjectType | undefined => {
  const type = graph.getType(name);
  return isObjectType(type) ? type : undefined;
};

describe('FORBIDDEN', () => {
  it('says who may, for every restricted field and mutation of the contracts', () => {
    const wrong = rules.flatMap(({ partner, type, field, readers }) => {
      const owner = typeOf(type);
      const message = owner?.getFields()[field] && messageFor(owner, field);
      return message?.includes(readers) ? [] : [`${partner} ${type}.${field}: ${message}`];
    });
    expect(wrong).toEqual([]);
    expect(rules.length).toBeGreaterThan(400);
  });

  it('says who may, for every restricted record that a field leads to', () => {
    const wrong = records.flatMap(({ partner, type, readers }) => {
      const record = typeOf(type);
      const holder =
        record && new GraphQLObjectType({ name: 'Holder', fields: { it: { type: record } } });
      const message = holder && messageFor(holder, 'it');
      return message?.includes(readers) ? [] : [`${partner} ${type}: ${message}`];
    });
    expect(wrong).toEqual([]);
    expect(records.length).toBeGreaterThan(40);
  });

  it('says once what holds for a field and for the record that it leads to', () => {
    const query = graph.getQueryType();
    const sentences = (query && messageFor(query, 'officers'))?.split('. ') ?? [];
    expect(sentences.filter((sentence) => sentence.includes(' is read by '))).toHaveLength(1);
  });

  it('names nobody for what everybody reads', () => {
    const type = typeOf('Partner');
    expect(type && messageFor(type, 'code')).toBe('Not allowed.');
  });
});
