import { makeFolder } from '@hub/shared/system';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readNetworkConfig, resolveTarget, UsageError } from '../../config.js';
import { defineCommand, mustBe } from '../define-command.js';
import { describeManifests } from './kubernetes/manifests.js';
import { printManifests } from './kubernetes/print-manifests.js';
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

const nameRule = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

const readName = (flag: string) =>
  mustBe(
    (value) => (nameRule.test(value) ? value : undefined),
    `${flag} must have lower-case letters, digits and hyphens only, at most 63.`,
  );

const readStore = mustBe((text) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url && /^rediss?:$/.test(url.protocol) && url.hostname && !url.password ? url : undefined;
}, '--shared-state must be redis://HOST:PORT or rediss://HOST:PORT, without a password.');

interface ComposeOptions {
  readonly to: string;
  readonly user?: string;
  readonly tls?: true;
}

interface KubernetesOptions {
  readonly to?: string;
  readonly namespace: string;
  readonly images: string;
  readonly tag: string;
  readonly from: string;
  readonly metricsFrom: string;
  readonly sharedState?: URL;
  readonly tls?: true;
}

/** Which of them the hub and the partners beside it call each other by. */
const schemeOf = ({ tls }: { readonly tls?: true }) => (tls ? 'https' : 'http');

async function deployCompose({ to, user, ...given }: ComposeOptions): Promise<string> {
  const folder = resolveTarget(to);
  const { network } = readNetworkConfig();
  const written = await laySite(network, folder, readUser(user), schemeOf(given));
  const start = `docker compose --env-file ${join(folder, 'site.env')} up --detach --build`;
  return [...written.map((path) => `wrote ${path}`), `Start: ${start}`].join('\n');
}

function deployKubernetes({ to, from, metricsFrom, ...given }: KubernetesOptions): string {
  const { network } = readNetworkConfig();
  const manifests = describeManifests(network, {
    namespace: given.namespace,
    ingressNamespace: from,
    metricsNamespace: metricsFrom,
    images: given.images,
    tag: given.tag,
    scheme: schemeOf(given),
    sharedState: given.sharedState,
  });
  if (to === undefined) return printManifests(manifests.flatMap(({ objects }) => objects));
  const folder = resolveTarget(to);
  makeFolder(folder);
  for (const { name, objects } of manifests)
    writeFileSync(join(folder, `${name}.yaml`), `${printManifests(objects)}\n`);
  return `wrote ${manifests.length} files to ${folder}`;
}

const tls = [
  '--tls',
  'the hub and the partners beside it call each other by HTTPS. You give each its certificate',
] as const;

/** The command `deploy`. */
export const deploy = defineCommand('npm run hub -- deploy', (command, { say }) => {
  command
    .command('compose')
    .description(
      'makes the folder that docker-compose.yml reads: network file, keys, passwords, settings. Files that exist are kept',
    )
    .requiredOption('--to <folder>', 'the folder')
    .option('--user <uid:gid>', 'the user of the containers. Without it: you')
    .option(...tls)
    .action(async (options: ComposeOptions) => say(await deployCompose(options)));
  command
    .command('kubernetes')
    .description(
      'prints the manifests of the network of HUB_NETWORK, or writes a file for each service',
    )
    .option('--to <folder>', 'where to write the files')
    .option('--namespace <name>', 'their namespace', readName('--namespace'), 'cooperation-hub')
    .option('--images <prefix>', 'what the names of the images begin with', 'cooperation-hub')
    .option('--tag <tag>', 'the tag of the images', 'latest')
    .option(
      '--from <namespace>',
      'the only namespace that reaches the hub',
      readName('--from'),
      'ingress-nginx',
    )
    .option(
      '--metrics-from <namespace>',
      'the namespace of Prometheus, which may reach the hub and the partners. Each still answers only the readers of HUB_METRICS',
      readName('--metrics-from'),
      'monitoring',
    )
    .option(
      '--shared-state <url>',
      'the store by which several hubs share state, as HUB_SHARED_STATE names it. Only with this option the hub reaches it',
      readStore,
    )
    .option(...tls)
    .action((options: KubernetesOptions) => say(deployKubernetes(options)));
});
