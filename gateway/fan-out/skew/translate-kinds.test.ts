import { parse, type OperationDefinitionNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { toDocument } from '../plan/partner-document.js';
import { createTestModel } from '../rules/test-model.js';
import { addOtherKinds, translateKinds } from './translate-kinds.js';

const model = {
  ...createTestModel(`
    type Query { parties: [Party] one: Party }
    interface Party { id: ID! }
    type Organisation implements Party @key(fields: "id") { id: ID! rows(role: Int): [Row] }
    type Court implements Party @key(fields: "id") { id: ID! rows(role: Int): [Row] }
    type Ship implements Party @key(fields: "id") { id: ID! rows(role: Int): [Row] }
    type Row { id: ID! party: Party }`),
  otherKinds: [
    {
      standIn: 'OtherParty',
      interface: 'Party',
      typeOf: new Map([
        ['courts', 'Court'],
        ['more', 'Court'],
        ['ships', 'Ship'],
      ]),
    },
  ],
};

const documentOf = (text: string) => {
  const operation = parse(text).definitions[0] as OperationDefinitionNode;
  return toDocument(operation, operation.selectionSet.selections);
};

const translate = (text: string) => translateKinds(model, documentOf(text));

describe('what a server knows by one name', () => {
  it('is asked and answered by that name, each type with its own arguments', () => {
    const translation = translate(`{ parties { hub__type: __typename id kind: __typename
      ... on Organisation { rows(role: 0) { id } }
      ... on Court { rows(role: 1) { id } }
      ... on Ship { rows(role: 2) { id } } } }`);
    const body = translation?.document.writeBody({}) ?? '';
    const { query } = JSON.parse(body) as { query: string };
    expect(query).not.toMatch(/Court|Ship/);
    const keys = [...query.matchAll(/(\w+): rows\(role: (\d)\)/g)].map(([, key, role]) => [
      role,
      key,
    ]);
    const [court = '', ship = ''] = ['1', '2'].map((role) => keys.find(([of]) => of === role)?.[1]);
    expect(query.match(/\.\.\. on OtherParty/g)?.length).toBe(3);
    const other = (id: string) => ({
      hub__type: 'OtherParty',
      hub__id: id,
      id,
      kind: 'OtherParty',
      [court]: [{ id: `${id}-court` }],
      [ship]: [{ id: `${id}-ship` }],
    });
    const own = { hub__type: 'Organisation', id: 'nbnp:1', kind: 'Organisation', rows: [] };
    const json = {
      data: {
        parties: [own, other('courts:1'), null, other('more:1'), other('ships:1'), other('zz:1')],
      },
      errors: [{ message: 'No.', path: ['parties', 1, court, 0, 'id'] }],
    };
    const restored = translation?.restore({ json, httpStatus: 200 });
    const row = (type: string, id: string, name: string) =>
      expect.objectContaining({
        hub__type: type,
        id,
        kind: type,
        rows: [{ id: `${id}-${name}` }],
      }) as unknown;
    expect(restored).toMatchObject({
      json: {
        data: {
          parties: [
            own,
            row('Court', 'courts:1', 'court'),
            null,
            row('Court', 'more:1', 'court'),
            row('Ship', 'ships:1', 'ship'),
            null,
          ],
        },
        errors: [
          { message: 'No.', path: ['parties', 1, 'rows', 0, 'id'] },
          { path: ['parties', 5], extensions: { code: 'NOT_FOUND' } },
        ],
      },
    });
  });

  it('is found below a row of another kind, and where no type of others is selected', () => {
    const translation = translate(
      '{ one { hub__type: __typename ... on Court { rows { party { hub__type: __typename id } } } } }',
    );
    const { query } = JSON.parse(translation?.document.writeBody({}) ?? '') as { query: string };
    const [, key = ''] = /(\w+): rows/.exec(query) ?? [];
    const inner = { hub__type: 'OtherParty', hub__id: 'ships:1', id: 'ships:1' };
    const one = { hub__type: 'OtherParty', hub__id: 'courts:1', [key]: [{ party: inner }] };
    expect(translation?.restore({ json: { data: { one } }, httpStatus: 200 })).toMatchObject({
      json: {
        data: {
          one: { hub__type: 'Court', rows: [{ party: { hub__type: 'Ship', id: 'ships:1' } }] },
        },
      },
    });
  });

  it('is the name in representations, and nothing else is changed', () => {
    const translation = translate(
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Court { rows { id } } } }',
    );
    const representations = [
      { __typename: 'Court', id: 'courts:1' },
      { __typename: 'Organisation', id: 'nbnp:1' },
    ];
    expect(translation?.translate({ representations, first: 1 })).toEqual({
      representations: [{ __typename: 'OtherParty', id: 'courts:1' }, representations[1]],
      first: 1,
    });
  });

  it('is refused where the graph has no such type, at its own place', () => {
    const text = '{ one { hub__type: __typename id } parties { hub__type: __typename id } }';
    const otherKinds = model.otherKinds.map((one) => ({ ...one, typeOf: new Map() }));
    const translation = translateKinds({ ...model, otherKinds }, documentOf(text));
    expect(translation?.document.writeBody({})).not.toContain('OtherParty');
    const one = { hub__type: 'OtherParty', id: 'courts:1' };
    const own = { hub__type: 'Organisation', id: 'nbnp:1' };
    expect(
      translation?.restore({ json: { data: { one, parties: [own] } }, httpStatus: 200 }),
    ).toMatchObject({
      json: {
        data: { one: null, parties: [own] },
        errors: [{ path: ['one'], extensions: { code: 'NOT_FOUND' } }],
      },
    });
    const whole = { data: { one: own } };
    expect(translation?.restore({ json: whole, httpStatus: 200 })).toHaveProperty('json', whole);
  });

  it('leaves requests alone that cannot lead there', () => {
    expect(translate('{ __typename }')).toBeUndefined();
    const none = { ...model, otherKinds: [] };
    expect(translateKinds(none, documentOf('{ one { id } }'))).toBeUndefined();
  });

  it('is lacking altogether at a server that does not know the name', () => {
    const lacks = new Set(['OtherParty', 'Organisation.rows']);
    expect([...addOtherKinds(model, lacks)]).toEqual([...lacks, 'Court', 'Ship']);
    expect(addOtherKinds(model, lacks)).toBe(addOtherKinds(model, lacks));
    const other = new Set(['Organisation.rows']);
    expect(addOtherKinds(model, other)).toBe(other);
  });
});
