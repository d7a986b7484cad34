import { UserError } from '../../system/user-error.js';

/** A back-up that cannot be made or must not be used. The message says why. */
export class BackUpError extends UserError {
  override readonly name = 'BackUpError';
}

/** What is in a verified copy of a database. */
export interface BackUpSummary {
  readonly partner: string;
  /** The id of the database. The copy has the same id. */
  readonly database: string;
  /** The migrations that had run, oldest first. */
  readonly migrations: readonly string[];
  /** The number of rows of each table. */
  readonly rows: Readonly<Record<string, number>>;
  /** How many links the disclosure record has. */
  readonly links: number;
  readonly lastHash: string;
}
