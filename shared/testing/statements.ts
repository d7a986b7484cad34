import type { DataSource, Logger } from 'typeorm';

/** The SQL that a data source has run since counting began. Disposing of it ends the counting. */
export interface StatementCount extends Disposable {
  readonly count: number;
  readonly statements: readonly string[];
}

/** Counts the statements of a data source, with those of transactions. */
export function countStatements(source: DataSource): StatementCount {
  const statements: string[] = [];
  const logger = source.logger;
  // TypeORM passes every statement to its logger, which decides what is logged. It is the only
  // place that sees all of them.
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

/** Statements of transactions and of the disclosure record. Every response needs the same few. */
const isRecording = (statement: string): boolean =>
  /^(BEGIN|START|COMMIT|ROLLBACK|LOCK)\b|"disclosure_|"person_(keys|days)"|"reader_names"/.test(
    statement,
  );

/**
 * The number of SQL statements of a read, without those that record disclosures.
 * @example expect(await statementsOf(source, () => ask('{ offices { name regions { name } }
 * }'))).toBe(2);
 */
export async function statementsOf(source: DataSource, work: () => unknown): Promise<number> {
  using counted = countStatements(source);
  await work();
  return counted.statements.filter((statement) => !isRecording(statement)).length;
}
