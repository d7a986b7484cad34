import type { DataSource } from 'typeorm';
import type { Logger } from '../telemetry/index.js';

export interface KeepOptions {
  /** The partner’s code. */
  readonly partner: string;
  readonly url: string;
  /** Opens it, and shows it before its tables are brought up to date. */
  readonly open: (url: string, inspect?: Inspect) => Promise<DataSource>;
  /** Loads what a new database begins with; what is there already is not loaded again. */
  readonly fill: (source: DataSource) => Promise<void>;
  readonly logger: Logger;
  readonly clock: () => Date;
  /** @default nothing is known outside of the database */
  readonly recognition?: Recognition;
}

type Inspect = (source: DataSource) => Promise<void>;

/** How a partner knows its database again. */
export interface Recognition {
  /** The file in which it is noted, outside of the database. Undefined where there is no place for it. */
  readonly file: string | undefined;
  /** An empty database is this partner’s first one, where none is noted. */
  readonly mayBeFirst: boolean;
  /** The operator says that the database is to be used as it is: new, older, another one, or changed by hand. */
  readonly isNew: boolean;
}
