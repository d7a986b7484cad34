import type { DataSource, EntityManager } from 'typeorm';
import { type DatabaseOptions, openDatabase } from '../database/data-source.js';
import { DatabaseMark } from '../database/database-mark.entity.js';
import type { StatementMeter } from '../database/read-rows.js';
import { disclosureEntities } from '../records/chain/stored.entity.js';
import { recordWrites } from '../records/changes/record-writes.js';
import { disclosureMigrations } from '../records/disclosure/disclosure-migrations.js';
import { CreateHeadOpenings1796018400000 } from '../records/witness/create-head-openings.migration.js';
import { CreateNetworkHeads1764000008000 } from '../records/witness/create-network-heads.migration.js';
import { HeadOpening } from '../records/witness/head-opening.entity.js';
import { NetworkHead } from '../records/witness/network-head.entity.js';
import { AddLogsBegun1764000006000 } from '../storage/add-logs-begun.migration.js';
import { CreateDatabaseMark1764000005000 } from '../storage/create-database-mark.migration.js';
import { openErasedList } from '../storage/erased-list.js';
import { openKeptDatabase } from '../storage/keep-database.js';
import { createLoadsTable } from '../storage/loads-table.js';
import { CreateMails1796052000000 } from './mail/create-mails.migration.js';
import { Mail, MailSubscription } from './mail/mail.entity.js';
import { AddResults1796062746379 } from './mutations/add-results.migration.js';
import { CreateIdempotencyKeys1764000002000 } from './mutations/create-idempotency-keys.migration.js';
import { CreateUsedNonces1764000003000 } from './mutations/create-used-nonces.migration.js';
import { IdempotencyKey } from './mutations/idempotency-key.entity.js';
import { IndexIdempotencyKeys1764000010000 } from './mutations/index-idempotency-keys.migration.js';
import { UsedNonce } from './mutations/used-nonce.entity.js';
import { CreateParticipantSessions1796075200000 } from './participants/create-participant-sessions.migration.js';
import { Invitation, ParticipantSession } from './participants/session.entity.js';
import type { PartnerDefinition, PartnerOptions } from './partner-definition.js';
import { CreatePublishedManifest1764000007000 } from './publication/create-published-manifest.migration.js';
import { PublishedManifest } from './publication/published-manifest.entity.js';

/** All migrations of a partner: its own, and those of every partner. */
const migrationsOf = ({ migrations }: Pick<PartnerDefinition, 'migrations'>): Function[] => [
  ...migrations,
  ...disclosureMigrations,
  CreateIdempotencyKeys1764000002000,
  CreateUsedNonces1764000003000,
  CreateDatabaseMark1764000005000,
  AddLogsBegun1764000006000,
  CreatePublishedManifest1764000007000,
  CreateNetworkHeads1764000008000,
  IndexIdempotencyKeys1764000010000,
  CreateHeadOpenings1796018400000,
  CreateMails1796052000000,
  AddResults1796062746379,
  CreateParticipantSessions1796075200000,
];

/** The names of the migrations of a partner’s database. */
export const nameMigrations = (definition: PartnerDefinition): string[] =>
  migrationsOf(definition).map(({ name }) => name);

/**
 * Opens a partner’s database with the tables of every partner, without checking that it is the
 * right one.
 * @param only the names of the migrations that may run. @default all
 */
export function openPartnerDatabase(
  definition: PartnerDefinition,
  url: string,
  {
    inspect,
    timeouts,
    meter,
    onMigration,
    only,
  }: Pick<DatabaseOptions, 'inspect' | 'timeouts' | 'connections' | 'meter' | 'onMigration'> & {
    readonly only?: readonly string[];
  } = {},
): Promise<DataSource> {
  return openDatabase({
    url,
    entities: [
      ...definition.entities,
      ...disclosureEntities,
      IdempotencyKey,
      UsedNonce,
      DatabaseMark,
      PublishedManifest,
      NetworkHead,
      HeadOpening,
      MailSubscription,
      Mail,
      Invitation,
      ParticipantSession,
    ],
    migrations: migrationsOf(definition).filter(({ name }) => only?.includes(name) ?? true),
    inspect,
    timeouts,
    meter,
    onMigration,
  });
}

export type DatabaseToFill = Pick<
  PartnerOptions,
  | 'partner'
  | 'databaseUrl'
  | 'databaseTimeouts'
  | 'databaseConnections'
  | 'content'
  | 'logger'
  | 'recognition'
  | 'clock'
>;

/**
 * Opens a partner’s database if it is the right one, and loads its content the first time.
 * @throws `DatabaseRefused` with the reason and what to do
 */
export function openFilledDatabase(
  definition: PartnerDefinition,
  options: DatabaseToFill,
  meter?: StatementMeter,
): Promise<DataSource> {
  const { partner, databaseUrl: url, logger, recognition, clock = () => new Date() } = options;
  const { databaseTimeouts: timeouts, databaseConnections: connections } = options;
  return openKeptDatabase({
    partner,
    url,
    open: (address, inspect) =>
      openPartnerDatabase(definition, address, {
        inspect,
        timeouts,
        connections,
        meter,
        onMigration: (migration) => logger.info({ partner, migration }, 'migrating'),
      }),
    fill: (source) => fillDatabase(source, definition, { ...options, clock }),
    logger,
    clock,
    recognition,
  });
}

async function fillDatabase(
  source: DataSource,
  definition: PartnerDefinition,
  { partner, content, logger, clock, recognition }: DatabaseToFill & { readonly clock: () => Date },
): Promise<void> {
  const { factUpdates = [] } = definition;
  const load: Load = (database) => definition.loadFacts(database, partner);
  const updates = factUpdates.map(({ name }) => name);
  await createLoadsTable(source);
  if (content !== 'nothing') await once(source, ['facts', ...updates], load);
  if (await isLoaded(source, 'facts'))
    for (const update of factUpdates)
      await once(source, [update.name], (database) => update.run(database, partner));
  const broken = (await definition.findBrokenRules?.(source)) ?? [];
  if (broken.length > 0)
    logger.warn({ partner, records: broken }, 'records break a rule that came later');
  if (content === 'demonstration') {
    // As its people would have written it. Facts come with the code, which says where they are from.
    const by = { organisation: partner, person: null, mutation: 'loadDemonstration', reason: null };
    await once(source, ['demonstration'], (database) =>
      recordWrites(database, { ...by, at: clock() }, (watched) =>
        definition.loadDemonstration(watched, partner),
      ),
    );
  }
  const { erased } = definition;
  const identityFile = recognition?.file;
  if (!erased || identityFile === undefined) return;
  const find = () => erased.find(source);
  const list = await openErasedList(source, { partner, identityFile }, find);
  const people = await erased.eraseAgain({ partner, source, clock }, list.read());
  if (people > 0) logger.warn({ partner, people }, 'erased again what this copy still had');
}

type Load = (database: EntityManager) => Promise<void>;

/** Whether the database says that a load has been run. */
async function isLoaded(source: DataSource, name: string): Promise<boolean> {
  const done = await source.query<unknown[]>(`SELECT 1 FROM "loads" WHERE "name" = '${name}'`);
  return done.length > 0;
}

/** Runs a load, with all that it includes, unless it has been run. What is cut off has not been run at all. */
async function once(
  source: DataSource,
  names: readonly [string, ...string[]],
  load: Load,
): Promise<void> {
  if (await isLoaded(source, names[0])) return;
  await source.transaction(async (database) => {
    await load(database);
    for (const name of names)
      await database.query(`INSERT INTO "loads" ("name") VALUES ('${name}')`);
  });
}
