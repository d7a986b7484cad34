import type { DataSource, Logger } from 'typeorm';

/** The SQL that a data source has run since counting began. Disposing of it ends the counting. */
export interface StatementCount extends Disposable {
  readonly count: number;
  readonly statements: readonly string[];
}

/** Counts the statements that a data source runs, transactions’ own included. */
export function countStatements(source: DataSource): StatementCount {
  const statements: string[] = [];
  const logger = source.logger;
  // TypeORM tells its logger of every statement, and the logger decides what is written: the one place they all pass.
  const counting: Logger = {
    logQuery: (query, parameters, runner) => {
      statements.push(query);
      logger.logQuery(query, parameters, runner);
    },
    logQueryError: (...failed) => logger.logQueryError(...failed),
    logQuerySlow: (...slow) => logger.logQuerySlow(...slow),
    logSchemaBuild: (...built) => logger.logSchemaBuild(...built),
    logMigration: (...migrated) => logger.logMigration(...migrated),
    log: (...logged) => logger.log(...logged),
  };
  source.logger = counting;
  return {
    statements,
    get count() {
      return statements.length;
    },
    [Symbol.dispose]: () => {
      if (source.logger === counting) source.logger = logger;
    },
  };
}

/**
 * How many SQL statements a piece of work costs.
 * @example expect(await statementsOf(source, () => ask('{ offices { name regions { name } } }'))).toBe(2);
 */
export async function statementsOf(source: DataSource, work: () => unknown): Promise<number> {
  using counted = countStatements(source);
  await work();
  return counted.count;
}
