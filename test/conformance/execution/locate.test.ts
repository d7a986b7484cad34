import { describe, expect, it } from 'vitest';
import { locateRepresentations } from './locate.js';

const copy = (id: string, more: object = {}) => ({ __typename: 'Copy', id, ...more });
const representation = (id: string) => ({ __typename: 'Copy', id });

describe('locateRepresentations', () => {
  it('finds the one object that a path leads to', () => {
    const tree = { a: { b: copy('1') } };
    expect(locateRepresentations(tree, ['a', 'b'], [representation('1')])).toEqual([['a', 'b']]);
  });

  it('passes over objects of another type, nulls, and those that were asked about before', () => {
    const tree = {
      shown: [{ __typename: 'Shelf', id: '1' }, copy('1'), null, copy('2'), undefined, copy('1')],
    };
    const asked = ['1', '2', '1'].map(representation);
    expect(locateRepresentations(tree, ['shown', '@'], asked)).toEqual([
      ['shown', 1],
      ['shown', 3],
      ['shown', 5],
    ]);
  });

  it('passes over objects of the same type that the engine asked nothing about', () => {
    const tree = { shown: [copy('1'), copy('2'), copy('3')] };
    expect(locateRepresentations(tree, ['shown', '@'], [representation('3')])).toEqual([
      ['shown', 2],
    ]);
  });

  it('goes through nested lists, and lists of lists', () => {
    const tree = { rows: [{ cells: [[copy('1')], [copy('2'), copy('3')]] }, { cells: null }] };
    const asked = ['1', '2', '3'].map(representation);
    const path = ['rows', '@', 'cells', '@', '@'];
    expect(locateRepresentations(tree, path, asked)).toEqual([
      ['rows', 0, 'cells', 0, 0],
      ['rows', 0, 'cells', 1, 0],
      ['rows', 0, 'cells', 1, 1],
    ]);
  });

  it('knows an entity by nested and list keys, and by what it requires', () => {
    const sent = { __typename: 'Copy', key: { part: 1, list: [{ id: 'a' }] }, size: null };
    const tree = {
      one: { __typename: 'Copy', key: { part: 2, list: [{ id: 'a' }] }, size: null },
      two: {
        __typename: 'Copy',
        key: { part: 1, list: [{ id: 'a', x: 1 }], x: 2 },
        size: null,
        y: 3,
      },
    };
    expect(locateRepresentations({ all: [tree.one, tree.two] }, ['all', '@'], [sent])).toEqual([
      ['all', 1],
    ]);
  });

  it('knows an entity whose type the engine renamed on its way', () => {
    const tree = { shown: [copy('1'), copy('2')] };
    const renamed = ['1', '2'].map((id) => ({ __typename: 'Thing', id }));
    expect(locateRepresentations(tree, ['shown', '@'], renamed)).toEqual([
      ['shown', 0],
      ['shown', 1],
    ]);
  });

  it('names what is known of the place where an entity cannot be found', () => {
    const asked = [representation('9'), representation('8')];
    const path = ['shown', '@', 'book'];
    expect(locateRepresentations({ shown: [{ book: copy('1') }] }, path, asked)).toEqual([
      ['shown'],
      ['shown'],
    ]);
    expect(locateRepresentations({}, ['gone'], asked.slice(1))).toEqual([['gone']]);
  });
});
