import { inner } from '@hub/shared/testing';

import { createAuthority, openPemFolder } from '@hub/shared/testing';
import { StatefulSet } from 'kubernetes-models/apps/v1';
import { NetworkPolicy, type INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget, type IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { Namespace, Service, type IService } from 'kubernetes-models/v1';
import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseNetwork, readNetwork } from '../../gateway/registry/network.js';
import { variables as hubVariables } from '../../gateway/server/settings/hub-variables.js';
import { readConfig as readPoliceConfig } from '../../subgraphs/national-police/config.js';
import {
  all,
  find,
  folder,
  folders,
  gateway,
  isAllowed,
  matches,
  namespace,
  podOf,
  pods,
  readObjects,
  readText,
  readYaml,
  renderPartner,
  sets,
  type Manifest,
} from './kubernetes-objects.js';

const network = parseNetwork(readText('network.json'));
const models = { Namespace, NetworkPolicy, PodDisruptionBudget, Service, StatefulSet } as const;
const services = find<IService>('Service');

describe('kubectl apply --kustomize gateway/kubernetes', () => {
  it('has a folder for each partner of the network file, with its image', () => {
    const { partners } = readNetwork(join(gateway, 'network.json'));
    expect(network.partners.map(({ code }) => code)).toEqual(partners.map(({ code }) => code));
    expect(folders.toSorted()).toEqual(partners.map(({ code }) => code).toSorted());
    const images = new Map(sets.map((set) => [set.metadata?.name, podOf(set).container.image]));
    for (const { code, subgraph } of partners)
      expect(images.get(code)).toBe(`cooperation-hub/${subgraph}`);
    const image = z.object({ name: z.string() });
    const { resources, images: tagged } = readYaml(
      'kustomization.yaml',
      z.object({ resources: z.array(z.string()), images: z.array(image) }),
    );
    expect(resources).toEqual(['base', ...partners.map(({ code }) => `partners/${code}`)]);
    expect(tagged.map(({ name }) => name).toSorted()).toEqual(
      [...new Set(images.values())].toSorted(),
    );
  });

  it('has objects that are valid by the schemas of Kubernetes', () => {
    for (const object of all) {
      const Model = models[object.kind];
      // The kind decides which of the models it is.
      const model = new (Model as new (data: object) => { validate(): void })(object);
      expect(() => model.validate(), `${object.kind} ${object.metadata?.name}`).not.toThrow();
    }
  });

  it('gives each object a valid name, once a kind', () => {
    const names = all.map(({ kind, metadata }) => `${kind}/${metadata?.name}`);
    expect(new Set(names).size).toBe(names.length);
    for (const { metadata } of all) {
      expect(metadata?.name).toMatch(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/);
      for (const label of Object.values(metadata?.labels ?? {}))
        expect(label).toMatch(/^[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/);
    }
  });

  it('runs no pod as root, and none that writes outside its volumes', () => {
    for (const set of sets) {
      const { spec, container } = podOf(set);
      expect(spec.securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(spec.automountServiceAccountToken).toBe(false);
      // A service `hub` would otherwise set HUB_PORT to an address.
      expect(spec.enableServiceLinks).toBe(false);
      expect(Object.keys(container.resources?.limits ?? {})).toEqual(['cpu', 'memory']);
    }
  });

  it('probes each server, and tells it to stop in time', () => {
    for (const set of sets) {
      const { container, spec } = podOf(set);
      const askedBy = (probe: typeof container.startupProbe) => probe?.exec?.command?.at(-1);
      expect(askedBy(container.startupProbe)).toContain("'/health/live'");
      expect(askedBy(container.livenessProbe)).toContain("'/health/live'");
      expect(askedBy(container.readinessProbe)).toContain("'/health/ready'");
      // The hub and the partners drain within ten seconds.
      expect(spec.terminationGracePeriodSeconds).toBeGreaterThan(10);
    }
  });

  it('has probes that pass with a certificate and without', async () => {
    for (const set of sets.slice(0, 2)) {
      const [, ...flags] = podOf(set).container.readinessProbe?.exec?.command ?? [];
      await using certificates = await openPemFolder();
      const pair = await (await createAuthority()).issue();
      const files = await certificates.writePair('hub', pair);
      const respond: RequestListener = (_request, response) => response.writeHead(200).end();
      const servers = [
        { server: createServer(respond), set: {} },
        {
          server: createTlsServer(pair, respond),
          set: { HUB_TLS_CERT: files.certificate, HUB_TLS_KEY: files.key },
        },
      ];
      for (const { server, set: tls } of servers) {
        server.listen(0, '127.0.0.1');
        await once(server, 'listening');
        const { port } = server.address() as AddressInfo;
        const env = { PATH: process.env.PATH, HUB_PORT: String(port), ...tls };
        // As in the container: in the folder of the server.
        const probe = () => promisify(execFile)(process.execPath, flags, { env, cwd: gateway });
        await probe();
        server.close();
        await once(server, 'close');
        await expect(probe()).rejects.toThrow();
      }
    }
  });

  it('mounts only volumes that it has, and has none that it does not mount', () => {
    for (const set of sets) {
      const { spec, container } = podOf(set);
      const claimed = set.spec?.volumeClaimTemplates?.map(({ metadata }) => metadata?.name) ?? [];
      const there = [...claimed, ...(spec.volumes ?? []).map(({ name }) => name)];
      const mounted = container.volumeMounts?.map(({ name }) => name);
      expect(mounted?.toSorted()).toEqual(there.toSorted());
      // With a part of a volume, a replaced key would not be seen.
      for (const mount of container.volumeMounts ?? []) expect(mount.subPath).toBeUndefined();
    }
  });

  it('has a service for each server, at the address that the network file names', () => {
    for (const service of services) {
      const set = sets.find(({ metadata }) => metadata?.name === service.metadata?.name);
      if (!set) throw new Error('There is no server for a service.');
      expect(matches({ matchLabels: service.spec?.selector ?? {} }, podOf(set).labels)).toBe(true);
      expect(matches(set.spec?.selector, podOf(set).labels)).toBe(true);
      expect(set.spec?.serviceName).toBe(service.metadata?.name);
    }
    expect(sets).toHaveLength(services.length);
    const addresses = services.map(
      ({ metadata, spec }) => `http://${metadata?.name}:${spec?.ports?.[0]?.port}/graphql`,
    );
    const asked = network.partners.map(({ url }) => url);
    expect(addresses.toSorted()).toEqual(['http://hub:4000/graphql', ...asked].toSorted());
  });

  it('gives each server the settings that it reads, with its own code and keys', () => {
    for (const set of sets) {
      const env: Record<string, string> = {};
      // Kubernetes expands what stands above in the list.
      for (const { name, value } of podOf(set).container.env ?? [])
        env[name] = value?.replaceAll(/\$\((\w+)\)/g, (_, other: string) => env[other] ?? '') ?? '';
      const code = set.metadata?.name ?? '';
      expect(env['HUB_PRIVATE_KEYS']).toBe(`/run/keys/own/${code}.private.json`);
      if (code === 'hub') {
        expect(Object.keys(env).filter((name) => !(name in hubVariables.shape))).toEqual([]);
        continue;
      }
      // The others are made of this one.
      delete env['SCHEME'];
      expect(Object.keys(env).filter((name) => !inner.partnerVariables.includes(name))).toEqual([]);
      env['DATABASE_URL'] = `postgres://${code}@database:5432/${code}`;
      // The secrets are not here.
      const { HUB_DATABASE_PASSWORD_FILE: _, ...settings } = env;
      const config = readPoliceConfig({ ...settings, HUB_PARTNER: 'dk' });
      expect(config).toMatchObject({ port: 4100, host: '0.0.0.0' });
      expect(env).toMatchObject({
        HUB_PARTNER: code,
        HUB_ENDPOINT: network.partners.find((partner) => partner.code === code)?.url,
        HUB_URL: 'http://hub:4000/graphql',
      });
    }
  });

  it('names secrets, and has none', () => {
    const text = JSON.stringify(all);
    expect(all.map(({ kind }) => kind)).not.toContain('Secret');
    expect(text).not.toMatch(/postgres:\/\/|"d":/);
    for (const set of sets) {
      const { spec, container } = podOf(set);
      const name = set.metadata?.name;
      const secrets = spec.volumes?.flatMap(({ secret }) => secret?.secretName ?? []);
      const isHub = name === 'hub';
      expect(secrets).toEqual(isHub ? ['hub-keys'] : [`${name}-keys`, `${name}-database`]);
      const urls = container.env?.flatMap(({ valueFrom }) => valueFrom?.secretKeyRef?.name ?? []);
      expect(urls).toEqual(isHub ? [] : [`${name}-database`]);
      for (const { name: variable, value } of container.env ?? [])
        if (/PASSWORD|KEYS/.test(variable)) expect(value).toMatch(/^\/run\//);
    }
  });

  it('takes every other setting from config maps, which need not exist', () => {
    for (const set of sets) {
      const maps = podOf(set).container.envFrom?.map(({ configMapRef }) => configMapRef);
      const name = set.metadata?.name;
      expect(maps).toEqual(
        (name === 'hub' ? ['hub-settings'] : ['partner-settings', `${name}-settings`]).map(
          (map) => ({ name: map, optional: true }),
        ),
      );
    }
  });

  it('lets only the hub and Prometheus reach the partners, and the partners the hub', () => {
    const hub = pods.get('hub');
    if (!hub) throw new Error('There is no hub.');
    const partners = [...pods].filter(([name]) => name !== 'hub');
    expect(partners).toHaveLength(network.partners.length);
    const stranger = { namespace, labels: {} };
    const elsewhere = { namespace: 'default', labels: hub.labels };
    const ingress = { namespace: 'ingress-nginx', labels: {} };
    const prometheus = { namespace: 'monitoring', labels: {} };
    for (const [name, partner] of partners) {
      expect(isAllowed(hub, partner, 4100), `the hub asks ${name}`).toBe(true);
      expect(isAllowed(partner, hub, 4000), `${name} asks the hub`).toBe(true);
      expect(isAllowed(prometheus, partner, 4100), `Prometheus reads ${name}`).toBe(true);
      expect(isAllowed(prometheus, partner, 22)).toBe(false);
      expect(isAllowed(hub, partner, 22), `the hub asks another port of ${name}`).toBe(false);
      for (const other of [stranger, elsewhere, ingress, ...partners.map(([, one]) => one)])
        expect(isAllowed(other, partner, 4100), `another pod asks ${name}`).toBe(false);
    }
    expect(isAllowed(ingress, hub, 4000)).toBe(true);
    expect(isAllowed(prometheus, hub, 4000)).toBe(true);
    for (const other of [stranger, elsewhere]) expect(isAllowed(other, hub, 4000)).toBe(false);
  });

  it('opens nothing outside the cluster to the hub, unless a component does', () => {
    const hub = find<INetworkPolicy>('NetworkPolicy').find(
      ({ metadata }) => metadata?.name === 'hub',
    );
    expect(hub?.spec?.egress?.filter(({ to }) => to === undefined)).toEqual([]);
    const { components } = readYaml('kustomization.yaml', z.object({ components: z.null() }));
    expect(components).toBeNull();
  });

  it('lets one partner at most be away while nodes are drained', () => {
    const [budget] = find<IPodDisruptionBudget>('PodDisruptionBudget');
    const { maxUnavailable, selector } = budget?.spec ?? {};
    expect(maxUnavailable).toBe(1);
    for (const [name, { labels }] of pods)
      expect(matches(selector, labels), name).toBe(name !== 'hub');
  });
});

const build = (path: string) =>
  spawnSync('kustomize', ['build', join(folder, path)], { encoding: 'utf8' });
const { error: isMissing } = spawnSync('kustomize', ['version']);

// Where there is a kustomize. It is in no registry of packages for Node.
describe.skipIf(isMissing)('kustomize build', () => {
  it('makes of a partner what these tests examine', () => {
    const byKind = (objects: readonly Manifest[]) =>
      objects.toSorted((one, other) => one.kind.localeCompare(other.kind));
    for (const name of folders)
      expect(byKind(readObjects(build(`partners/${name}`).stdout))).toEqual(
        byKind(renderPartner(name)),
      );
  });

  it('makes the whole network', () => {
    const objects = readObjects(build('.').stdout);
    // And the network file.
    expect(objects).toHaveLength(all.length + 1);
  });
});
