import type { IStatefulSet } from 'kubernetes-models/apps/v1';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type { IConfigMap, INamespace, IService } from 'kubernetes-models/v1';
import type { Scheme } from '../placed-network.js';

/** An object that the command prints. */
export type Manifest =
  IConfigMap | INamespace | INetworkPolicy | IPodDisruptionBudget | IService | IStatefulSet;

/** What the operator decides. */
export interface ManifestOptions {
  readonly namespace: string;
  /** The namespace of the ingress controller: only its pods, and the partners, reach the hub. */
  readonly ingressNamespace: string;
  /** The namespace of Prometheus, which reaches the hub and the partners. */
  readonly metricsNamespace: string;
  /** What stands before the name of each image: `registry.example.org/hub`. */
  readonly images: string;
  readonly tag: string;
  /** How the hub and the partners beside it call each other. @default http */
  readonly scheme?: Scheme;
  /** The store by which several hubs share state. @default this hub is the only one */
  readonly sharedState?: URL | undefined;
}

/** The hub or the partners, for selectors. */
export type Component = 'hub' | 'partner';

const application = 'cooperation-hub';

/** The labels of one service and its pods. They select it, so they never change. */
export const labelsOf = (component: Component, name: string): Readonly<Record<string, string>> => ({
  'app.kubernetes.io/part-of': application,
  'app.kubernetes.io/component': component,
  'app.kubernetes.io/name': name,
});

/** The labels that all services of a kind share. */
export const componentLabels = (component: Component): Readonly<Record<string, string>> => ({
  'app.kubernetes.io/part-of': application,
  'app.kubernetes.io/component': component,
});
