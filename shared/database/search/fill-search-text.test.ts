// cspell:disable: words of many languages
import 'reflect-metadata';

import { describe, expect, it } from 'vitest';
import { bothDatabases } from '../../testing/databases.js';
import { openThings, Thing, thing } from '../test-things.js';
import { fillSearchText } from './fill-search-text.js';

describe.each(bothDatabases)('fillSearchText on $name', (kind) => {
  it('writes the search text of every row anew, from columns with a value', async () => {
    const count = 1100;
    const rows = Array.from({ length: count }, (_, index) =>
      thing({
        id: `dk:${index}`,
        name: 'Bodø',
        day: index === 7 ? 'Ėta' : null,
        searchText: 'bodø',
      }),
    );
    await using things = await openThings(kind, rows);
    const queryRunner = things.source.createQueryRunner();
    await fillSearchText(queryRunner, 'things', ['name', 'day']);
    await queryRunner.release();
    const filled = await things.source.getRepository(Thing).find();
    expect(filled.filter(({ searchText }) => searchText === 'bodo')).toHaveLength(count - 1);
    expect(filled.find(({ id }) => id === 'dk:7')?.searchText).toBe('bodo\neta');
  });

  it('folds a present search text again', async () => {
    await using things = await openThings(kind, [thing({ id: 'dk:a', searchText: 'łódź\nбюро' })]);
    const queryRunner = things.source.createQueryRunner();
    await fillSearchText(queryRunner, 'things', ['search_text']);
    await queryRunner.release();
    const [filled] = await things.source.getRepository(Thing).find();
    expect(filled?.searchText).toBe('lodz\nбюро');
  });
});
