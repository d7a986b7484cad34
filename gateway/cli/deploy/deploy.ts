import { makeFolder } from '@hub/shared/system';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readNetworkConfig, resolveTarget, UsageError } from '../../config.js';
import { describeManifests } from './kubernetes/manifests.js';
import { printManifests } from './kubernetes/print-manifests.js';
import { laySite, type SiteUser } from './site.js';

const usage = `Usage: npm run hub -- deploy compose --to FOLDER [--user UID:GID] [--tls]
       npm run hub -- deploy kubernetes [--to FOLDER] [--namespace NAME] [--images PREFIX] [--tag TAG]
                                        [--from NAMESPACE] [--metrics-from NAMESPACE]
                                        [--shared-state URL] [--tls]

  compose       makes the folder that docker-compose.yml reads: network file, keys, passwords, settings.
                Files that exist are kept. The containers run as the user of --user. Default: you.
  kubernetes    prints the manifests of the network of HUB_NETWORK, or writes a file for each service to
                the folder. Only the namespace of --from reaches the hub. Default: ingress-nginx.
  --metrics-from  the namespace of Prometheus, which may reach the hub and the partners. Each still answers
                only the readers of HUB_METRICS. Default: monitoring.
  --shared-state  the store by which several hubs share state, as HUB_SHARED_STATE names it. Only with
                this option the hub reaches it.
  --tls         the hub and the partners beside it call each other by HTTPS. You give each its certificate.`;

const options = {
  to: { type: 'string' },
  user: { type: 'string' },
  namespace: { type: 'string' },
  images: { type: 'string' },
  tag: { type: 'string' },
  from: { type: 'string' },
  'metrics-from': { type: 'string' },
  'shared-state': { type: 'string' },
  tls: { type: 'boolean' },
} as const;

type Values = Partial<Record<Exclude<keyof typeof options, 'tls'>, string>> & {
  readonly tls?: boolean;
};

/** What each kind of deployment may be told. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  compose: ['to', 'user', 'tls'],
  kubernetes: ['to', 'namespace', 'images', 'tag', 'from', 'metrics-from', 'shared-state', 'tls'],
};

const refuse = (message: string): UsageError => new UsageError(`${message}\n\n${usage}`);

function readOptions(argv: readonly string[]): { readonly kind: string; readonly values: Values } {
  let parsed;
  try {
    parsed = parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw refuse((error as Error).message);
  }
  const [kind = '', ...others] = parsed.positionals;
  const known = allowed[kind];
  if (!known || others.length > 0) throw refuse('Give deploy compose or deploy kubernetes.');
  const foreign = Object.keys(parsed.values).find((name) => !known.includes(name));
  if (foreign) throw refuse(`--${foreign} is not an option of deploy ${kind}.`);
  return { kind, values: parsed.values };
}

/** The user of the command line, or this process’s. Containers never run as root. */
function readUser(asked: string | undefined): SiteUser {
  const [, uid, gid] = /^(\d{1,9}):(\d{1,9})$/.exec(asked ?? '') ?? [];
  if (uid !== undefined && Number(uid) > 0) return { uid: Number(uid), gid: Number(gid) };
  if (asked !== undefined)
    throw refuse('--user must be a user id above 0 and a group id: 1000:1000.');
  const own = process.getuid?.() ?? 0;
  if (own === 0) throw refuse('--user is required for root: 1000:1000.');
  return { uid: own, gid: process.getgid?.() ?? own };
}

const nameRule = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

function readName(flag: string, value: string): string {
  if (nameRule.test(value)) return value;
  throw refuse(`${flag} must have lower-case letters, digits and hyphens only, at most 63.`);
}

function readStore(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^rediss?:$/.test(url.protocol) && url.hostname && !url.password) return url;
  throw refuse(
    '--shared-state must be redis://HOST:PORT or rediss://HOST:PORT, without a password.',
  );
}

/** The command `deploy`. Returns what it prints. */
export async function deploy(argv: readonly string[]): Promise<string> {
  const { kind, values } = readOptions(argv);
  const folder = values.to && resolveTarget(values.to);
  const { network } = readNetworkConfig();
  const scheme = values.tls ? 'https' : 'http';
  if (kind === 'compose') {
    if (!folder) throw refuse('--to is required.');
    const written = await laySite(network, folder, readUser(values.user), scheme);
    const start = `docker compose --env-file ${join(folder, 'site.env')} up --detach --build`;
    return [...written.map((path) => `wrote ${path}`), `Start: ${start}`].join('\n');
  }
  const manifests = describeManifests(network, {
    namespace: readName('--namespace', values.namespace ?? 'cooperation-hub'),
    ingressNamespace: readName('--from', values.from ?? 'ingress-nginx'),
    metricsNamespace: readName('--metrics-from', values['metrics-from'] ?? 'monitoring'),
    images: values.images ?? 'cooperation-hub',
    tag: values.tag ?? 'latest',
    scheme,
    sharedState:
      values['shared-state'] === undefined ? undefined : readStore(values['shared-state']),
  });
  if (!folder) return printManifests(manifests.flatMap(({ objects }) => objects));
  makeFolder(folder);
  for (const { name, objects } of manifests)
    writeFileSync(join(folder, `${name}.yaml`), `${printManifests(objects)}\n`);
  return `wrote ${manifests.length} files to ${folder}`;
}
