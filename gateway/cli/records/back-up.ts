import { keyFilesOf } from '@hub/shared/identity';
import { keyFolderOf, localDatabaseUrl, localIdentityFile } from '@hub/shared/partner';
import {
  backUpSqlite,
  findUnsealed,
  openSealer,
  restoreSqlite,
  type BackUpSummary,
} from '@hub/shared/storage';
import type { Environment } from '@hub/shared/system';
import { UsageError, readNetworkConfig } from '../../config.js';
import { defineCommand } from '../define-command.js';

const onlySqlite =
  'This is for SQLite databases in the data folder. The partner may run during a back-up. Stop it before you restore.';

/** Whose database. @throws {@link UsageError} for a code that no partner has */
function findPartner(partner: string, environment: Environment | undefined) {
  const { network, dataDir } = readNetworkConfig(environment);
  const codes = network.partners.map(({ code }) => code);
  if (!codes.includes(partner))
    throw new UsageError(`--partner must be one of ${codes.join(', ')}.`);
  const privateKeys = keyFilesOf(keyFolderOf(dataDir), partner).private;
  return { partner, privateKeys, dataDir };
}

const describeSummary = ({ partner, links, lastHash }: BackUpSummary): string =>
  `${partner}, whole: ${links} links in its disclosure record, the last has the hash ${lastHash}`;

/**
 * The command `backup`: copies a partner’s SQLite database into a new file, verifies the copy and
 * seals it.
 */
export const makeBackUp = defineCommand(
  'npm run hub -- backup',
  (command, { say, environment }) => {
    command
      .description(`Copies a partner’s database. ${onlySqlite}`)
      .requiredOption('--partner <code>', 'whose database')
      .requiredOption('--to <file>', 'the copy, which must not exist')
      .action(async ({ partner: code, to }: { partner: string; to: string }) => {
        const { partner, dataDir, privateKeys } = findPartner(code, environment);
        const path = localDatabaseUrl(dataDir, partner, false).slice('sqlite:'.length);
        const seal = await openSealer({ partner, privateKeys });
        const summary = await backUpSqlite({ path, to, partner });
        await seal(to, new Date());
        say(`backed up to ${to}: ${describeSummary(summary)}`);
      });
  },
);

/**
 * The command `restore`: replaces a partner’s database by a back-up. Keeps the old database beside
 * it.
 */
export const restore = defineCommand('npm run hub -- restore', (command, { say, environment }) => {
  command
    .description(`Replaces a partner’s database by a copy. ${onlySqlite}`)
    .requiredOption('--partner <code>', 'whose database')
    .requiredOption('--from <file>', 'the copy')
    .action(async ({ partner: code, from }: { partner: string; from: string }) => {
      const { partner, dataDir, privateKeys } = findPartner(code, environment);
      const unsealed = await findUnsealed(from, { partner, privateKeys });
      const summary = await restoreSqlite({
        from,
        partner,
        path: localDatabaseUrl(dataDir, partner, false).slice('sqlite:'.length),
        identityFile: localIdentityFile(dataDir, partner, false),
        at: new Date(),
      });
      const note = unsealed ? `\nNobody can tell whether it was altered. ${unsealed}.` : '';
      say(`restored from ${from}: ${describeSummary(summary)}${note}`);
    });
});
