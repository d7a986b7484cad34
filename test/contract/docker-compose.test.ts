import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readConfig as readHubConfig } from '../../gateway/config.js';
import { parseNetwork, readNetwork } from '../../gateway/registry/network.js';
import { readConfig as readPoliceConfig } from '../../subgraphs/national-police/config.js';
import { readConfig as readNbnpConfig } from '../../subgraphs/nbnp/config.js';
import { readConfig as readOfficesConfig } from '../../subgraphs/ncm-offices/config.js';

const root = new URL('../../', import.meta.url);
const text = readFileSync(new URL('docker-compose.yml', root), 'utf8');

const names = z.array(z.string());
const healthcheck = z.strictObject({
  test: names.min(2),
  interval: z.string(),
  timeout: z.string(),
  start_period: z.string(),
  retries: z.int(),
});

/** The part of the Compose specification that the file uses; a key that is none of it is a fault. */
const service = z.strictObject({
  image: z.string(),
  build: z.strictObject({ context: z.literal('.'), dockerfile: z.string() }).optional(),
  environment: z.record(z.string(), z.union([z.string(), z.number()])),
  networks: names.min(1),
  healthcheck,
  depends_on: z
    .record(z.string(), z.strictObject({ condition: z.literal('service_healthy') }))
    .optional(),
  configs: z.array(z.strictObject({ source: z.string(), target: z.string() })).optional(),
  secrets: z.array(z.strictObject({ source: z.string(), target: z.string() })).optional(),
  volumes: names.optional(),
  ports: names.optional(),
  restart: z.literal('unless-stopped'),
  stop_grace_period: z.string(),
  init: z.boolean().optional(),
  read_only: z.boolean().optional(),
  cap_drop: names.optional(),
  security_opt: names.optional(),
  tmpfs: names.optional(),
  shm_size: z.string().optional(),
  command: names.optional(),
});

const composeFile = z.strictObject({
  name: z.string(),
  services: z.record(z.string(), service),
  networks: z.record(z.string(), z.strictObject({ internal: z.boolean() }).nullable()),
  volumes: z.record(z.string(), z.null()),
  configs: z.record(z.string(), z.strictObject({ content: z.string() })),
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
const network = readNetwork(fileURLToPath(new URL('gateway/network.json', root)));
const partnerServices = Object.entries(file.services).filter(
  ([name]) => name !== 'hub' && name !== 'database',
);

/** What a variable becomes: its default where it has one, else a stand-in for what its operator sets. */
const interpolate = (value: string | number) =>
  String(value).replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, _name, kind, word) =>
    kind === '-' ? word : 'given',
  );

const environmentOf = (name: string) =>
  Object.fromEntries(
    Object.entries(file.services[name]?.environment ?? {}).map(([key, value]) => [
      key,
      interpolate(value),
    ]),
  );

const readConfigs = {
  'ncm-offices': readOfficesConfig,
  nbnp: readNbnpConfig,
  'national-police': readPoliceConfig,
} as const;

