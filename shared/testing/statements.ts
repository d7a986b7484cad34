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

/** A transaction’s own statements, and those on the record of disclosures: an answer costs the same few, whatever it tells. */
const isRecording = (statement: string): boolean =>
  /^(BEGIN|START|COMMIT|ROLLBACK|LOCK)\b|"disclosure_/.test(statement);

/**
 * How many SQL statements it costs to read. Those that write down what was read are left out.
 * @example expect(await statementsOf(source, () => ask('{ offices { name regions { name } } }'))).toBe(2);
 */
export async function statementsOf(source: DataSource, work: () => unknown): Promise<number> {
  using counted = countStatements(source);
  await work();
  return counted.statements.filter((statement) => !isRecording(statement)).length;
}
