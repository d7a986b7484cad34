import { describe, expect, it } from 'vitest';
import { createTestModel } from '../rules/test-model.js';
import { takeSlices } from './usable-slices.js';

const model = createTestModel(`
  type Query { copies: CopyConnection @gather(orderBy: ["id"]) }
  type CopyConnection { edges: [CopyEdge!]! pageInfo: PageInfo! totalCount: Int }
  type CopyEdge { cursor: String! node: Copy! }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type Copy @key(fields: "id") @route(by: "id") { name: String id: ID! rank: Rank price: Float any: Any on: Date }
  type Visit @key(fields: "id") { id: ID! title: String guests: Int @gather }
  enum Rank { X Y } scalar Any scalar Date scalar _Any union _Entity = Copy | Visit
`);

const take = (type: string, ...names: string[]) =>
  takeSlices(model, new Map([['p', { type, slices: [names] }]])).slices.get('p')?.slices;

describe('takeSlices', () => {
  it('takes neighbours that nobody compares, orders or adds up', () => {
    expect(take('Copy', 'name', 'rank', 'on')).toEqual([['name', 'rank', 'on']]);
  });

  it('leaves the owner of a record, which is compared', () => {
    expect(take('Copy', 'name', 'id', 'rank')).toEqual([['name'], ['rank']]);
    expect(take('Copy', 'id')).toBeUndefined();
  });

  it('leaves values that can be written in several ways', () => {
    expect(take('Copy', 'price', 'name', 'any')).toEqual([['name']]);
  });

  it.each([
    ['CopyConnection', 'totalCount'],
    ['CopyEdge', 'cursor'],
    ['PageInfo', 'endCursor'],
    ['Visit', 'title'],
    ['Query', 'x'],
    ['Unknown', 'x'],
  ])('leaves %s, of which several partners give parts, or which it does not know', (type, name) => {
    expect(take(type, name)).toBeUndefined();
  });

  it('takes a custom scalar as a text only where the contract says that it is one', () => {
    const foreign = createTestModel('type Query { a: A } type A { on: Date id: ID! } scalar Date', {
      isContracted: false,
    });
    const offered = new Map([['a', { type: 'A', slices: [['on', 'id']] }]]);
    expect(takeSlices(foreign, offered).slices.get('a')?.slices).toEqual([['id']]);
  });
});
