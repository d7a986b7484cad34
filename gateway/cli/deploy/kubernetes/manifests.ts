import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type { IConfigMap, INamespace } from 'kubernetes-models/v1';
import type { Network } from '../../../registry/network.js';
import {
  ownKeyFolder,
  placeNetwork,
  publicKeyFolder,
  type PlacedNetwork,
  type PlacedPartner,
} from '../placed-network.js';
import { componentLabels, labelsOf, type Manifest, type ManifestOptions } from './manifest.js';
import { denyAll, describeHubPolicy, describePartnerPolicy } from './network-policies.js';
import { describeService, describeStatefulSet, type Workload } from './workload.js';

/** The objects of one service, or of the namespace. */
export interface ManifestFile {
  readonly name: string;
  readonly objects: readonly Manifest[];
}

const networkConfig = 'hub-network';
const networkFolder = '/etc/hub';
const passwordFolder = '/run/secrets/database';

/** Below the volume, whose root belongs to the cluster: the hub wants a folder of its own. */
const ownFolder = (volume: string): string => `${volume}/own`;

const isPlain = ({ url }: { readonly url: string }): boolean => url.startsWith('http:');

/** Inside the network policies of these manifests, a call without TLS needs no warning. */
const allowPlainHttp = [{ name: 'HUB_PLAIN_HTTP', value: 'allow' }] as const;

/** A partner elsewhere without TLS is a reason. */
const hasPlainOnlyBeside = ({ network, beside }: PlacedNetwork): boolean =>
  beside.some(isPlain) && network.partners.filter(isPlain).length === beside.length;

function describeHub(
  placed: PlacedNetwork,
  { sharedState }: Pick<ManifestOptions, 'sharedState'>,
): Workload {
  const { port } = placed.network;
  const dataFolder = '/var/lib/hub';
  return {
    component: 'hub',
    name: 'hub',
    image: 'hub',
    port,
    settings: ['hub-settings'],
    environment: [
      { name: 'HUB_HOST', value: '0.0.0.0' },
      { name: 'HUB_PORT', value: String(port) },
      { name: 'HUB_NETWORK', value: `${networkFolder}/network.json` },
      { name: 'HUB_DATA_DIR', value: ownFolder(dataFolder) },
      { name: 'HUB_PRIVATE_KEYS', value: `${ownKeyFolder}/hub.private.json` },
      ...(hasPlainOnlyBeside(placed) ? allowPlainHttp : []),
      ...(sharedState ? [{ name: 'HUB_SHARED_STATE', value: sharedState.href }] : []),
    ],
    dataFolder,
    storage: '1Gi',
    memory: { request: '512Mi', limit: '1Gi' },
    volumes: [
      {
        volume: { name: 'network', configMap: { name: networkConfig } },
        mount: { name: 'network', mountPath: networkFolder, readOnly: true },
      },
    ],
  };
}

function describePartner({ code, subgraph, port, url }: PlacedPartner, hubPort: number): Workload {
  const dataFolder = '/var/lib/partner';
  return {
    component: 'partner',
    name: code,
    image: subgraph,
    port,
    settings: ['partner-settings', `${code}-settings`],
    environment: [
      { name: 'HUB_PARTNER', value: code },
      { name: 'HOST', value: '0.0.0.0' },
      { name: 'PORT', value: String(port) },
      { name: 'HUB_ENDPOINT', value: url },
      { name: 'HUB_URL', value: `${new URL(url).protocol}//hub:${hubPort}/graphql` },
      ...(isPlain({ url }) ? allowPlainHttp : []),
      { name: 'HUB_KEYS', value: `${publicKeyFolder}/hub.public.json` },
      { name: 'HUB_PRIVATE_KEYS', value: `${ownKeyFolder}/${code}.private.json` },
      { name: 'HUB_DATABASE_IDENTITY', value: `${ownFolder(dataFolder)}/identity.json` },
      { name: 'HUB_DATABASE_PASSWORD_FILE', value: `${passwordFolder}/password` },
      {
        name: 'DATABASE_URL',
        valueFrom: { secretKeyRef: { name: `${code}-database`, key: 'url' } },
      },
    ],
    dataFolder,
    storage: '1Gi',
    memory: { request: '192Mi', limit: '512Mi' },
    volumes: [
      {
        volume: {
          name: 'database',
          secret: {
            secretName: `${code}-database`,
            defaultMode: 0o440,
            items: [{ key: 'password', path: 'password' }],
          },
        },
        mount: { name: 'database', mountPath: passwordFolder, readOnly: true },
      },
    ],
  };
}

const describeNamespace = (name: string): INamespace => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
});

const describeNetworkFile = (network: Network, namespace: string): IConfigMap => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: networkConfig, namespace, labels: { ...labelsOf('hub', 'hub') } },
  data: { 'network.json': `${JSON.stringify(network, null, 2)}\n` },
});

/** While nodes are drained, one partner at most is unavailable. The hub, a single pod, may be moved. */
const describeBudget = (namespace: string): IPodDisruptionBudget => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'partners', namespace },
  spec: { maxUnavailable: 1, selector: { matchLabels: { ...componentLabels('partner') } } },
});

/**
 * The manifests of a network: the namespace with what all share, the hub, and each partner that
 * runs beside it. They name secrets and have none.
 * @throws `ConfigError` if a partner’s code cannot be a name
 */
export function describeManifests(network: Network, options: ManifestOptions): ManifestFile[] {
  const { namespace, scheme } = options;
  const placed = placeNetwork(network, scheme);
  const { port } = placed.network;
  const describeWorkload = (workload: Workload) => [
    describeService(workload, options),
    describeStatefulSet(workload, options),
  ];
  return [
    {
      name: 'namespace',
      objects: [describeNamespace(namespace), denyAll(namespace), describeBudget(namespace)],
    },
    {
      name: 'hub',
      objects: [
        describeNetworkFile(placed.network, namespace),
        describeHubPolicy(placed.network, placed.beside, options),
        ...describeWorkload(describeHub(placed, options)),
      ],
    },
    ...placed.beside.map((partner) => ({
      name: `partner-${partner.code}`,
      objects: [
        describePartnerPolicy(partner, port, options),
        ...describeWorkload(describePartner(partner, port)),
      ],
    })),
  ];
}