describe('docker-compose.yml', () => {
  it('names only networks, volumes, configs and services that it has', () => {
    for (const { networks, volumes = [], configs = [], depends_on = {} } of Object.values(
      file.services,
    )) {
      for (const name of networks) expect(file.networks).toHaveProperty(name);
      for (const { source } of configs) expect(file.configs).toHaveProperty(source);
      for (const name of Object.keys(depends_on)) expect(file.services).toHaveProperty(name);
      const named = volumes
        .map((volume) => volume.split(':')[0] ?? '')
        .filter((name) => /^\w+$/.test(name));
      for (const name of named) expect(file.volumes).toHaveProperty(name);
    }
  });

  it('gives each organisation its own private keys, and nobody else’s', () => {
    for (const code of ['hub', ...network.partners.map((partner) => partner.code)]) {
      const { secrets, environment } = file.services[code] ?? {};
      expect(secrets).toEqual([{ source: `keys-${code}`, target: 'own-keys' }]);
      expect(file.secrets[`keys-${code}`]?.file).toMatch(new RegExp(`/${code}\\.private\\.json$`));
      expect(environment).toMatchObject({ HUB_PRIVATE_KEYS: '/run/secrets/own-keys' });
    }
  });

  it('has a service for each partner of the network, and for no other', () => {
    expect(partnerServices.map(([name]) => name).sort()).toEqual(
      network.partners.map(({ code }) => code).sort(),
    );
  });

  it.each(network.partners)('runs $code as the network file has it', ({ code, subgraph, url }) => {
    const { image, build } = file.services[code] ?? {};
    expect(image).toBe(`cooperation-hub/${subgraph}`);
    expect(build?.dockerfile).toBe(`subgraphs/${subgraph}/Dockerfile`);
    const readConfig = readConfigs[subgraph as keyof typeof readConfigs];
    const environment = environmentOf(code);
    const config = readConfig(environment, []);
    expect(config).toMatchObject({
      partner: code,
      port: Number(new URL(url).port),
      host: '0.0.0.0',
      content: 'facts',
    });
    // Its own port is the same where nothing is set, so that a clone and the containers agree.
    expect(readConfig({ HUB_PARTNER: environment['HUB_PARTNER'] }, []).port).toBe(config.port);
    expect(config.databaseUrl).toBe(`postgres://${code}:given@database:5432/${code}`);
  });

  it('gives the hub the network file, with each partner’s service in the place of this machine', () => {
    const inside = parseNetwork(file.configs['network']?.content ?? '');
    const partners = network.partners.map((partner) => {
      const url = new URL(partner.url);
      url.hostname = partner.code;
      return { ...partner, url: url.href };
    });
    expect(inside).toEqual({ ...network, partners });
  });

  it('starts the hub on the network’s port, published on this machine alone', () => {
    const { HUB_NETWORK, ...environment } = environmentOf('hub');
    expect(file.services['hub']?.configs).toEqual([{ source: 'network', target: HUB_NETWORK }]);
    expect(readHubConfig(environment, [])).toMatchObject({ port: network.port, host: '0.0.0.0' });
    expect(file.services['hub']?.ports?.map(interpolate)).toEqual([
      `127.0.0.1:${network.port}:${network.port}`,
    ]);
    expect(Object.values(file.services).filter(({ ports }) => ports)).toHaveLength(1);
  });

  it('builds every image from a file that is there', () => {
    const built = Object.values(file.services).flatMap(({ build }) => build?.dockerfile ?? []);
    for (const dockerfile of built)
      expect(existsSync(new URL(dockerfile, root)), dockerfile).toBe(true);
    expect(new Set(built).size).toBe(4);
  });

  it('makes one database a partner, with a user of its own', () => {
    const statements = file.configs['databases']?.content ?? '';
    for (const { code } of network.partners) {
      const variable = `PASSWORD_${code.toUpperCase()}`;
      expect(statements).toContain(`\\getenv password ${variable}\nCREATE ROLE "${code}" LOGIN`);
      expect(statements).toContain(`CREATE DATABASE "${code}" OWNER "${code}"`);
      expect(statements).toContain(`REVOKE ALL ON DATABASE "${code}" FROM PUBLIC`);
      const secret = '${HUB_DATABASE_' + variable + ':?is required}';
      expect(file.services['database']?.environment[variable]).toBe(secret);
      expect(file.services[code]?.environment['DATABASE_URL']).toContain(`:${secret}@`);
    }
    expect(statements.match(/CREATE DATABASE/g)).toHaveLength(network.partners.length);
  });

  it('lets the database server have the connections that all partners may open', () => {
    const [, most = ''] =
      /max_connections=(\d+)/.exec(String(file.services['database']?.command)) ?? [];
    const ofPartner = 11;
    expect(Number(most)).toBeGreaterThan(network.partners.length * ofPartner + 10);
  });

  it('checks the health of every service', () => {
    for (const [name, { healthcheck: check }] of Object.entries(file.services)) {
      const asked = check.test.join(' ');
      expect(asked, name).toContain(name === 'database' ? 'pg_isready' : '/health/ready');
    }
  });

  it('holds no secret: what is secret is required of the environment', () => {
    for (const { environment } of Object.values(file.services)) {
      for (const [key, value] of Object.entries(environment)) {
        // A path under which a secret is mounted is none itself.
        if (/PASSWORD|SECRET|TOKEN|KEY/.test(key) && !String(value).startsWith('/run/'))
          expect(value, key).toMatch(/^\$\{\w+:\?[^}]+\}$/);
      }
    }
    expect(text).not.toMatch(/postgres:\/\/\w+:(?!\$\{)/);
    expect(text).not.toMatch(/BEGIN [A-Z ]*PRIVATE KEY/);
  });

  it('keeps the hub from the databases', () => {
    expect(file.services['hub']?.networks).not.toContain('databases');
    expect(file.networks['databases']).toEqual({ internal: true });
  });
});
