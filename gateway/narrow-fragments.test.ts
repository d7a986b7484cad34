import { buildSchema, parse, print } from 'graphql';
import { describe, expect, it } from 'vitest';
import { narrowFragments } from './narrow-fragments.js';

const schema = buildSchema(`
  type Query { officer: Officer participant: Participant either: Either }
  interface Participant { name: String }
  type Officer implements Participant { name: String rank: String chief: Officer }
  type Delegate implements Participant { name: String }
  union Either = Officer | Delegate
`);
const narrow = (query: string) => print(narrowFragments(schema, parse(query)));
const same = (query: string) => print(parse(query));

describe('narrowFragments', () => {
  it('writes a fragment on an interface as one on the type of the object that it stands on', () => {
    expect(
      narrow('{ officer { ... on Participant @skip(if: false) { ... on Officer { rank } } } }'),
    ).toBe(same('{ officer { ... on Officer @skip(if: false) { ... on Officer { rank } } } }'));
  });

  it('writes a named one there, at every depth, with the conditions of where it is spread', () => {
    const fragments = `fragment P on Participant { name ...O }
      fragment O on Officer { rank chief { ... on Either { ...P2 } } }
      fragment P2 on Participant { name }`;
    expect(narrow(`query ($a: Boolean!) { officer { ...P @include(if: $a) } } ${fragments}`)).toBe(
      same(`query ($a: Boolean!) { officer { ... on Officer @include(if: $a) { name ...O } } }
        fragment P on Participant { name ...O }
        fragment O on Officer { rank chief { ... on Officer { ... on Officer { name } } } }
        fragment P2 on Participant { name }`),
    );
  });

  it('selects nothing by a fragment of another type, which could never apply', () => {
    const fragments = `fragment P on Participant { ... on Delegate { name } ...D } fragment D on Delegate { name }`;
    const nothing = '... on Officer @include(if: false) { __typename }';
    expect(narrow(`{ officer { ...P } } ${fragments}`)).toBe(
      same(
        `{ officer { ... on Officer { ${nothing} ${nothing} hub__presence: __typename } } } ${fragments}`,
      ),
    );
  });

  it('leaves out what a literal skips', () => {
    const nothing = '... on Officer @include(if: false) { __typename }';
    expect(
      narrow('{ officer { name rank @skip(if: true) chief @include(if: false) { name } } }'),
    ).toBe(same(`{ officer { name ${nothing} ${nothing} } }`));
  });

  it('asks of an object of which literals leave nothing whether it is there', () => {
    expect(
      narrow('{ officer { name @skip(if: true) } participant @skip(if: true) { name } }'),
    ).toBe(
      same(`{ officer { ... on Officer @include(if: false) { __typename } hub__presence: __typename }
        ... on Query @include(if: false) { __typename } }`),
    );
  });

  it('leaves alone what may be of several types', () => {
    const query = `{ participant { ...P ... on Officer { rank } } either { ... on Participant { ... on Delegate { name } } } }
      fragment P on Participant { ... on Officer { rank } }`;
    expect(narrow(query)).toBe(same(query));
  });
});
