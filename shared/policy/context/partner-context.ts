import type { JWK } from 'jose';
import type { DataSource } from 'typeorm';
import type { Loaders } from '../../database/loaders.js';
import type { ServedContext } from '../../graphql/operations/served-context.js';
import type { Reader } from '../../identity/reader.js';
import type { FieldPurposes } from '../../identity/request-headers.js';
import type { DisclosureNote } from '../../records/disclosure/disclosure-note.js';
import type { Retention } from '../../records/manifest/retention.js';
import type { Span } from '../../server/tracing/tracing.js';
import type { AskHub, MissingNote } from './ask-hub.js';

/** The context of a request in a partner’s server. */
export interface PartnerContext extends ServedContext {
  /** The partner’s code, which begins the ids of all that it owns: `dk`. */
  readonly partner: string;
  readonly source: DataSource;
  readonly loaders: Loaders;
  /** The partner’s own clock. */
  readonly clock: () => Date;
  /** The lowest count of people that is shown exactly to callers who may not see them. */
  readonly countThreshold: number;
  /** The purposes for which a field may be read, by its coordinate. @default for any, or none */
  readonly fieldPurposes?: FieldPurposes | undefined;
  /** Where people open the hub’s pages. Undefined if nobody has said it. */
  readonly pagesUrl?: string | undefined;
  /** The caller, as the hub has asserted. */
  readonly reader: Reader;
  /** What the client calls its program. */
  readonly clientName?: string | undefined;
  /** The span of the operation. @default it is not traced */
  readonly span?: Span | undefined;
  /** Unique to each signed request. */
  readonly nonce?: string | undefined;
  /** The restricted fields that were read. They are recorded before the response is sent. */
  readonly disclosures: DisclosureNote;
  /** The partners whose part of a value is missing. The response names them. */
  readonly missing: MissingNote;
  /** Asks the hub, in the partner’s own name, for data of another organisation, within its time. */
  readonly askHub: AskHub;
  /** The partner’s private signing key. @default it signs nothing */
  readonly signingKey?: (() => Promise<JWK>) | undefined;
}

/** What a partner’s server has for work that no caller asked for. */
export interface ChoreContext extends Pick<
  PartnerContext,
  'partner' | 'source' | 'clock' | 'askHub'
> {
  /** How many days after the last journey each kind of personal data is kept. */
  readonly retention: Retention;
}
