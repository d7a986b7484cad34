import { join } from 'node:path';
import { UsageError, readNetworkConfig, resolveTarget } from '../../config.js';
import { defineCommand } from '../define-command.js';
import { laySite, type SiteUser } from './site.js';

/** The user of the command line, or this process’s. Containers never run as root. */
function readUser(asked: string | undefined): SiteUser {
  const [, uid, gid] = /^(\d{1,9}):(\d{1,9})$/.exec(asked ?? '') ?? [];
  if (uid !== undefined && Number(uid) > 0) return { uid: Number(uid), gid: Number(gid) };
  if (asked !== undefined)
    throw new UsageError('--user must be a user id above 0 and a group id: 1000:1000.');
  const own = process.getuid?.() ?? 0;
  if (own === 0) throw new UsageError('--user is required for root: 1000:1000.');
  return { uid: own, gid: process.getgid?.() ?? own };
}

interface ComposeOptions {
  readonly to: string;
  readonly user?: string;
  readonly tls?: true;
}

async function deployCompose({ to, user, tls }: ComposeOptions): Promise<string> {
  const folder = resolveTarget(to);
  const { network } = readNetworkConfig();
  const written = await laySite(network, folder, readUser(user), tls ? 'https' : 'http');
  const start = `docker compose --env-file ${join(folder, 'site.env')} up --detach --build`;
  return [...written.map((path) => `wrote ${path}`), `Start: ${start}`].join('\n');
}

/** The command `deploy`. */
export const deploy = defineCommand('npm run hub -- deploy', (command, { say }) => {
  command
    .command('compose')
    .description(
      'makes the folder that docker-compose.yml reads: network file, keys, passwords, settings. Files that exist are kept',
    )
    .requiredOption('--to <folder>', 'the folder')
    .option('--user <uid:gid>', 'the user of the containers. Without it: you')
    .option(
      '--tls',
      'the hub and the partners call each other by HTTPS. You give each its certificate',
    )
    .action(async (options: ComposeOptions) => say(await deployCompose(options)));
});
