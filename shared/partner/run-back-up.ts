import { isPostgres } from '../database/data-source.js';
import { ensureKeyFiles } from '../identity/keys/key-file.js';
import { BackUpError, type BackUpSummary } from '../storage/backup/back-up-error.js';
import { backUpPostgres } from '../storage/backup/back-up-postgres.js';
import { backUpSqlite, restoreSqlite } from '../storage/backup/back-up-sqlite.js';
import { restorePostgres } from '../storage/backup/restore-postgres.js';
import { findUnsealed, openSealer } from '../storage/backup/seal.js';
import { isOfPostgres, verifyBackUp } from '../storage/backup/verify-back-up.js';
import { readErased } from '../storage/erased-list.js';
import { filePathOf } from '../storage/sqlite-file.js';
import { describeFileError } from '../system/file-error.js';
import { keepFilesPrivate } from '../system/private-files.js';
import type { BackUpTask } from './config/back-up-task.js';
import type { PartnerConfig } from './config/partner-config.js';
import { CreateParticipantSessions1796075200000 } from './participants/create-participant-sessions.migration.js';
import { endAllAccess } from './participants/sessions.js';
import { nameMigrations, openPartnerDatabase } from './partner-database.js';
import type { PartnerDefinition } from './partner-definition.js';

type Settings = Pick<
  PartnerConfig,
  'partner' | 'databaseUrl' | 'recognition' | 'privateKeys' | 'keyFolder'
>;

const done = {
  'back-up': 'backed up to',
  verify: 'verified',
  restore: 'restored from',
} as const;

/**
 * Runs `backup` or `restore` on the partner’s kind of database. Prints what was done, or why
 * nothing was.
 * @returns the exit code
 */
export async function runBackUp(
  definition: PartnerDefinition,
  config: Settings,
  task: BackUpTask,
): Promise<number> {
  keepFilesPrivate();
  try {
    const summary = await carryOut(definition, config, task);
    const note = task.kind === 'restore' ? describeErased(config) : '';
    process.stdout.write(`${done[task.kind]} ${task.file}: ${describe(summary)}${note}\n`);
    return 0;
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${describeFileError(error, task.file) ?? told}\n`);
    return 1;
  }
}

function describe({ partner, rows, links, lastHash }: BackUpSummary): string {
  const tables = Object.values(rows);
  const sum = tables.reduce((before, count) => before + count, 0);
  return `${partner}, whole: ${sum} rows in ${tables.length} tables, ${links} links in its disclosure record, the last has the hash ${lastHash}`;
}

/** Who was erased after a back-up must not come back with it. */
function describeErased({ partner, recognition }: Settings): string {
  const identityFile = recognition?.file;
  const erased = identityFile === undefined ? [] : readErased({ partner, identityFile });
  const people = new Set(erased.map(({ person }) => person)).size;
  if (people === 0) return '';
  return `. People on the list of the erased: ${people}. The next start erases what this copy has of them`;
}

async function carryOut(
  definition: PartnerDefinition,
  config: Settings,
  { kind, file }: BackUpTask,
): Promise<BackUpSummary> {
  const { partner, databaseUrl: url, recognition } = config;
  const at = new Date();
  const migrations = nameMigrations(definition);
  const path = isPostgres(url) ? undefined : pathOf(url);
  if (kind === 'back-up') {
    if (config.keyFolder) await ensureKeyFiles(config.keyFolder, partner);
    const seal = await openSealer(config);
    const summary =
      path === undefined
        ? await backUpPostgres({ url, to: file, partner, at })
        : await backUpSqlite({ path, to: file, partner });
    await seal(file, at);
    return summary;
  }
  if (kind === 'verify') return verifySealed({ from: file, partner, migrations }, config);
  const target = { from: file, partner, migrations, identityFile: recognition?.file, at };
  if ((await isOfPostgres(file)) !== (path === undefined)) {
    throw new BackUpError(
      `${file} is a back-up of the other kind of database. Check DATABASE_URL.`,
    );
  }
  const unsealed = await findUnsealed(file, config);
  if (unsealed) process.stderr.write(`Nobody can tell whether ${file} was altered. ${unsealed}.\n`);
  const open = (only: readonly string[]) => openPartnerDatabase(definition, url, { only });
  const summary =
    path === undefined
      ? await restorePostgres({ ...target, url, open })
      : await restoreSqlite({ ...target, path });
  if (summary.migrations.includes(CreateParticipantSessions1796075200000.name)) {
    const source = await open(summary.migrations);
    await endAllAccess(source, at).finally(() => source.destroy());
  }
  return summary;
}

/** @throws {@link BackUpError} also if nobody can tell whether the back-up was altered */
async function verifySealed(
  target: Parameters<typeof verifyBackUp>[0],
  config: Settings,
): Promise<BackUpSummary> {
  const summary = await verifyBackUp(target);
  const unsealed = await findUnsealed(target.from, config);
  if (unsealed) throw new BackUpError(`${target.from} is not verified. ${unsealed}.`);
  return summary;
}

function pathOf(url: string): string {
  const path = filePathOf(url);
  if (path === undefined) throw new BackUpError('A database in memory has no back-up.');
  return path;
}
