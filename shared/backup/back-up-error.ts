/** A back-up that cannot be made or must not be used. The message says why. */
export class BackUpError extends Error {
  override readonly name = 'BackUpError';
}

/** What a verified copy of a database holds. */
export interface BackUpSummary {
  readonly partner: string;
  /** The id of the database, which its copy has too. */
  readonly database: string;
  /** The migrations that had run on it, oldest first. */
  readonly migrations: readonly string[];
  /** How many rows each table has. */
  readonly rows: Readonly<Record<string, number>>;
  /** How its disclosure record ends. */
  readonly links: number;
  readonly lastHash: string;
}
