import type { JWK } from 'jose';
import type { DataSource } from 'typeorm';
import type { DatabaseTimeouts } from '../database/postgres/postgres-timeouts.js';
import type { Limits } from '../graphql/limits/limits.js';
import type { FieldPurposes } from '../identity/request-headers.js';
import type { AskHub } from '../policy/context/ask-hub.js';
import type { ChoreContext } from '../policy/context/partner-context.js';
import type { PublicationSettings } from '../records/manifest/publication-settings.js';
import type { Retention } from '../records/manifest/retention.js';
import type { HubHeads } from '../records/witness/witness.js';
import type { ReadyChecks } from '../server/http/health.js';
import type { Tls } from '../server/tls/open-tls.js';
import type { Tracing } from '../server/tracing/tracing.js';
import type { ErasedEntry } from '../storage/erased-list.js';
import type { Recognition } from '../storage/keep-options.js';
import type { Logger } from '../system/logger.js';
import type { MailSettings } from './config/mail-settings.js';
import type { MailContent } from './mail/mail-content.js';
import type { TellHub } from './notices/notice.js';
import type { Travellers } from './participants/journeys.js';
import type { Publisher } from './publication/publication.js';
import type { AuthenticateRequest } from './requests/authenticate-hub.js';
import type { CountOverdue } from './requests/overdue-tasks.js';
import type { ChangePolicies, Subgraph } from './subgraph-schema.js';

/**
 * Everything that makes a partner’s folder a server: its data model, its schema, and its first
 * content.
 */
export interface PartnerDefinition {
  /** The name of the contract that it serves. */
  readonly subgraph: string;
  readonly entities: readonly Function[];
  readonly migrations: readonly Function[];
  /** @param changePolicies for tests. @default the rules beside the fields */
  createSubgraph(changePolicies?: ChangePolicies): Promise<Subgraph>;
  /** Loads this partner’s part of the facts in one transaction. Once for a database. */
  loadFacts(database: LoadedDatabase, partner: string): Promise<void>;
  /**
   * What later versions changed in the facts, oldest first. Each runs once, in a database that got its facts before. A new
   * database gets the facts as they are now.
   * @default nothing has changed
   */
  readonly factUpdates?: readonly FactUpdate[];
  /**
   * Loads this partner’s part of the invented demonstration in one transaction. Once for a
   * database.
   */
  loadDemonstration(database: LoadedDatabase, partner: string): Promise<void>;
  /**
   * The ids of records that earlier versions accepted, although they break a rule. They are logged
   * at the start and stay as they are.
   * @default none
   */
  findBrokenRules?(source: DataSource): Promise<readonly string[]>;
  /**
   * What its server does every few minutes, without a caller. It returns false if it should be run
   * again soon, for instance because the hub did not respond.
   * @default nothing
   */
  readonly chore?: ((context: ChoreContext) => Promise<boolean>) | undefined;
  /** How who was erased stays erased in a restored copy. @default it has no personal data */
  readonly erased?: ErasedPeople | undefined;
  /** What its server writes to its own people, if it may. @default nothing */
  readonly mail?: MailContent | undefined;
  /** The people who can be invited to the pages about their own journeys. @default nobody can */
  readonly travellers?: Travellers | undefined;
  /**
   * Counts what waits for each organisation past its due date. Only the hub itself may ask.
   * @default its server has no such path
   */
  readonly countOverdue?: CountOverdue;
  /** Ends what the folder runs beside the server of this database, such as a thread. Called once, at the server’s end. */
  close?(source: DataSource): Promise<void>;
}

interface ErasedPeople {
  /** Who was erased, before a list outside of the database was kept. */
  find(source: DataSource): Promise<readonly ErasedEntry[]>;
  /**
   * Erases again what the database still has, before it serves.
   * @returns of how many people
   */
  eraseAgain(
    context: Pick<ChoreContext, 'partner' | 'source' | 'clock'>,
    entries: readonly ErasedEntry[],
  ): Promise<number>;
}

/** A change of the facts, for databases that an earlier version filled. */
export interface FactUpdate {
  /** What it is noted as in the database, and so never changed. */
  readonly name: string;
  /** Brings the facts up to date, all or nothing. What the partner changed itself stays. */
  run(database: LoadedDatabase, partner: string): Promise<void>;
}

/** A database during a load: in one transaction, which also notes that the load was done. */
export type LoadedDatabase = Pick<DataSource, 'transaction' | 'getRepository'>;

/**
 * `nothing` for a partner’s own data; `facts` for the public ones; `demonstration` for the invented
 * ones too.
 */
export type PartnerContent = 'nothing' | 'facts' | 'demonstration';

export interface PartnerOptions {
  /** The partner’s code. */
  readonly partner: string;
  readonly databaseUrl: string;
  /** The timeouts of PostgreSQL. @default `defaultTimeouts` of `../database` */
  readonly databaseTimeouts?: DatabaseTimeouts;
  /** The most connections to PostgreSQL. @default 10 */
  readonly databaseConnections?: number;
  readonly content: PartnerContent;
  readonly logger: Logger;
  /** @default the system’s clock */
  readonly clock?: () => Date;
  /** Identifies the caller. @default everybody is anonymous */
  readonly authenticate?: AuthenticateRequest;
  /** Sends requests to the hub in the partner’s name. @default there is no hub */
  readonly askHub?: AskHub;
  /** Notifies the hub of changes. @default the hub is not notified */
  readonly tellHub?: TellHub;
  /** @default `partnerLimits` */
  readonly limits?: Limits;
  /**
   * The lowest count of people that is shown exactly to callers who may not see them; 1 shows all
   * counts. @default 5
   */
  readonly countThreshold?: number;
  /** The purposes for which fields may be read. @default each for any, or for none */
  readonly fieldPurposes?: FieldPurposes | undefined;
  /** How many days after the last journey personal data is kept. @default `usualRetention` */
  readonly retention?: Retention;
  /** How its database is recognised. @default there is no identity file */
  readonly recognition?: Recognition;
  /** How it signs its manifest. @default it publishes none */
  readonly publisher?: Publisher;
  /** Where it hands in the end of its record each day. @default nowhere; it needs a publisher too */
  readonly hubHeads?: HubHeads | undefined;
  /** How it sends mails. @default it sends none */
  readonly mail?: MailSettings | undefined;
  /** Where people open the hub’s pages. @default nobody can be invited */
  readonly pagesUrl?: string | undefined;
  /** The hub’s public keys. @default they are not measured */
  readonly readHubKeys?: () => Promise<readonly JWK[]>;
  /** What its manifest says besides the schema. */
  readonly publication?: PublicationSettings;
  /** More checks of readiness, besides the database. */
  readonly readyChecks?: ReadyChecks;
  /** The addresses and networks that may read `/metrics`. @default nothing is measured */
  readonly metricsReaders?: readonly string[];
  /** The certificates of its server. @default it speaks plain HTTP */
  readonly tls?: Tls | undefined;
  /** Sends traces of operations to a collector. @default nothing is traced */
  readonly tracing?: Tracing | undefined;
}
