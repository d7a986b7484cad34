import { describe, expect, it } from 'vitest';
import { bothDatabases } from '../testing/databases.js';
import { openThings, thing, Thing } from './test-things.js';
import { whereText } from './where-text.js';

describe.each(bothDatabases)('whereText on $name', (kind) => {
  it('selects the rows of a text, and none for a text with NUL', async () => {
    await using things = await openThings(kind, [thing({ id: 'dk:1' }), thing({ id: 'dk:2' })]);
    const find = async (id: string) => {
      const query = things.source.getRepository(Thing).createQueryBuilder('thing');
      const found = await whereText(query, 'thing.id = :id', { id }).getMany();
      return found.map((one) => one.id);
    };
    expect(await find('dk:1')).toEqual(['dk:1']);
    for (const id of ['dk:', 'dk:1\0', '\0']) expect(await find(id)).toEqual([]);
  });
});
