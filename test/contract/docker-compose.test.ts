import { inner } from '@hub/shared/testing';

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { laySite } from '../../gateway/cli/deploy/site.js';
import { readConfig as readHubConfig } from '../../gateway/config.js';
import { readNetwork } from '../../gateway/registry/network.js';
import { variables as hubVariables } from '../../gateway/server/settings/hub-variables.js';
import { readConfig as readPoliceConfig } from '../../subgraphs/national-police/config.js';
import { readConfig as readNbnpConfig } from '../../subgraphs/nbnp/config.js';
import { readConfig as readOfficesConfig } from '../../subgraphs/ncm-offices/config.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
const names = z.array(z.string());

const mount = z.strictObject({
  type: z.literal('bind'),
  source: z.string(),
  target: z.string(),
  read_only: z.literal(true).optional(),
  bind: z.strictObject({ create_host_path: z.literal(false), selinux: z.literal('z') }),
});

/** The part of the Compose specification that the file uses; a key that is none of it is a fault. */
const service = z.strictObject({
  image: z.string(),
  build: z.strictObject({ context: z.literal('.'), dockerfile: z.string() }).optional(),
  env_file: z.array(z.strictObject({ path: z.string(), required: z.literal(false) })).optional(),
  environment: z.record(z.string(), z.union([z.string(), z.number()])),
  networks: names.min(1),
  healthcheck: z
    .strictObject({
      test: names.min(2),
      interval: z.string(),
      timeout: z.string(),
      start_period: z.string(),
      retries: z.int(),
    })
    .optional(),
  depends_on: z
    .record(z.string(), z.strictObject({ condition: z.literal('service_healthy') }))
    .optional(),
  secrets: z
    .array(z.union([z.string(), z.strictObject({ source: z.string(), target: z.string() })]))
    .optional(),
  volumes: z.array(mount),
  ports: names.optional(),
  deploy: z.strictObject({
    resources: z.strictObject({
      limits: z.strictObject({ cpus: z.string(), memory: z.string(), pids: z.int() }),
    }),
  }),
  shm_size: z.string().optional(),
  command: names.optional(),
  // What no service may leave out.
  user: z.string(),
  init: z.literal(true),
  restart: z.literal('unless-stopped'),
  stop_grace_period: z.string(),
  read_only: z.literal(true),
  cap_drop: z.tuple([z.literal('ALL')]),
  security_opt: z.tuple([z.literal('no-new-privileges:true')]),
  tmpfs: names.min(1),
  logging: z.strictObject({
    driver: z.literal('json-file'),
    options: z.strictObject({ 'max-size': z.string(), 'max-file': z.string() }),
  }),
});

const composeFile = z.strictObject({
  name: z.string(),
  services: z.record(z.string(), service),
  networks: z.record(
    z.string(),
    z
      .strictObject({
        internal: z.boolean(),
        name: z.string().optional(),
        ipam: z
          .strictObject({ config: z.array(z.strictObject({ subnet: z.string() })) })
          .optional(),
      })
      .nullable(),
  ),
  secrets: z.record(z.string(), z.strictObject({ file: z.string() })),
});

function readComposeFile(): z.output<typeof composeFile> {
  const document = parse(text, { merge: true }) as Record<string, unknown>;
  // Fragments are for the file’s own use: https://github.com/compose-spec/compose-spec/blob/main/11-extension.md
  return composeFile.parse(
    Object.fromEntries(Object.entries(document).filter(([key]) => !key.startsWith('x-'))),
  );
}

const file = readComposeFile();
const network = readNetwork(join(root, 'gateway/network.json'));
const codes = network.partners.map(({ code }) => code);
const own = ['hub', ...codes];

const serviceOf = (name: string) => {
  const found = file.services[name];
  if (!found) throw new Error(`There is no service ${name}.`);
  return found;
};

/** What a variable becomes: its default where it has one, else what the operator sets. */
const interpolate = (value: string | number, folder = '/site') =>
  String(value).replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name, kind, word) =>
    kind === '-' ? word : name === 'HUB_SITE' ? folder : '1000:1000',
  );

const environmentOf = (name: string) =>
  Object.fromEntries(
    Object.entries(serviceOf(name).environment).map(([key, value]) => [key, interpolate(value)]),
  );

/** Where a file of a container lies in the folder of the site. */
function findInSite(name: string, path: string): string | undefined {
  const mounts = serviceOf(name).volumes.filter(({ target }) => path.startsWith(`${target}/`));
  const [closest] = mounts.toSorted((one, other) => other.target.length - one.target.length);
  return closest && interpolate(closest.source) + path.slice(closest.target.length);
}

const readConfigs = {
  'ncm-offices': readOfficesConfig,
  nbnp: readNbnpConfig,
  'national-police': readPoliceConfig,
} as const;

const site = mkdtempSync(join(tmpdir(), 'hub-site-'));
const user = { uid: process.getuid?.() ?? 1000, gid: process.getgid?.() ?? 1000 };
await laySite(network, site, user);
afterAll(() => rmSync(site, { recursive: true }));

