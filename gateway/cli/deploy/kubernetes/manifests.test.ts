import { ConfigError } from '@hub/shared/system';
import { StatefulSet, type IStatefulSet } from 'kubernetes-models/apps/v1';
import { NetworkPolicy, type INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import {
  ConfigMap,
  Namespace,
  Service,
  type IConfigMap,
  type IService,
} from 'kubernetes-models/v1';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { parseNetwork, type Network } from '../../../registry/network.js';
import type { Manifest, ManifestOptions } from './manifest.js';
import { describeManifests } from './manifests.js';
import { printManifests } from './print-manifests.js';

const options = {
  namespace: 'network',
  ingressNamespace: 'ingress-nginx',
  metricsNamespace: 'monitoring',
  images: 'registry.example.org/hub',
  tag: '1.2.3',
} as const;

const partner = (code: string, url: string, more: object = {}) => ({
  code,
  name: `Police of ${code}`,
  subgraph: 'national-police',
  url,
  contact: `hub@${code}.example.org`,
  publicKeys: `keys/${code}.public.json`,
  ...more,
});

const createNetwork = (...partners: readonly object[]): Network =>
  parseNetwork(JSON.stringify({ port: 4000, partners }));

const one = createNetwork(partner('dk', 'http://127.0.0.1:4111/graphql'));
const forty = createNetwork(
  ...Array.from({ length: 40 }, (_, index) =>
    partner(`p-${index}-${'x'.repeat(index % 27)}9`, `http://localhost:${5000 + index}/graphql`),
  ),
);
/** `dk` beside the hub, `se` at its own address with a provider of its own. */
const mixed = createNetwork(
  partner('dk', 'http://dk:4111/graphql'),
  partner('se', 'https://hub.se.example.org/graphql', { issuer: 'https://id.example.org:8443' }),
);
const networks = [
  ['one partner', one],
  ['forty partners', forty],
  ['a partner elsewhere', mixed],
] as const;

/** What an operator gets: the printed text, read again. */
const readManifests = (network: Network, more: Partial<ManifestOptions> = {}): Manifest[] =>
  describeManifests(network, { ...options, ...more }).flatMap(({ objects }) =>
    parseAllDocuments(printManifests(objects)).map((document) => {
      expect(document.errors).toEqual([]);
      return document.toJS() as Manifest;
    }),
  );

const models = {
  ConfigMap,
  Namespace,
  NetworkPolicy,
  PodDisruptionBudget,
  Service,
  StatefulSet,
} as const;

const find = <One extends Manifest>(all: readonly Manifest[], kind: string): One[] =>
  all.filter((object) => object.kind === kind) as One[];

const podOf = (set: IStatefulSet) => {
  const { spec, metadata } = set.spec?.template ?? {};
  const container = spec?.containers[0];
  if (!spec || !container) throw new Error('There is no pod.');
  return { spec, container, labels: metadata?.labels ?? {} };
};

type Labels = Readonly<Record<string, string>>;

const matches = (selector: { matchLabels?: Labels } | undefined, labels: Labels) =>
  Object.entries(selector?.matchLabels ?? {}).every(([key, value]) => labels[key] === value);

/** A pod of the namespace, or one elsewhere, as network policies see it. */
interface Pod {
  readonly namespace: string;
  readonly labels: Labels;
}

type Peer = NonNullable<
  NonNullable<NonNullable<INetworkPolicy['spec']>['ingress']>[number]['from']
>[number];

const isPeer = (peers: readonly Peer[] | undefined, { namespace, labels }: Pod) =>
  peers === undefined ||
  peers.some(({ podSelector, namespaceSelector }) => {
    const isThere = namespaceSelector
      ? matches(namespaceSelector, { 'kubernetes.io/metadata.name': namespace })
      : namespace === options.namespace;
    return isThere && matches(podSelector, labels);
  });

/** Whether the policies let one pod open a connection to another. */
function isAllowed(all: readonly Manifest[], from: Pod, to: Pod, port: number): boolean {
  const policies = find<INetworkPolicy>(all, 'NetworkPolicy');
  const policiesOf = (pod: Pod) =>
    pod.namespace === options.namespace
      ? policies.filter(({ spec }) => matches(spec?.podSelector, pod.labels))
      : undefined;
  const hasPort = (ports: readonly { port?: number | string }[] | undefined) =>
    ports === undefined || ports.some((one) => one.port === port);
  const leaves = policiesOf(from)?.some(({ spec }) =>
    spec?.egress?.some((rule) => hasPort(rule.ports) && isPeer(rule.to, to)),
  );
  const enters = policiesOf(to)?.some(({ spec }) =>
    spec?.ingress?.some((rule) => hasPort(rule.ports) && isPeer(rule.from, from)),
  );
  return (leaves ?? true) && (enters ?? true);
}

const podsOf = (all: readonly Manifest[]): Map<string, Pod> =>
  new Map(
    find<IStatefulSet>(all, 'StatefulSet').map((set) => [
      set.metadata?.name ?? '',
      { namespace: options.namespace, labels: podOf(set).labels },
    ]),
  );

describe.each(networks)('npm run hub -- deploy kubernetes, for %s', (_, network) => {
  const all = readManifests(network);
  const sets = find<IStatefulSet>(all, 'StatefulSet');

  it('prints objects that are valid by the schemas of Kubernetes', () => {
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

  it('has a service for each server, on the port that the hub asks', () => {
    const services = find<IService>(all, 'Service');
    for (const service of services) {
      const set = sets.find(({ metadata }) => metadata?.name === service.metadata?.name);
      if (!set) throw new Error('There is no server for a service.');
      expect(matches({ matchLabels: service.spec?.selector ?? {} }, podOf(set).labels)).toBe(true);
      expect(matches(set.spec?.selector, podOf(set).labels)).toBe(true);
    }
    const [config] = find<IConfigMap>(all, 'ConfigMap');
    const placed = parseNetwork(config?.data?.['network.json'] ?? '');
    expect(placed.partners.map(({ code }) => code)).toEqual(
      network.partners.map(({ code }) => code),
    );
    const addresses = services.map(
      ({ metadata, spec }) => `http://${metadata?.name}:${spec?.ports?.[0]?.port}/graphql`,
    );
    const asked = placed.partners.map(({ url }) => url).filter((url) => url.startsWith('http:'));
    expect(addresses.toSorted()).toEqual(['http://hub:4000/graphql', ...asked].toSorted());
  });

  it('names secrets, and has none', () => {
    const text = JSON.stringify(all);
    expect(find(all, 'Secret')).toEqual([]);
    expect(text).not.toMatch(/postgres:\/\/|"d":/);
    for (const set of sets) {
      const { spec, container } = podOf(set);
      const name = set.metadata?.name;
      const secrets = spec.volumes?.flatMap(({ secret }) => secret?.secretName ?? []);
      const isHub = name === 'hub';
      expect(secrets).toEqual(isHub ? ['hub-keys'] : [`${name}-keys`, `${name}-database`]);
      for (const { name: variable, value } of container.env ?? [])
        if (/PASSWORD|KEYS/.test(variable)) expect(value).toMatch(/^\/run\//);
    }
  });

  it('takes every other setting from config maps, which need not exist', () => {
    for (const set of sets) {
      const { container } = podOf(set);
      for (const { configMapRef } of container.envFrom ?? [])
        expect(configMapRef?.optional).toBe(true);
      expect(container.envFrom?.length).toBeGreaterThan(0);
    }
  });

  it('lets only the hub and Prometheus reach the partners, and the partners the hub', () => {
    const pods = podsOf(all);
    const hub = pods.get('hub');
    if (!hub) throw new Error('There is no hub.');
    const partners = [...pods].filter(([name]) => name !== 'hub');
    const ports = new Map(
      find<IService>(all, 'Service').map(({ metadata, spec }) => [
        metadata?.name,
        spec?.ports?.[0]?.port ?? 0,
      ]),
    );
    const stranger = { namespace: options.namespace, labels: {} };
    const elsewhere = { namespace: 'default', labels: hub.labels };
    const ingress = { namespace: options.ingressNamespace, labels: {} };
    const prometheus = { namespace: options.metricsNamespace, labels: {} };
    const may = (from: Pod, to: Pod, port = 0) => isAllowed(all, from, to, port);
    for (const [name, partner] of partners) {
      const port = ports.get(name);
      expect(may(hub, partner, port), `the hub asks ${name}`).toBe(true);
      expect(may(partner, hub, 4000), `${name} asks the hub`).toBe(true);
      expect(may(prometheus, partner, port), `Prometheus reads ${name}`).toBe(true);
      expect(may(prometheus, partner, 22)).toBe(false);
      expect(may(hub, partner, 22), `the hub asks another port of ${name}`).toBe(false);
      for (const other of [stranger, elsewhere, ingress, ...partners.map(([, one]) => one)])
        expect(may(other, partner, port), `another pod asks ${name}`).toBe(false);
    }
    expect(may(ingress, hub, 4000)).toBe(true);
    expect(may(prometheus, hub, 4000)).toBe(true);
    for (const other of [stranger, elsewhere]) expect(may(other, hub, 4000)).toBe(false);
  });

  it('lets one partner at most be away while nodes are drained', () => {
    const [budget] = find<{ kind: 'PodDisruptionBudget' } & Manifest>(all, 'PodDisruptionBudget');
    const { maxUnavailable, selector } = (budget as PodDisruptionBudget).spec ?? {};
    expect(maxUnavailable).toBe(1);
    for (const [name, { labels }] of podsOf(all))
      expect(matches(selector, labels), name).toBe(name !== 'hub');
  });
});

describe('npm run hub -- deploy kubernetes', () => {
  it('leaves a partner where it is, if its URL is of another host', () => {
    const all = readManifests(mixed);
    expect([...podsOf(all).keys()]).toEqual(['hub', 'dk']);
    const hub = find<INetworkPolicy>(all, 'NetworkPolicy').find(
      ({ metadata }) => metadata?.name === 'hub',
    );
    const outside = hub?.spec?.egress?.find(({ to }) => to === undefined);
    // The partner’s own port, and that of its provider of identity.
    expect(outside?.ports?.map(({ port }) => port)).toEqual([443, 8443]);
  });

  it('opens nothing outside the cluster if nothing is there', () => {
    const all = readManifests(one);
    const hub = find<INetworkPolicy>(all, 'NetworkPolicy').find(
      ({ metadata }) => metadata?.name === 'hub',
    );
    expect(hub?.spec?.egress?.filter(({ to }) => to === undefined)).toEqual([]);
  });

  it.each([
    ['redis://store.example.org', 6379],
    ['rediss://hub@store.example.org:6380', 6380],
  ])('lets the hub alone reach the store %s', (address, port) => {
    const all = readManifests(one, { sharedState: new URL(address) });
    const reaching = find<INetworkPolicy>(all, 'NetworkPolicy').filter(({ spec }) =>
      spec?.egress?.some(({ ports }) => ports?.some((open) => open.port === port)),
    );
    expect(reaching.map(({ metadata }) => metadata?.name)).toEqual(['hub']);
    const [pod] = find<IStatefulSet>(all, 'StatefulSet').filter(
      ({ metadata }) => metadata?.name === 'hub',
    );
    const environment = pod?.spec?.template.spec?.containers[0]?.env ?? [];
    expect(environment).toContainEqual({ name: 'HUB_SHARED_STATE', value: address });
  });

  it('takes the images, the tag and the namespace from the command line', () => {
    const all = readManifests(one);
    const images = find<IStatefulSet>(all, 'StatefulSet').map((set) => podOf(set).container.image);
    expect(images).toEqual([
      'registry.example.org/hub/hub:1.2.3',
      'registry.example.org/hub/national-police:1.2.3',
    ]);
    for (const { kind, metadata } of all)
      if (kind !== 'Namespace') expect(metadata?.namespace).toBe('network');
  });

  it('refuses a code that cannot be a name', () => {
    const ending = createNetwork(partner('dk-', 'http://127.0.0.1:4111/graphql'));
    expect(() => describeManifests(ending, options)).toThrow(ConfigError);
    expect(() => describeManifests(ending, options)).toThrow('dk- cannot be the name of a service');
  });
});
