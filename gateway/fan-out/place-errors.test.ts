import { buildSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { parseFieldSet } from '../engine/documents/field-set.js';
import type { LocatedError } from './error-list.js';
import { createErrorPlacer } from './place-errors.js';

const schema = buildSchema(`
  type Query { groups: [Group] party: Party parties: [Party] }
  type Group { id: ID count: Int delegates: [Delegate] members: [ID] total: Int sum: Int programme: Programme }
  type Programme { id: ID signatures: Int }
  type Delegate { id: ID }
  interface Party { id: ID }
  type Office implements Party { id: ID name: String groups: [Group] }
  type Unit implements Party { id: ID city: String groups: [Group] }
`);

/** `sum` needs `total`, which needs the delegates of another subgraph. */
const needs: Readonly<Record<string, string>> = {
  'Group.members': 'delegates { id }',
  'Group.total': 'delegates { id } programme { signatures }',
  'Group.sum': 'total',
};

const place = (
  query: string,
  data: unknown,
  error: Partial<LocatedError> & Pick<LocatedError, 'path'>,
  tree?: unknown,
) => {
  const document = parse(query);
  const [operation] = document.definitions;
  if (operation?.kind !== 'OperationDefinition') throw new Error('No operation.');
  const needsOf = (type: string, field: string) => {
    const set = needs[`${type}.${field}`];
    return set === undefined ? [] : [parseFieldSet(set)];
  };
  const placesOf = createErrorPlacer({ schema, document, operation, data, tree }, needsOf);
  return placesOf({ code: 'FORBIDDEN', ...error });
};
const input = { path: ['groups', 0, 'delegates'] } as const;

describe('createErrorPlacer', () => {
  it('leaves an error where the client selected the value', () => {
    const data = { groups: [{ delegates: null, members: null }] };
    expect(place('{ groups { delegates { id } members } }', data, input)).toEqual([input.path]);
  });

  it('moves an error of what a field requires to that field, also through another', () => {
    expect(place('{ groups { members } }', { groups: [{ members: null }] }, input)).toEqual([
      ['groups', 0, 'members'],
    ]);
    expect(place('{ groups { sum } }', { groups: [{ sum: null }] }, input)).toEqual([
      ['groups', 0, 'sum'],
    ]);
  });

  it('takes no alias with the name of an input for it', () => {
    const data = { groups: [{ delegates: 3, members: null }] };
    expect(place('{ groups { delegates: count members } }', data, input)).toEqual([
      ['groups', 0, 'members'],
    ]);
    const own = { path: ['groups', 0, 'as__delegates'] };
    expect(place('{ groups { delegates: count members } }', data, own)).toEqual([own.path]);
  });

  it('takes no alias with the name of an input for it where a partner is missing', () => {
    const missing = { code: 'PARTNER_UNAVAILABLE', partner: 'ncm' };
    const own = { ...missing, path: ['groups', 0], fields: ['as__delegates'] };
    const unknown = { groups: [{ delegates: null }] };
    expect(place('{ groups { delegates: members } }', unknown, own)).toEqual([own.path]);
    const below = { ...missing, path: ['groups', 0, 'as__delegates'], fields: ['signatures'] };
    const query = '{ groups { delegates: programme { signatures } members } }';
    const data = { groups: [{ delegates: { signatures: null }, members: null }] };
    expect(place(query, data, below)).toEqual([below.path]);
  });

  it('takes no excluded field for a selected one', () => {
    const query =
      'query ($no: Boolean = false) { groups { members delegates @include(if: $no) { id } } }';
    expect(place(query, { groups: [{ members: null }] }, input)).toEqual([
      ['groups', 0, 'members'],
    ]);
  });

  it('finds the field above the object on which the input is', () => {
    const path = ['groups', 0, 'programme', 'signatures'];
    const data = { groups: [{ total: null, programme: { id: '1' } }] };
    expect(place('{ groups { total programme { id } } }', data, { path })).toEqual([
      ['groups', 0, 'total'],
    ]);
  });

  it('drops an error if what needs the value has one, but names a missing partner', () => {
    const data = { groups: [{ members: ['1'] }] };
    expect(place('{ groups { members } }', data, input)).toEqual([]);
    const missing = { ...input, code: 'PARTNER_UNAVAILABLE', partner: 'ncm' };
    expect(place('{ groups { members } }', data, missing)).toEqual([['groups', 0]]);
  });

  it('names a missing partner at the object, at what needs its fields, or at both', () => {
    const missing = {
      path: ['groups', 0],
      code: 'PARTNER_UNAVAILABLE',
      partner: 'ncm',
      fields: ['delegates'],
    };
    const one = { groups: [{ members: null }] };
    expect(place('{ groups { members } }', one, missing)).toEqual([['groups', 0, 'members']]);
    const both = { groups: [{ members: null, delegates: null }] };
    expect(place('{ groups { members delegates { id } } }', both, missing)).toEqual([
      ['groups', 0],
      ['groups', 0, 'members'],
    ]);
    // Of a list that several partners give, only the rows of one are missing.
    const shorter = { groups: [{ members: null, delegates: [{ id: '1' }] }] };
    expect(place('{ groups { members delegates { id } } }', shorter, missing)).toEqual([
      ['groups', 0],
      ['groups', 0, 'members'],
    ]);
    // A lower bound has a mark of its own.
    expect(place('{ groups { members } }', { groups: [{ members: [] }] }, missing)).toEqual([
      ['groups', 0],
    ]);
  });

  it('follows a path into each type that an object may have', () => {
    const query = '{ party { ... on Office { name } ... on Unit { city } } }';
    const path = ['party', 'city'];
    expect(place(query, { party: { city: null } }, { path })).toEqual([path]);
    expect(place(query, { party: { city: null } }, { path: ['party', 'id'] })).toEqual([['party']]);
  });

  it('takes no field of another type for one of an object whose type is known', () => {
    const query = `{ parties { ... on Office { groups { id } } ... on Unit { groups { count } } } }`;
    const tree = {
      parties: ['Office', 'Unit'].map((__typename) => ({ __typename, groups: [{}] })),
    };
    const data = { parties: [null, null] };
    const path = (index: number) => ['parties', index, 'groups', 0, 'count'];
    expect(place(query, data, { path: path(0) }, tree)).toEqual([]);
    expect(place(query, data, { path: path(1) }, tree)).toEqual([path(1)]);
  });
});
