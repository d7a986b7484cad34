import { buildSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { listSelectedFields } from './selected-fields.js';

const schema = buildSchema(`
  type Query { office: Office node: Node either: Either }
  type Mutation { open: Office }
  interface Node { id: ID! }
  union Either = Office | Region
  type Region implements Node { id: ID! }
  type Office implements Node { id: ID! region: Region }
`);

const selectedIn = (document: string) =>
  listSelectedFields(schema, parse(document))?.map(
    ({ type, name, isRoot }) => `${isRoot ? 'root ' : ''}${type.name}.${name}`,
  );

describe('listSelectedFields', () => {
  it('lists the fields of the root and below it, with and without conditions', () => {
    expect(selectedIn('{ office { id region @skip(if: true) { id } } }')).toEqual([
      'root Query.office',
      'Office.id',
      'Office.region',
      'Region.id',
    ]);
  });

  it('lists fields for each type of an interface or a union', () => {
    expect(selectedIn('{ node { id } either { __typename } }')?.toSorted()).toEqual(
      [
        'root Query.node',
        'Office.id',
        'Region.id',
        'root Query.either',
        'Office.__typename',
        'Region.__typename',
      ].toSorted(),
    );
  });

  it('lists the fields of a fragment for the type of its condition', () => {
    expect(
      selectedIn(
        '{ node { ... on Region { id } ...office } } fragment office on Office { region { id } }',
      ),
    ).toEqual(['root Query.node', 'Region.id', 'Office.region', 'Region.id']);
  });

  it.each([
    ['a mutation', 'mutation { open { id } }'],
    [
      'a document with a mutation beside a query',
      'query A { office { id } } mutation B { open { id } }',
    ],
    ['a field that the schema does not have', '{ office { id phone } }'],
    ['a field of a type that the schema does not have', '{ office { ... on Nobody { id } } }'],
    ['a root field that the schema does not have', '{ nobody }'],
  ])('is undefined for %s', (_what, document) => {
    expect(selectedIn(document)).toBeUndefined();
  });
});
