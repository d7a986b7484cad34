import { describe, expect, it } from 'vitest';
import { bothDatabases } from '../testing/databases.js';
import { isDatabaseFailure } from './database-failure.js';
import { openThings, Thing, thing } from './test-things.js';

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe.each(bothDatabases)('isDatabaseFailure on $name', (kind) => {
  it('is false for a statement that the database rejects', async () => {
    await using things = await openThings(kind, [thing({ id: 'dk:1' })]);
    const { source } = things;
    const refusals = [
      () => source.manager.insert(Thing, thing({ id: 'dk:1' })),
      () => source.query('SELECT nothing FROM nowhere'),
    ];
    for (const refusal of refusals) {
      const error = await failureOf(refusal());
      expect(error).toBeInstanceOf(Error);
      expect(isDatabaseFailure(error)).toBe(false);
    }
  });
});

describe('isDatabaseFailure', () => {
  it.each(['ECONNREFUSED', 'SQLITE_FULL', '57P01', '53100', '08006'])('is true for %s', (code) => {
    expect(isDatabaseFailure(Object.assign(new Error('no'), { code }))).toBe(true);
  });

  it('is false for a HubError', () => {
    expect(isDatabaseFailure(new TypeError('no'))).toBe(false);
    expect(isDatabaseFailure('SQLITE_FULL')).toBe(false);
  });
});
