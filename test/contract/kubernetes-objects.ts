import type { IStatefulSet } from 'kubernetes-models/apps/v1';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type { INamespace, IService } from 'kubernetes-models/v1';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';

export const gateway = fileURLToPath(new URL('../../gateway/', import.meta.url));
export const folder = join(gateway, 'kubernetes');
/** A file of `gateway/kubernetes`. */
export const readText = (path: string) => readFileSync(join(folder, path), 'utf8');
export const namespace = 'cooperation-hub';

/** An object that is applied. */
export type Manifest = INamespace | INetworkPolicy | IPodDisruptionBudget | IService | IStatefulSet;

/** kubectl reads YAML 1.1, for which Norway’s code is false without quotes. */
export const readObjects = (text: string): Manifest[] =>
  parseAllDocuments(text, { version: '1.1' }).map((document) => {
    if (document.errors[0]) throw document.errors[0];
    return document.toJS() as Manifest;
  });
export const readYaml = <Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): z.output<Schema> => schema.parse(parse(readText(path), { version: '1.1' }));

const replacement = z.strictObject({
  source: z.strictObject({
    kind: z.literal('ConfigMap'),
    fieldPath: z.enum(['metadata.name', 'data.image']),
  }),
  targets: z.array(
    z.strictObject({
      select: z.strictObject({ kind: z.string().optional(), name: z.string().optional() }),
      options: z.strictObject({ delimiter: z.literal('-'), index: z.literal(0) }).optional(),
      fieldPaths: z.array(z.string()),
    }),
  ),
});
const { replacements } = readYaml(
  'partner/kustomization.yaml',
  z.object({ replacements: z.array(replacement) }),
);

type Node = Record<string, unknown>;

/** Follows `env.[name=PORT].value` to the last step, as kustomize does. */
function findField(object: unknown, path: string): { parent: Node; key: string } {
  const steps = path.match(/\[[^\]]+\]|[^.]+/g) ?? [];
  const next = (node: unknown, step: string): unknown => {
    const [, name, value] = /^\[(\w+)=(.+)\]$/.exec(step) ?? [];
    if (name) return (node as Node[]).find((one) => one[name] === value);
    return (node as Node)[step.replace(/^\[(.+)\]$/, '$1')];
  };
  const parent = steps.slice(0, -1).reduce(next, object);
  return { parent: parent as Node, key: steps.at(-1)?.replace(/^\[(.+)\]$/, '$1') ?? '' };
}

/** The objects of a partner of the cluster, by the folder that has its code and image. */
export function renderPartner(name: string): Manifest[] {
  const generated = z.tuple([
    z.strictObject({
      name: z.string(),
      literals: z.tuple([z.string().startsWith('image=')]),
    }),
  ]);
  const { configMapGenerator } = readYaml(
    `partners/${name}/kustomization.yaml`,
    z.object({ configMapGenerator: generated, components: z.tuple([z.literal('../../partner')]) }),
  );
  const [{ name: code, literals }] = configMapGenerator;
  const values = { 'metadata.name': code, 'data.image': literals[0].slice('image='.length) };
  const objects = readObjects(readText('partner/partner.yaml'));
  for (const { source, targets } of replacements)
    for (const { select, options, fieldPaths } of targets)
      for (const object of objects) {
        if (select.kind !== undefined && object.kind !== select.kind) continue;
        if (select.name !== undefined && object.metadata?.name !== select.name) continue;
        for (const path of fieldPaths) {
          const { parent, key } = findField(object, path);
          const before = parent[key];
          if (typeof before !== 'string') throw new Error(`${object.kind} has no ${path}.`);
          const rest = options ? before.split('-').slice(1) : [];
          parent[key] = [values[source.fieldPath], ...rest].join('-');
        }
      }
  return objects;
}

export const folders = readdirSync(join(folder, 'partners'));
/** What `kubectl apply --kustomize` makes, without the network file. */
export const all = [
  ...readObjects(readText('base/namespace.yaml')),
  ...readObjects(readText('base/hub.yaml')),
  ...folders.flatMap(renderPartner),
];

export const find = <One extends Manifest>(kind: One['kind']): One[] =>
  all.filter((object): object is One => object.kind === kind);
export const sets = find<IStatefulSet>('StatefulSet');

export const podOf = (set: IStatefulSet) => {
  const { spec, metadata } = set.spec?.template ?? {};
  const container = spec?.containers[0];
  if (!spec || !container) throw new Error('There is no pod.');
  return { spec, container, labels: metadata?.labels ?? {} };
};

type Labels = Readonly<Record<string, string>>;

export const matches = (selector: { matchLabels?: Labels } | undefined, labels: Labels) =>
  Object.entries(selector?.matchLabels ?? {}).every(([key, value]) => labels[key] === value);

/** A pod of the namespace, or one elsewhere, as network policies see it. */
export interface Pod {
  readonly namespace: string;
  readonly labels: Labels;
}

type Peer = NonNullable<
  NonNullable<NonNullable<INetworkPolicy['spec']>['ingress']>[number]['from']
>[number];

const isPeer = (peers: readonly Peer[] | undefined, pod: Pod) =>
  peers === undefined ||
  peers.some(({ podSelector, namespaceSelector }) => {
    const isThere = namespaceSelector
      ? matches(namespaceSelector, { 'kubernetes.io/metadata.name': pod.namespace })
      : pod.namespace === namespace;
    return isThere && matches(podSelector, pod.labels);
  });

/** Whether the policies let one pod open a connection to another. */
export function isAllowed(from: Pod, to: Pod, port: number): boolean {
  const policiesOf = (pod: Pod) =>
    pod.namespace === namespace
      ? find<INetworkPolicy>('NetworkPolicy').filter(({ spec }) =>
          matches(spec?.podSelector, pod.labels),
        )
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

/** The pod of each server, by the name of its service. */
export const pods = new Map(
  sets.map((set): [string, Pod] => [
    set.metadata?.name ?? '',
    { namespace, labels: podOf(set).labels },
  ]),
);
