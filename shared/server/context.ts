import type { DataSource } from 'typeorm';
import type { Loaders } from '../database/index.js';

/** What a resolver of a partner’s server gets for one request. */
export interface PartnerContext {
  /** The partner’s code, which begins the ids of all that it owns: `dk`. */
  readonly partner: string;
  readonly source: DataSource;
  readonly loaders: Loaders;
  /** The partner’s own clock. */
  readonly clock: () => Date;
  readonly requestId: string;
}
