import type {
  INetworkPolicy,
  INetworkPolicyEgressRule,
} from 'kubernetes-models/networking.k8s.io/v1';
import type { Network } from '../../../registry/network.js';
import type { PlacedPartner } from '../placed-network.js';
import { componentLabels, labelsOf, type ManifestOptions } from './manifest.js';

const tcp = (port: number) => ({ protocol: 'TCP' as const, port });

/** The pods of a namespace of the cluster. */
const podsOf = (namespace: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
});

const podsWith = (labels: Readonly<Record<string, string>>) => ({
  podSelector: { matchLabels: { ...labels } },
});

/** Names are resolved by the cluster’s own server. */
const askForNames: INetworkPolicyEgressRule = {
  to: [podsOf('kube-system')],
  ports: [{ protocol: 'UDP', port: 53 }, tcp(53)],
};

const postgresPort = 5432;
const storePort = 6379;

function describePolicy(
  name: string,
  namespace: string,
  labels: Readonly<Record<string, string>>,
  rules: Pick<NonNullable<INetworkPolicy['spec']>, 'ingress' | 'egress'>,
): INetworkPolicy {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace, labels: { ...labels } },
    spec: {
      podSelector: { matchLabels: { ...labels } },
      policyTypes: ['Ingress', 'Egress'],
      ...rules,
    },
  };
}

/** No pod of the namespace reaches another one, or is reached, unless another policy says so. */
export const denyAll = (namespace: string): INetworkPolicy => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'deny-all', namespace },
  spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
});

/** The ports of what is outside the cluster: partners elsewhere, and providers of identity. */
function listOutsidePorts({ partners }: Network, beside: readonly PlacedPartner[]): number[] {
  const inside = new Set(beside.map(({ url }) => url));
  const urls = partners.flatMap(({ url, issuer }) => [inside.has(url) ? undefined : url, issuer]);
  const ports = urls.flatMap((text) => {
    if (text === undefined) return [];
    const { port, protocol } = new URL(text);
    return [Number(port) || (protocol === 'https:' ? 443 : 80)];
  });
  return [...new Set(ports)].toSorted((one, other) => one - other);
}

/**
 * The hub is reached by the ingress controller, the partners and Prometheus. It reaches the partners, what the
 * network file names outside the cluster, and the store that it shares with other hubs.
 */
export function describeHubPolicy(
  network: Network,
  beside: readonly PlacedPartner[],
  { namespace, ingressNamespace, metricsNamespace, sharedState }: ManifestOptions,
): INetworkPolicy {
  const outside = listOutsidePorts(network, beside);
  const toPartners = beside.map(({ code, port }) => ({
    to: [podsWith(labelsOf('partner', code))],
    ports: [tcp(port)],
  }));
  return describePolicy('hub', namespace, labelsOf('hub', 'hub'), {
    ingress: [
      {
        from: [
          podsOf(ingressNamespace),
          podsOf(metricsNamespace),
          podsWith(componentLabels('partner')),
        ],
        ports: [tcp(network.port)],
      },
    ],
    egress: [
      askForNames,
      ...toPartners,
      ...(outside.length > 0 ? [{ ports: outside.map(tcp) }] : []),
      // Where it is, only its operator knows.
      ...(sharedState ? [{ ports: [tcp(Number(sharedState.port) || storePort)] }] : []),
    ],
  });
}

/** A partner is reached by the hub and Prometheus alone. It reaches the hub and PostgreSQL. */
export const describePartnerPolicy = (
  { code, port }: PlacedPartner,
  hubPort: number,
  { namespace, metricsNamespace }: ManifestOptions,
): INetworkPolicy =>
  describePolicy(code, namespace, labelsOf('partner', code), {
    ingress: [
      {
        from: [podsWith(labelsOf('hub', 'hub')), podsOf(metricsNamespace)],
        ports: [tcp(port)],
      },
    ],
    egress: [
      askForNames,
      { to: [podsWith(labelsOf('hub', 'hub'))], ports: [tcp(hubPort)] },
      // Where the database is, only its operator knows.
      { ports: [tcp(postgresPort)] },
    ],
  });
