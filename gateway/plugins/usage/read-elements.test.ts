import { buildSchema, getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { readElements } from './read-elements.js';

const schema = buildSchema(`
  enum State { PLANNED TRAVELLING }
  input Span { from: String to: String }
  input Filter { state: State states: [State!] span: Span text: String }
  interface Party { name: String }
  type Organisation implements Party { name: String city: String }
  type Group { title(language: String): String state: State host: Party }
  type Query { groups(filter: Filter, first: Int): [Group] }
  type Mutation { cancel(id: ID!): Group }
  directive @trace(level: Int) on FIELD
`);

function elementsOf(text: string, variables: Record<string, unknown> = {}, name?: string) {
  const document = parse(text);
  const operation = getOperationAST(document, name);
  if (!operation) throw new Error('There is no such operation.');
  const { ofText, ofVariables } = readElements(schema, document, operation);
  return { text: [...ofText].toSorted(), variables: [...ofVariables(variables)].toSorted() };
}

describe('readElements', () => {
  it('names fields and arguments, whatever their aliases are', () => {
    expect(
      elementsOf('{ a: groups(first: 3) { b: title(language: "da") __typename } }').text,
    ).toEqual(['Group.title', 'Group.title(language:)', 'Query.groups', 'Query.groups(first:)']);
  });

  it('follows fragments, on the types that they name', () => {
    const text = `
      { groups { ...A } }
      fragment A on Group { host { ...B ... on Organisation { city } } }
      fragment B on Party { name }
      fragment Unused on Group { state }
    `;
    expect(elementsOf(text).text).toEqual([
      'Group',
      'Group.host',
      'Organisation',
      'Organisation.city',
      'Party',
      'Party.name',
      'Query.groups',
    ]);
  });

  it('names directives, but for those of GraphQL itself', () => {
    const text = '{ groups @skip(if: false) { title @trace(level: 2) } }';
    expect(elementsOf(text).text).toEqual([
      '@trace',
      '@trace(level:)',
      'Group.title',
      'Query.groups',
    ]);
  });

  it('reads one operation of several', () => {
    const text = 'query A { groups { title } } mutation B { cancel(id: "1") { state } }';
    expect(elementsOf(text, {}, 'B').text).toEqual([
      'Group.state',
      'Mutation.cancel',
      'Mutation.cancel(id:)',
    ]);
  });

  it('reads the parts of literals, and never a text', () => {
    const text =
      '{ groups(filter: { states: [PLANNED], span: { from: "2009" }, text: "Anna" }) { state } }';
    const { text: found } = elementsOf(text);
    expect(found).toEqual(
      [
        'Filter.span',
        'Filter.states',
        'Filter.text',
        'Group.state',
        'Query.groups',
        'Query.groups(filter:)',
        'Span.from',
        'State.PLANNED',
      ].toSorted(),
    );
    expect(JSON.stringify(found)).not.toMatch(/Anna|2009/);
  });

  it('reads the parts of variables, and never a text', () => {
    const text = 'query($filter: Filter, $state: State) { groups(filter: $filter) { state } }';
    const values = {
      filter: { states: ['PLANNED', 'TRAVELLING'], span: { to: null }, text: 'Anna' },
      state: 'PLANNED',
    };
    expect(elementsOf(text, values).variables).toEqual([
      'Filter.span',
      'Filter.states',
      'Filter.text',
      'Span.to',
      'State.PLANNED',
      'State.TRAVELLING',
    ]);
    expect(elementsOf(text).variables).toEqual([]);
  });
});
