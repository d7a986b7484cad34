import 'reflect-metadata';

import { describe, expect, it } from 'vitest';
import type { HubError } from '../../errors/hub-error.js';
import { testDatabases } from '../../testing/databases.js';
import { readPage } from '../keyset.js';
import { byId } from '../order.js';
import { openThings, Thing } from '../test-things.js';
import { encodeCursor } from './cursor.js';
import type { PageArguments } from './paged.js';

const refused: [what: string, page: PageArguments][] = [
  ['a page of none', { first: 0 }],
  ['a page of more than a thousand', { first: 1001 }],
  ['half a page', { first: 1.5 }],
  ['no cursor', { after: 'no cursor' }],
  ['an empty cursor', { after: '' }],
  ['a cursor of another list', { after: encodeCursor(['DK', 'x']) }],
  ['a cursor with null for a non-null key', { after: encodeCursor([null]) }],
  ['a cursor with NUL', { after: encodeCursor(['\0']) }],
  ['a cursor of a number', { after: Buffer.from('[1]').toString('base64url') }],
  ['a page of none from the end', { last: 0 }],
  ['a page of more than a thousand from the end', { last: 1001 }],
  ['both directions', { first: 1, last: 1 }],
  ['both cursors', { after: encodeCursor(['x']), last: 1 }],
  ['a cursor of the other direction', { before: encodeCursor(['x']) }],
  ['both cursors, and no size', { before: encodeCursor(['x']), after: encodeCursor(['x']) }],
  ['no cursor from the end', { before: 'no cursor', last: 1 }],
  ['a cursor of another list from the end', { before: encodeCursor(['DK', 'x']), last: 1 }],
];

describe.each(testDatabases)('BAD_USER_INPUT from readPage on $name', (kind) => {
  it('names the invalid argument', async () => {
    await using things = await openThings(kind, []);
    const query = things.source.getRepository(Thing).createQueryBuilder('thing');
    for (const [what, page] of refused) {
      const error: HubError = await readPage(query, byId, page).then(
        () => expect.fail(`${what} was read`),
        (reason: HubError) => reason,
      );
      expect(error.extensions, what).toMatchObject({
        code: 'BAD_USER_INPUT',
        argument: Object.keys(page)[0],
      });
    }
  });
});
