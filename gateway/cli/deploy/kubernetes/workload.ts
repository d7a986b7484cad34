import type { IStatefulSet } from 'kubernetes-models/apps/v1';
import type { IEnvVar, IService, IVolume, IVolumeMount } from 'kubernetes-models/v1';
import { ownKeyFolder, publicKeyFolder } from '../placed-network.js';
import { labelsOf, type Component, type ManifestOptions } from './manifest.js';

/** A server of the network: the hub, or a partner that runs beside it. */
export interface Workload {
  readonly component: Component;
  /** The name of its service, its secrets and its settings. */
  readonly name: string;
  readonly image: string;
  readonly port: number;
  /** The config maps of its settings. The later one decides. None of them must exist. */
  readonly settings: readonly string[];
  readonly environment: readonly IEnvVar[];
  /** The folder of its volume. */
  readonly dataFolder: string;
  readonly storage: string;
  readonly memory: { readonly request: string; readonly limit: string };
  readonly volumes?: readonly { readonly volume: IVolume; readonly mount: IVolumeMount }[];
}

/** The user `node` of the images. */
const user = 1000;

/** Read by the owner and the group, which the pod has for its files. */
const secretMode = 0o440;

/** In the container, because only there is it known whether the server has a certificate. */
const probe = (path: '/health/live' | '/health/ready') => {
  const ask = `process.exit(await probeHealth(process.env, '${path}') ? 0 : 1)`;
  const code = `import { probeHealth } from '@hub/shared/system'; ${ask}`;
  return {
    exec: { command: ['node', '--input-type=module', '-e', code] },
    timeoutSeconds: 5,
  };
};

const folderOf = (name: string, mountPath: string): IVolumeMount => ({
  name,
  mountPath,
  readOnly: true,
});

/**
 * The server as one pod with a volume. One, because what it remembers outside its database is on
 * this volume.
 */
export function describeStatefulSet(
  workload: Workload,
  { namespace, images, tag }: ManifestOptions,
): IStatefulSet {
  const { component, name, port, dataFolder, memory, volumes = [] } = workload;
  const labels = labelsOf(component, name);
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, namespace, labels: { ...labels } },
    spec: {
      replicas: 1,
      serviceName: name,
      selector: { matchLabels: { ...labels } },
      template: {
        metadata: { labels: { ...labels } },
        spec: {
          automountServiceAccountToken: false,
          // They would set HUB_PORT and PORT-like variables for each service of the namespace.
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 30,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: user,
            runAsGroup: user,
            fsGroup: user,
            fsGroupChangePolicy: 'OnRootMismatch',
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [
            {
              name: component,
              image: `${images}/${workload.image}:${tag}`,
              ports: [{ name: 'graphql', containerPort: port }],
              envFrom: workload.settings.map((settings) => ({
                configMapRef: { name: settings, optional: true },
              })),
              env: [...workload.environment],
              startupProbe: { ...probe('/health/live'), periodSeconds: 2, failureThreshold: 90 },
              livenessProbe: { ...probe('/health/live'), periodSeconds: 15, failureThreshold: 4 },
              readinessProbe: { ...probe('/health/ready'), periodSeconds: 10, failureThreshold: 2 },
              resources: {
                requests: { cpu: '100m', memory: memory.request },
                limits: { cpu: '1', memory: memory.limit },
              },
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ['ALL'] },
              },
              volumeMounts: [
                { name: 'data', mountPath: dataFolder },
                { name: 'temporary', mountPath: '/tmp' },
                folderOf('own-keys', ownKeyFolder),
                folderOf('public-keys', publicKeyFolder),
                ...volumes.map(({ mount }) => mount),
              ],
            },
          ],
          volumes: [
            { name: 'temporary', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } },
            {
              name: 'own-keys',
              secret: { secretName: `${name}-keys`, defaultMode: secretMode },
            },
            { name: 'public-keys', configMap: { name: 'public-keys' } },
            ...volumes.map(({ volume }) => volume),
          ],
        },
      },
      volumeClaimTemplates: [
        {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name: 'data', labels: { ...labels } },
          spec: {
            accessModes: ['ReadWriteOnce'],
            resources: { requests: { storage: workload.storage } },
          },
        },
      ],
    },
  };
}

/**
 * The name under which a server is reached. A partner is reached also while it is not ready,
 * because the hub decides itself which partners it asks, and tells them why it cannot.
 */
export function describeService(
  { component, name, port }: Workload,
  { namespace }: ManifestOptions,
): IService {
  const labels = labelsOf(component, name);
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, labels: { ...labels } },
    spec: {
      selector: { ...labels },
      publishNotReadyAddresses: component === 'partner',
      ports: [{ name: 'graphql', port, targetPort: 'graphql', appProtocol: 'http' }],
    },
  };
}
