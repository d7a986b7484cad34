import type { DataSource } from 'typeorm';
import type { Loaders } from '../database/index.js';
import type { DisclosureNote } from '../disclosure/index.js';
import type { ServedContext } from '../graphql/index.js';
import type { Reader } from '../identity/index.js';
import type { AskHub } from './ask-hub.js';
import type { MissingNote } from './missing-note.js';

/** What a resolver of a partner’s server gets for one request. */
export interface PartnerContext extends ServedContext {
  /** The partner’s code, which begins the ids of all that it owns: `dk`. */
  readonly partner: string;
  readonly source: DataSource;
  readonly loaders: Loaders;
  /** The partner’s own clock. */
  readonly clock: () => Date;
  /** How many people a count needs to be told to readers who may not see them. */
  readonly countThreshold: number;
  /** Who reads, as the hub has asserted it. */
  readonly reader: Reader;
  /** What no other signed request has. */
  readonly nonce?: string | undefined;
  /** What is read of restricted fields; it is written down before the answer leaves. */
  readonly disclosures: DisclosureNote;
  /** Whose part of a value is missing; the response names them. */
  readonly missing: MissingNote;
  /** Asks the hub, in the partner’s own name, for what another organisation owns, within the request’s time. */
  readonly askHub: AskHub;
}
