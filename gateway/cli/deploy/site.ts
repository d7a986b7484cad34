import { ensureKeyFiles, hubIssuer, keyFilesOf } from '@hub/shared/identity';
import { ConfigError, makeFolder } from '@hub/shared/system';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Network, Partner } from '../../registry/network.js';

/** Who owns the folder of a site, and runs its containers. */
export interface SiteUser {
  readonly uid: number;
  readonly gid: number;
}

/** How the services of a site reach each other. */
export type Scheme = 'http' | 'https';

/** A name by RFC 1123, of which services and hosts are made. Its length is limited by the code’s. */
const hostName = /^[a-z]([a-z0-9-]*[a-z0-9])?$/;

/** The network in containers: each partner is a service that has its code for a name. */
function placeNetwork({ port, partners }: Network, scheme: Scheme): Network {
  const isBeside = ({ code, url }: Partner) =>
    ['localhost', '127.0.0.1', '[::1]', code].includes(new URL(url).hostname);
  const away = partners.filter((partner) => !isBeside(partner)).map(({ code }) => code);
  if (away.length > 0) {
    throw new ConfigError(
      `docker-compose.yml runs every partner on this machine, but ${away.join(', ')} has another URL.`,
    );
  }
  return {
    // A container has its own ports. 0 would take a free one, which no service could name.
    port: port || 4000,
    partners: partners.map((partner) => {
      const { code } = partner;
      if (!hostName.test(code)) {
        throw new ConfigError(
          `${code} cannot be the name of a service, because it ends with a hyphen.`,
        );
      }
      const url = Object.assign(new URL(partner.url), { protocol: scheme, hostname: code });
      return { ...partner, url: url.href, publicKeys: `/run/keys/public/${code}.public.json` };
    }),
  };
}

/** Without TLS, the services of a site reach each other by a network of this machine alone. */
const plainHttp = 'HUB_PLAIN_HTTP=allow\n';

const certificates = `# Files in hub/ of the site, and in the folder of each partner’s keys.
# HUB_TLS_CERT=
# HUB_TLS_KEY=
# HUB_TLS_CA=
`;

const transportOf = (scheme: Scheme): string => (scheme === 'https' ? certificates : plainHttp);

const hubSettings = `# Settings of the hub: gateway/docs/settings.md. Addresses, keys and folders are docker-compose.yml's.
# HUB_TRUSTED_PROXIES=172.16.0.0/12
# HUB_TRUSTED_DOCUMENTS=/etc/hub/trusted-documents.json
# HUB_SHARED_STATE=redis://valkey.example.org:6379
`;

const partnerSettings = `# Settings of all partners: .env.example in a partner's folder. <code>.env has those of one partner.
# The content of a database that is empty: facts, or demonstration for the facts and the invented programme.
HUB_CONTENT=facts
`;

const describeSite = (
  folder: string,
  { uid, gid }: SiteUser,
  scheme: Scheme,
) => `# Read by docker compose --env-file
HUB_SITE=${folder}
HUB_USER=${uid}:${gid}
# How the hub and the partners call each other: http, or https if each has a certificate.
HUB_SCHEME=${scheme}
# The port on this machine, and the largest share of it: processors and memory.
# HUB_PORT=4000
# HUB_CPUS=1
# HUB_MEMORY=1g
# HUB_PARTNER_CPUS=1
# HUB_PARTNER_MEMORY=512m
# HUB_DATABASE_CPUS=1
# HUB_DATABASE_MEMORY=1g
# HUB_POSTGRES_IMAGE=
`;

/** Passwords have a length that nobody guesses, and letters that no shell or URL reads otherwise. */
const createPassword = (): string => `${randomBytes(32).toString('base64url')}\n`;

/**
 * Makes the folder of a site for `docker-compose.yml`: the network file, keys, passwords, settings
 * and a folder of data for each service. Files that exist are kept, so it may run again.
 * @returns the files that it wrote
 * @throws `ConfigError` if a partner of the network cannot be a service beside the hub
 */
export async function laySite(
  network: Network,
  target: string,
  user: SiteUser,
  scheme: Scheme = 'http',
): Promise<readonly string[]> {
  const folder = resolve(target);
  const placed = placeNetwork(network, scheme);
  const codes = placed.partners.map(({ code }) => code);
  const written: string[] = [];
  const write = (path: string, text: string) => {
    const file = join(folder, path);
    if (existsSync(file)) return;
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
    written.push(path);
  };
  const folders = ['', 'hub', 'settings', 'keys', 'keys/public', 'passwords', 'data'];
  const services = [hubIssuer, ...codes];
  const ofServices = services.flatMap((code) => [`keys/${code}`, `data/${code}`]);
  for (const path of [...folders, ...ofServices, 'data/postgres']) makeFolder(join(folder, path));
  write('hub/network.json', `${JSON.stringify(placed, null, 2)}\n`);
  write('settings/hub.env', hubSettings + transportOf(scheme));
  write('settings/partners.env', partnerSettings + transportOf(scheme));
  for (const code of ['postgres', ...codes]) write(`passwords/${code}`, createPassword());
  for (const code of services) {
    await ensureKeyFiles(join(folder, 'keys', code), code);
    const { public: own } = keyFilesOf(join(folder, 'keys', code), code);
    write(`keys/public/${code}.public.json`, readFileSync(own, 'utf8'));
  }
  write('site.env', describeSite(folder, user, scheme));
  giveTo(user, folder);
  return written;
}

/** The containers run as this user, who must be able to read the keys. */
function giveTo(user: SiteUser, folder: string): void {
  if (process.getuid?.() !== 0) return;
  const paths = ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })];
  // A service that runs already owns what it wrote.
  for (const path of paths.filter((name) => !/^data\/[^/]+\//.test(name)))
    chownSync(join(folder, path), user.uid, user.gid);
}
