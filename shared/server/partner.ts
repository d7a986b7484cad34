import type { DataSource } from 'typeorm';
import { openDatabase } from '../database/index.js';
import { disclosureEntities, disclosureMigrations } from '../disclosure/index.js';
import { anonymous } from '../identity/index.js';
import type { Limits } from '../limits/index.js';
import {
  CreateIdempotencyKeys1764000002000,
  CreateUsedNonces1764000003000,
  IdempotencyKey,
  UsedNonce,
} from '../mutations/index.js';
import type { Policies } from '../policy/index.js';
import type { Logger } from '../telemetry/index.js';
import { noHub, type AskHub } from './ask-hub.js';
import type { AuthenticateRequest } from './authenticate-hub.js';
import type { ReadyChecks } from './health.js';
import { createPartnerServer, type PartnerServer } from './partner-server.js';
import type { Subgraph } from './subgraph-schema.js';

/** What makes a partner’s folder a server: its data model, its schema, and what it can be filled with. */
export interface PartnerDefinition {
  readonly entities: readonly Function[];
  readonly migrations: readonly Function[];
  /** Who may read what of each type. */
  readonly policies: Policies;
  createSubgraph(policies: Policies): Promise<Subgraph>;
  /** Loads this partner’s part of the facts, all or nothing. Once for a database. */
  loadFacts(database: LoadedDatabase, partner: string): Promise<void>;
  /** Loads this partner’s part of the invented demonstration, all or nothing. Once for a database. */
  loadDemonstration(database: LoadedDatabase, partner: string): Promise<void>;
}

/** A database while it is loaded: in one transaction, which also notes that the load has been done. */
export type LoadedDatabase = Pick<DataSource, 'transaction' | 'getRepository'>;

/** `nothing` for a partner’s own data; `facts` for the public ones; `demonstration` for the invented ones too. */
export type PartnerContent = 'nothing' | 'facts' | 'demonstration';

export interface PartnerOptions {
  /** The partner’s code. */
  readonly partner: string;
  readonly databaseUrl: string;
  readonly content: PartnerContent;
  readonly logger: Logger;
  /** @default the system’s clock */
  readonly clock?: () => Date;
  /** Tells who reads. @default everybody is anonymous */
  readonly authenticate?: AuthenticateRequest;
  /** Asks the hub in the partner’s name. @default there is no hub to ask */
  readonly askHub?: AskHub;
  /** @default `partnerLimits` */
  readonly limits?: Limits;
  /** How many people a count needs to be told to readers who may not see them; 1 tells all. @default 5 */
  readonly countThreshold?: number;
  /** What has to hold before it is ready, besides its database. */
  readonly readyChecks?: ReadyChecks;
}

/** Opens a partner’s database, with the tables of its disclosure record, of idempotency keys and of used nonces. */
export function openPartnerDatabase(
  { entities, migrations }: PartnerDefinition,
  url: string,
): Promise<DataSource> {
  return openDatabase({
    url,
    entities: [...entities, ...disclosureEntities, IdempotencyKey, UsedNonce],
    migrations: [
      ...migrations,
      ...disclosureMigrations,
      CreateIdempotencyKeys1764000002000,
      CreateUsedNonces1764000003000,
    ],
  });
}

/** Opens a partner’s database, fills it on the first time, and builds its server, which does not listen yet. */
export async function openPartner(
  definition: PartnerDefinition,
  options: PartnerOptions,
): Promise<PartnerServer> {
  const {
    partner,
    databaseUrl,
    content,
    logger,
    clock = () => new Date(),
    limits,
    countThreshold,
    readyChecks,
  } = options;
  const { authenticate = () => Promise.resolve({ reader: anonymous }), askHub = noHub } = options;
  const source = await openPartnerDatabase(definition, databaseUrl);
  try {
    if (content !== 'nothing') {
      await once(source, 'facts', (database) => definition.loadFacts(database, partner));
    }
    if (content === 'demonstration') {
      await once(source, 'demonstration', (database) =>
        definition.loadDemonstration(database, partner),
      );
    }
    const { schema } = await definition.createSubgraph(definition.policies);
    return await createPartnerServer({
      partner,
      schema,
      policies: definition.policies,
      source,
      logger,
      clock,
      authenticate,
      askHub,
      limits,
      countThreshold,
      readyChecks,
    });
  } catch (error) {
    await source.destroy();
    throw error;
  }
}

/** Runs a load unless the database says that it has been run. What is cut off has not been run at all. */
async function once(
  source: DataSource,
  name: string,
  load: (database: LoadedDatabase) => Promise<void>,
): Promise<void> {
  await source.query('CREATE TABLE IF NOT EXISTS "loads" ("name" varchar PRIMARY KEY)');
  const done = await source.query<unknown[]>(`SELECT 1 FROM "loads" WHERE "name" = '${name}'`);
  if (done.length > 0) return;
  await source.transaction(async (database) => {
    await load(database);
    await database.query(`INSERT INTO "loads" ("name") VALUES ('${name}')`);
  });
}