describe('docker-compose.yml', () => {
  it('names only networks, secrets and services that it has', () => {
    for (const { networks, secrets = [], depends_on = {} } of Object.values(file.services)) {
      for (const name of networks) expect(file.networks).toHaveProperty(name);
      for (const secret of secrets)
        expect(file.secrets).toHaveProperty([typeof secret === 'string' ? secret : secret.source]);
      for (const name of Object.keys(depends_on)) expect(file.services).toHaveProperty(name);
    }
  });

  it('has a service for each partner of the network, and for no other', () => {
    expect(Object.keys(file.services).sort()).toEqual(['hub', 'database', ...codes].sort());
  });

  it.each(network.partners)('runs $code as the network file has it', (partner) => {
    const { code, subgraph, url } = partner;
    const { image, build } = serviceOf(code);
    expect(image).toBe(`cooperation-hub/${subgraph}`);
    expect(build?.dockerfile).toBe(`subgraphs/${subgraph}/Dockerfile`);
    const readConfig = readConfigs[subgraph as keyof typeof readConfigs];
    const password = serviceOf(code).secrets;
    expect(password).toEqual([{ source: `password-${code}`, target: 'password' }]);
    const environment: Record<string, string> = {
      ...environmentOf(code),
      HUB_DATABASE_PASSWORD_FILE: interpolate(file.secrets[`password-${code}`]?.file ?? '', site),
    };
    const config = readConfig(environment, []);
    expect(config).toMatchObject({
      partner: code,
      port: Number(new URL(url).port),
      host: '0.0.0.0',
    });
    expect(environment['HUB_ENDPOINT']).toBe(`http://${code}:${config.port}/graphql`);
    // Its own port is the same where nothing is set, so that a clone and the containers agree.
    expect(readConfig({ HUB_PARTNER: environment['HUB_PARTNER'] }, []).port).toBe(config.port);
    const database = new URL(config.databaseUrl);
    expect([database.username, database.host, database.pathname]).toEqual([
      code,
      'database:5432',
      `/${code}`,
    ]);
    expect(database.password.length).toBeGreaterThan(40);
  });

  it('starts the hub on the network’s port, published on this machine alone', () => {
    const { HUB_NETWORK: _, ...environment } = environmentOf('hub');
    expect(readHubConfig(environment, [])).toMatchObject({ port: network.port, host: '0.0.0.0' });
    expect(serviceOf('hub').ports?.map((port) => interpolate(port))).toEqual([
      `127.0.0.1:${network.port}:${network.port}`,
    ]);
    expect(Object.values(file.services).filter(({ ports }) => ports)).toHaveLength(1);
  });

  it('gives each organisation the folder of its own private keys, and nobody else’s', () => {
    for (const code of own) {
      const key = environmentOf(code)['HUB_PRIVATE_KEYS'] ?? '';
      expect(findInSite(code, key)).toBe(`/site/keys/${code}/${code}.private.json`);
      const folders = serviceOf(code).volumes.map(({ source }) => interpolate(source));
      const ofKeys = folders.filter((path) => path.startsWith('/site/keys'));
      expect(ofKeys.sort()).toEqual(['/site/keys/public', `/site/keys/${code}`].sort());
    }
    expect(
      serviceOf('database')
        .volumes.map(({ source }) => source)
        .join(),
    ).not.toMatch(/keys/);
  });

  it('mounts folders, so that a key that is replaced by a rename is seen', () => {
    for (const code of own) {
      for (const { source } of serviceOf(code).volumes) {
        const path = interpolate(source, site);
        expect(statSync(path).isDirectory(), path).toBe(true);
      }
    }
  });

  it('lets the hub find the network file and the public keys that the site has', () => {
    const inSite = (path: string) => findInSite('hub', path)?.replace('/site', site) ?? '';
    const inside = readNetwork(inSite(environmentOf('hub')['HUB_NETWORK'] ?? ''));
    expect(inside.port).toBe(network.port);
    expect(inside.partners.map(({ url }) => url)).toEqual(
      network.partners.map(({ code, url }) => `http://${code}:${new URL(url).port}/graphql`),
    );
    for (const { publicKeys } of inside.partners)
      expect(existsSync(inSite(publicKeys)), publicKeys).toBe(true);
    for (const code of codes) {
      const hubKeys = environmentOf(code)['HUB_KEYS'] ?? '';
      const path = findInSite(code, hubKeys)?.replace('/site', site) ?? '';
      expect(existsSync(path), path).toBe(true);
    }
  });

  it('writes only to folders of the site, one a service', () => {
    const written = Object.values(file.services).flatMap(({ volumes }) =>
      volumes.filter(({ read_only }) => !read_only).map(({ source }) => interpolate(source)),
    );
    expect(written.sort()).toEqual([...own, 'postgres'].map((name) => `/site/data/${name}`).sort());
  });

  it('passes on every setting that it does not decide itself', () => {
    /** What would break the containers if it were set otherwise. */
    const decided =
      /^(HOST|PORT|DATABASE_URL|HUB_(HOST|PORT|ENDPOINT|NETWORK|DATA_DIR|URL|KEYS|PARTNER|PRIVATE_KEYS|DATABASE_(IDENTITY|PASSWORD_FILE)))$/;
    const known = { hub: Object.keys(hubVariables.shape), partner: inner.partnerVariables };
    for (const code of own) {
      const settings = code === 'hub' ? known.hub : known.partner;
      const fixed = Object.keys(serviceOf(code).environment);
      expect(fixed.filter((name) => !settings.includes(name))).toEqual([]);
      expect(fixed.filter((name) => !decided.test(name))).toEqual([]);
      expect(serviceOf(code).env_file?.map(({ path }) => interpolate(path))).toEqual(
        (code === 'hub' ? ['hub'] : ['partners', code]).map((name) => `/site/settings/${name}.env`),
      );
    }
    expect(known.hub.length + known.partner.length).toBeGreaterThan(60);
  });

  it('limits memory, processors, processes and logs of every service', () => {
    for (const { deploy, logging } of Object.values(file.services)) {
      const { cpus, memory, pids } = deploy.resources.limits;
      // More processors than the host has would be refused.
      expect(interpolate(cpus)).toBe('1');
      expect(interpolate(memory)).toMatch(/^\d+[mg]$/);
      expect(pids).toBeLessThanOrEqual(512);
      expect(logging.options['max-size']).toMatch(/^\d+m$/);
    }
  });

  it('runs as the user that owns the site, never as root', () => {
    for (const { user } of Object.values(file.services))
      expect(user).toMatch(/^\$\{HUB_USER:\?.+\}$/);
    const settings = readFileSync(join(site, 'site.env'), 'utf8');
    expect(settings).toContain(`HUB_SITE=${site}\n`);
    expect(settings).toContain(`HUB_USER=${process.getuid?.()}:${process.getgid?.()}\n`);
  });

  it('holds no secret, and passes none through the environment', () => {
    for (const { environment } of Object.values(file.services)) {
      for (const [key, value] of Object.entries(environment)) {
        if (/PASSWORD|SECRET|TOKEN|KEY/.test(key)) expect(value, key).toMatch(/^\/run\//);
      }
    }
    expect(text).not.toMatch(/postgres:\/\/\w+:/);
    expect(text).not.toMatch(/PASSWORD[^_].*\$\{/);
    for (const [name, { file: path }] of Object.entries(file.secrets))
      expect(path).toBe(`\${HUB_SITE}/passwords/${name.slice('password-'.length)}`);
  });

  it('gives the database server the password of each partner, to make a database for each', () => {
    const passwords = ['postgres', ...codes].map((code) => `password-${code}`);
    expect(serviceOf('database').secrets?.toSorted()).toEqual(passwords.toSorted());
    const script = serviceOf('database').volumes.find(({ source }) => source.endsWith('.sh'));
    expect(statSync(join(root, script?.source ?? '')).mode & 0o111).toBe(0o111);
    expect(script?.target).toMatch(/^\/docker-entrypoint-initdb\.d\/.+\.sh$/);
  });

  it('lets the database server have the connections that all partners may open', () => {
    const [, most = ''] = /max_connections=(\d+)/.exec(String(serviceOf('database').command)) ?? [];
    const ofPartner = 11;
    expect(Number(most)).toBeGreaterThan(codes.length * ofPartner + 10);
  });

  it('checks the health of every service: the database here, the others by their image', () => {
    expect(serviceOf('database').healthcheck?.test).toContain('pg_isready');
    for (const code of own) {
      const dockerfile = readFileSync(join(root, serviceOf(code).build?.dockerfile ?? ''), 'utf8');
      expect(dockerfile).toMatch(/^HEALTHCHECK /m);
    }
  });

  it('keeps the hub from the databases', () => {
    expect(serviceOf('hub').networks).not.toContain('databases');
    expect(file.networks['databases']).toEqual({ internal: true });
    expect(file.networks['partners']).toEqual({ internal: true });
    for (const code of codes)
      expect(serviceOf(code).networks).toEqual(['databases', 'partners', 'monitoring']);
  });

  it('lets a container of Prometheus reach the hub and each partner, and nothing else', () => {
    const { monitoring } = file.networks;
    expect(monitoring?.internal).toBe(true);
    // Under this name another project’s container can join it.
    expect(monitoring?.name).toBe('cooperation-hub-monitoring');
    const reached = Object.entries(file.services).flatMap(([name, { networks }]) =>
      networks.includes('monitoring') ? [name] : [],
    );
    expect(reached.toSorted()).toEqual(['hub', ...codes].toSorted());
  });

  const hasCompose = spawnSync('docker', ['compose', 'version']).status === 0;
  it.skipIf(!hasCompose)('is valid for docker compose, where there is one', () => {
    const args = ['compose', '--env-file', join(site, 'site.env'), 'config', '--quiet'];
    const { status, stderr } = spawnSync('docker', args, { cwd: root, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });
});
