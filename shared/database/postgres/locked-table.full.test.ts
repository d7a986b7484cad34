import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { createPostgresDatabase } from '../../testing/databases.js';
import { openDatabase } from '../data-source.js';
import { isDatabaseFailure } from '../database-failure.js';

describe('a locked table on PostgreSQL', () => {
  it('does not hold the connections of statements that wait for it', async () => {
    await using database = await createPostgresDatabase();
    const source = await openDatabase({ url: database.url, entities: [], migrations: [] });
    const other = new pg.Client({ connectionString: database.url });
    await other.connect();
    try {
      await source.query('CREATE TABLE things (id int)');
      await other.query('BEGIN');
      await other.query('LOCK TABLE things IN ACCESS EXCLUSIVE MODE');
      // More than there are connections: some wait for the lock, the others for a connection.
      const waiting = await Promise.allSettled(
        Array.from({ length: 25 }, () => source.query('SELECT * FROM things')),
      );
      for (const result of waiting) {
        expect(result.status).toBe('rejected');
        if (result.status === 'rejected') expect(isDatabaseFailure(result.reason)).toBe(true);
      }
      expect(await source.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    } finally {
      await other.end();
      await source.destroy();
    }
  });

  it('obeys the timeouts of locks and statements', async () => {
    await using database = await createPostgresDatabase();
    const timeouts = { statementMs: 300, lockMs: 200, connectionMs: 3_000 };
    const source = await openDatabase({
      url: database.url,
      entities: [],
      migrations: [],
      timeouts,
    });
    const other = new pg.Client({ connectionString: database.url });
    await other.connect();
    const codeOf = (query: string) =>
      source.query(query).then(
        () => 'answered',
        (error: { driverError: { code: string } }) => error.driverError.code,
      );
    try {
      await source.query('CREATE TABLE things (id int)');
      await other.query('BEGIN');
      await other.query('LOCK TABLE things IN ACCESS EXCLUSIVE MODE');
      expect(await codeOf('SELECT * FROM things')).toBe('55P03');
      expect(await codeOf('SELECT pg_sleep(60)')).toBe('57014');
      expect(await codeOf('SELECT 1')).toBe('answered');
    } finally {
      await other.end();
      await source.destroy();
    }
  });
});
