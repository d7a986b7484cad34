import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

declare module 'vitest' {
  interface ProvidedContext {
    /**
     * The URL at which `shared/testing/postgres.setup.ts` starts PostgreSQL on the first request.
     */
    postgresStarter: string;
  }
}

/** An empty database for one test. Disposing of it removes it. */
export interface TestDatabase extends AsyncDisposable {
  /** In the form of `DATABASE_URL`. */
  readonly url: string;
}

export interface TestDatabaseKind {
  readonly name: 'SQLite' | 'PostgreSQL';
  readonly create: () => Promise<TestDatabase>;
  /**
   * Takes a database that nobody has open as a template, and returns what creates copies of it. Copying takes a fraction of
   * the time of filling.
   */
  readonly copyOf: (template: TestDatabase) => Promise<() => Promise<TestDatabase>>;
}

/** The result of the start: the URL of the server’s own database, or why there is none. */
export type StartedPostgres = { readonly url: string } | { readonly problem: string };

async function createSqliteDatabase(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-sqlite-'));
  return {
    url: `sqlite:${join(folder, 'partner.sqlite')}`,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

const pathOf = ({ url }: TestDatabase): string => url.slice('sqlite:'.length);

async function copySqliteDatabase(template: TestDatabase): Promise<() => Promise<TestDatabase>> {
  const content = await readFile(pathOf(template));
  await template[Symbol.asyncDispose]();
  return async () => {
    const database = await createSqliteDatabase();
    await writeFile(pathOf(database), content, { mode: 0o600 });
    return database;
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
 * Skips the test with a visible line. If `CI` is `true`, the test fails.
 * @throws always, so that nothing after it runs.
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

let administrator: Promise<pg.Client> | undefined;

/** One connection for all databases of this process: to connect takes as long as to drop one. */
async function run(url: string, statement: string): Promise<void> {
  administrator ??= connect(url);
  await (await administrator).query(statement);
}

async function connect(url: string): Promise<pg.Client> {
  const forget = () => (administrator = undefined);
  const client = new pg.Client({ connectionString: url });
  client.on('error', forget);
  try {
    await client.connect();
    return client;
  } catch (error) {
    // It costs this test only: the next one connects again.
    forget();
    throw error;
  }
}

/**
 * Creates an empty PostgreSQL database. It sorts by code points, or as a language does if there is
 * a `locale`: partners’ results must not depend on it. It is a copy of the database `template`.
 */
export async function createPostgresDatabase({
  locale,
  template = 'template0',
}: { readonly locale?: string; readonly template?: string } = {}): Promise<TestDatabase> {
  const started = await (server ??= askForPostgres());
  if ('problem' in started) return skipLoudly(`PostgreSQL is unavailable: ${started.problem}`);
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const sorting = locale ? ` LOCALE_PROVIDER icu ICU_LOCALE '${locale}'` : '';
  await run(started.url, `CREATE DATABASE ${name} TEMPLATE ${template}${sorting}`);
  const url = new URL(started.url);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    [Symbol.asyncDispose]: () => run(started.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/** The template stays as long as the server of the test run does. */
export function copyPostgresDatabase({ url }: TestDatabase): Promise<() => Promise<TestDatabase>> {
  const template = new URL(url).pathname.slice(1);
  return Promise.resolve(() => createPostgresDatabase({ template }));
}

export const sqlite: TestDatabaseKind = {
  name: 'SQLite',
  create: createSqliteDatabase,
  copyOf: copySqliteDatabase,
};

const postgres: TestDatabaseKind = {
  name: 'PostgreSQL',
  create: () => createPostgresDatabase(),
  copyOf: copyPostgresDatabase,
};

/**
 * The databases that a partner may use: for tests of what differs between them, which is our own
 * SQL, order, locks and migrations.
 * @example describe.each(bothDatabases)('Query.office on $name', ({ create }) => { it('finds an
 * office', async () => { await using database = await create(); await using partner = await
 * openPartner(definition, { databaseUrl: database.url, … }); }); });
 */
export const bothDatabases: readonly TestDatabaseKind[] = [sqlite, postgres];

/**
 * For all other tests of a partner: SQLite, and both where `TEST_DATABASES` is `all`, as in the long
 * run.
 */
export const testDatabases: readonly TestDatabaseKind[] =
  process.env['TEST_DATABASES'] === 'all' ? bothDatabases : [sqlite];
