import { buildSchema, print, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { listQueries } from './tool-documents.js';
import { withoutRestricted } from './without-restricted.js';

const schema = buildSchema(`
  interface Person { id: ID! name: String }
  type Officer implements Person { id: ID! name: String rank: String }
  type Guest implements Person { id: ID! name: String }
  type Visit { id: ID! stops(on: String): [Stop!] guests: [Person!] }
  type Stop { id: ID! title: String }
  type Query { visit(id: ID!): Visit officers(rank: String): [Officer!] new: Int }
`);
const restricted = {
  'Query.visit': false,
  'Query.officers': false,
  'Visit.id': false,
  'Visit.stops': true,
  'Visit.guests': false,
  'Officer.id': false,
  'Officer.name': true,
  'Officer.rank': true,
  'Guest.id': false,
  'Guest.name': false,
};

function open(text: string) {
  const [written] = listQueries(text, 'test');
  if (!written) throw new Error('There is no query.');
  const { document, leftOut } = withoutRestricted(schema, restricted, written);
  if (document) expect(validate(schema, document)).toEqual([]);
  return { text: document && print(document).replaceAll(/\s+/g, ' ').trim(), leftOut };
}

describe('withoutRestricted', () => {
  it('leaves restricted fields out, with all below them and the variables that only they used', () => {
    expect(
      open('query V($id: ID!, $on: String) { visit(id: $id) { id stops(on: $on) { title } } }'),
    ).toEqual({
      text: 'query V($id: ID!) { visit(id: $id) { id } }',
      leftOut: ['Visit.stops'],
    });
  });

  it('leaves out what is empty then: objects, fragments and their spreads', () => {
    const { text, leftOut } = open(`query V($id: ID!) {
      visit(id: $id) { ...Plan ... on Visit { stops { id } } guests { id } }
      officers { ...Names }
    }
    fragment Plan on Visit { stops { title } }
    fragment Names on Officer { name ...Rank }
    fragment Rank on Officer { rank }`);
    expect(text).toBe('query V($id: ID!) { visit(id: $id) { guests { id } } }');
    expect(leftOut).toEqual(['Officer.name', 'Officer.rank', 'Visit.stops']);
  });

  it('leaves a field of an interface out if it is restricted in one of its types', () => {
    expect(open('query V { visit(id: 1) { guests { id name ... on Guest { name } } } }')).toEqual({
      text: 'query V { visit(id: 1) { guests { id ... on Guest { name } } } }',
      leftOut: ['Officer.name'],
    });
  });

  it('finds a restricted field under an alias', () => {
    expect(open('query O { officers { id: name rank: id } }').text).toBe(
      'query O { officers { rank: id } }',
    );
  });

  it('restricts a field that it does not know', () => {
    expect(open('query N { new }')).toEqual({ text: undefined, leftOut: ['Query.new'] });
  });

  it('changes nothing where nothing is restricted', () => {
    const text = 'query O { officers { __typename id } }';
    expect(open(text)).toEqual({ text, leftOut: [] });
  });
});
