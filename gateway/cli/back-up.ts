import { keyFilesOf } from '@hub/shared/identity';
import { keyFolderOf, localDatabaseUrl, localIdentityFile } from '@hub/shared/partner';
import {
  backUpSqlite,
  type BackUpSummary,
  findUnsealed,
  openSealer,
  restoreSqlite,
} from '@hub/shared/storage';
import type { Environment } from '@hub/shared/system';
import { parseArgs } from 'node:util';
import { readNetworkConfig, UsageError } from '../config.js';

const usage = `Usage: npm run hub -- backup --partner CODE --to FILE
       npm run hub -- restore --partner CODE --from FILE

  This is for SQLite databases in the data folder. The partner may run during a back-up. Stop it before you restore.`;

function readOptions(argv: readonly string[], file: 'from' | 'to', environment?: Environment) {
  const refuse = (message: string) => new UsageError(`${message}\n\n${usage}`);
  let values;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: { partner: { type: 'string' }, [file]: { type: 'string' } },
    }));
  } catch (error) {
    throw refuse((error as Error).message);
  }
  const { network, dataDir } = readNetworkConfig(environment);
  const codes = network.partners.map(({ code }) => code);
  const partner = String(values.partner ?? '');
  const path = values[file];
  if (!codes.includes(partner)) throw refuse(`--partner must be one of ${codes.join(', ')}.`);
  if (typeof path !== 'string') throw refuse(`--${file} is required.`);
  const privateKeys = keyFilesOf(keyFolderOf(dataDir), partner).private;
  return { partner, privateKeys, dataDir, file: path };
}

const describeSummary = ({ partner, links, lastHash }: BackUpSummary): string =>
  `${partner}, whole: ${links} links in its disclosure record, the last has the hash ${lastHash}`;

/**
 * The command `backup`: copies a partner’s SQLite database into a new file, verifies the copy and
 * seals it.
 */
export async function makeBackUp(
  argv: readonly string[],
  environment?: Environment,
): Promise<string> {
  const { partner, dataDir, file, privateKeys } = readOptions(argv, 'to', environment);
  const path = localDatabaseUrl(dataDir, partner, false).slice('sqlite:'.length);
  const seal = await openSealer({ partner, privateKeys });
  const summary = await backUpSqlite({ path, to: file, partner });
  await seal(file, new Date());
  return `backed up to ${file}: ${describeSummary(summary)}`;
}

/**
 * The command `restore`: replaces a partner’s database by a back-up. Keeps the old database beside
 * it.
 */
export async function restore(argv: readonly string[], environment?: Environment): Promise<string> {
  const { partner, dataDir, file, privateKeys } = readOptions(argv, 'from', environment);
  const unsealed = await findUnsealed(file, { partner, privateKeys });
  const summary = await restoreSqlite({
    from: file,
    partner,
    path: localDatabaseUrl(dataDir, partner, false).slice('sqlite:'.length),
    identityFile: localIdentityFile(dataDir, partner, false),
    at: new Date(),
  });
  const note = unsealed ? `\nNobody can tell whether it was altered. ${unsealed}.` : '';
  return `restored from ${file}: ${describeSummary(summary)}${note}`;
}
