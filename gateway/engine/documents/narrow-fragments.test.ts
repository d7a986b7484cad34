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
  it('turns a fragment on an interface into one on the object’s type', () => {
    expect(
      narrow('{ officer { ... on Participant @other(a: 1) { ... on Officer { rank } } } }'),
    ).toBe(same('{ officer { ... on Officer @other(a: 1) { ... on Officer { rank } } } }'));
  });

  it('inlines a named fragment at every depth, with the conditions of its spread', () => {
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

  it('removes a fragment on another type, which could never apply', () => {
    const fragments = `fragment P on Participant { ... on Delegate { name } ...D } fragment D on Delegate { name }`;
    expect(narrow(`{ officer { rank ...P } } ${fragments}`)).toBe(
      same(`{ officer { rank } } ${fragments}`),
    );
  });

  it('removes what a literal skips, and the fragments that are empty then', () => {
    expect(
      narrow(`{ officer { name rank @skip(if: true) chief @include(if: false) { name } ...N ...E ... { ...E } } ...Q participant { name } }
        fragment E on Officer { name @skip(if: true) ... on Officer { chief @skip(if: true) { name } } }
        fragment N on Officer { ...E name } fragment Q on Query { officer @skip(if: true) { name } }`),
    ).toBe(same('{ officer { name ...N } participant { name } } fragment N on Officer { name }'));
  });

  it('removes a literal include, so that no mutation counts as two', () => {
    expect(
      narrow(`mutation { add ...F @include(if: true) ... @skip(if: false) { add @skip(if: false) @other(if: true) } }
        fragment F on Mutation { bump add @include(if: true) }`),
    ).toBe(
      same(
        `mutation { add ...F ... { add @other(if: true) } } fragment F on Mutation { bump add }`,
      ),
    );
  });

  it('selects the type of an object if literals skip all of its fields', () => {
    const nothing = 'hub__presence: __typename';
    expect(
      narrow(`{ officer { name @skip(if: true) } participant { ...E } either @skip(if: true) { __typename } }
        fragment E on Participant { ... on Officer { chief @skip(if: true) { name } } }`),
    ).toBe(same(`{ officer { ${nothing} } participant { ${nothing} } }`));
  });

  it('keeps a skipped selection of a root if there is nothing else', () => {
    expect(
      narrow(
        '{ officer @skip(if: true) { name } ...Q } fragment Q on Query { officer @skip(if: true) { name } }',
      ),
    ).toBe(same('{ ... @include(if: false) { __typename } }'));
  });

  it('leaves an abstract type unchanged', () => {
    const query = `{ participant { ...P ... on Officer { rank } } either { ... on Participant { ... on Delegate { name } } } }
      fragment P on Participant { ... on Officer { rank } }`;
    expect(narrow(query)).toBe(same(query));
  });
});
