import { describe, expect, it } from 'vitest';
import { capRows } from './cap-rows.js';

const rows = (count: number) => Array.from({ length: count }, (_, id) => ({ id }));

describe('capRows', () => {
  it('changes nothing that fits', () => {
    const data = { events: { nodes: rows(3), pageInfo: { endCursor: 'c', hasNextPage: false } } };
    expect(capRows(data, { total: 3, perList: 3 })).toEqual({ data, cut: [] });
  });

  it('cuts a list, and drops the cursor that would skip the rest', () => {
    const data = { events: { nodes: rows(5), pageInfo: { endCursor: 'c', hasNextPage: false } } };
    const { data: shown, cut } = capRows(data, { total: 10, perList: 2 });
    expect(shown).toEqual({
      events: { nodes: rows(2), pageInfo: { endCursor: null, hasNextPage: true } },
    });
    expect(cut).toEqual([{ list: 'events.nodes', shown: 2, leftOut: 3 }]);
  });

  it('counts all lists together, and shows rows with their own lists before the next row', () => {
    const group = { members: rows(2) };
    const { data, cut } = capRows({ groups: [group, group, group] }, { total: 5, perList: 3 });
    expect(data).toEqual({ groups: [group, { members: rows(1) }] });
    expect(cut).toEqual([
      { list: 'groups', shown: 2, leftOut: 1 },
      { list: 'groups.members', shown: 3, leftOut: 1 },
    ]);
  });

  it('counts texts in a list for that list alone', () => {
    const { data, cut } = capRows({ names: ['a', 'b', 'c'] }, { total: 0, perList: 2 });
    expect(data).toEqual({ names: ['a', 'b'] });
    expect(cut).toEqual([{ list: 'names', shown: 2, leftOut: 1 }]);
  });

  it('keeps null', () => {
    expect(capRows({ groups: null }, { total: 0, perList: 0 })).toEqual({
      data: { groups: null },
      cut: [],
    });
  });
});
