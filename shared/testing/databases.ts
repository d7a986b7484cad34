import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where `shared/testing/postgres.setup.ts` answers with the run’s PostgreSQL, which it starts when first asked. */
    postgresStarter: string;
  }
}

/** A database of one test’s own, empty. It goes when it is disposed of. */
export interface TestDatabase extends AsyncDisposable {
  /** As `DATABASE_URL` takes it. */
  readonly url: string;
}

export interface TestDatabaseKind {
  readonly name: 'SQLite' | 'PostgreSQL';
  readonly create: () => Promise<TestDatabase>;
}

/** What the starter answers: the address of the server’s own database, or why there is none. */
export type StartedPostgres = { readonly url: string } | { readonly problem: string };

async function createSqliteDatabase(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-sqlite-'));
  return {
    url: `sqlite:${join(folder, 'partner.sqlite')}`,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

async function askForPostgres(): Promise<StartedPostgres> {
  const { inject } = await import('vitest');
  const starter = inject('postgresStarter');
  if (!starter) return { problem: 'this run has no shared/testing/postgres.setup.ts' };
  return (await (await fetch(starter)).json()) as StartedPostgres;
}

let server: Promise<StartedPostgres> | undefined;

/**
 * Ends the test as skipped, with a line that says so; where `CI` is `true` it fails.
 * @throws always: nothing after it runs.
 */
export async function skipLoudly(reason: string): Promise<never> {
  const { TestRunner } = await import('vitest');
  const test = TestRunner.getCurrentTest();
  if (process.env['CI'] !== 'true' && test) {
    process.stderr.write(`SKIPPED: ${test.name}: ${reason}\n`);
    test.context.skip(reason);
  }
  throw new Error(reason);
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/**
 * An empty PostgreSQL database, which sorts by code points, or as a language does where a `locale` is given: what
 * partners answer must not depend on it.
 */
export async function createPostgresDatabase({
  locale,
}: { readonly locale?: string } = {}): Promise<TestDatabase> {
  const started = await (server ??= askForPostgres());
  if ('problem' in started) return skipLoudly(`PostgreSQL is not to be had: ${started.problem}`);
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const sorting = locale ? ` LOCALE_PROVIDER icu ICU_LOCALE '${locale}'` : '';
  await run(started.url, `CREATE DATABASE ${name} TEMPLATE template0${sorting}`);
  const url = new URL(started.url);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    [Symbol.asyncDispose]: () => run(started.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/**
 * The databases that a partner may run on; every scenario of a partner runs on each.
 * @example
 * describe.each(testDatabases)('Query.office on $name', ({ create }) => {
 *   it('finds an office', async () => {
 *     await using database = await create();
 *     await using partner = await openPartner(definition, { databaseUrl: database.url, … });
 *   });
 * });
 */
export const testDatabases: readonly TestDatabaseKind[] = [
  { name: 'SQLite', create: createSqliteDatabase },
  { name: 'PostgreSQL', create: () => createPostgresDatabase() },
];
