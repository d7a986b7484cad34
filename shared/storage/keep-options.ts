import type { DataSource } from 'typeorm';
import type { Logger } from '../system/logger.js';

export interface KeepOptions {
  /** The partner’s code. */
  readonly partner: string;
  readonly url: string;
  /** Opens it, and passes it on before its migrations run. */
  readonly open: (url: string, inspect?: Inspect) => Promise<DataSource>;
  /** Loads the first content of a new database. Existing content is not loaded again. */
  readonly fill: (source: DataSource) => Promise<void>;
  readonly logger: Logger;
  readonly clock: () => Date;
  /** @default there is no record outside of the database */
  readonly recognition?: Recognition;
}

type Inspect = (source: DataSource) => Promise<void>;

/** How a partner recognises its database. */
export interface Recognition {
  /** The identity file, outside of the database. Undefined if there is no place for it. */
  readonly file: string | undefined;
  /** Accept an empty database as this partner’s first one, if none is recorded. */
  readonly mayBeFirst: boolean;
  /** The operator accepts the database: new, older, another one, or changed by hand. */
  readonly isNew: boolean;
}
