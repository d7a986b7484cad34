import { silentLogger } from '@hub/shared/system';
import type { ReportedError } from '../../fan-out/error-list.js';
import { untracked, type SubgraphPartners, type Variables } from '../../fan-out/fetch.js';
import { OperationRecord } from '../../fan-out/operation-record.js';
import type { PartnerCall } from '../../fan-out/partners/partner-port.js';
import { createFanOutPlan, type FanOutPlan } from '../../fan-out/plan/fan-out-plan.js';
import type { RootFieldPlan } from '../../fan-out/plan/plan-roots.js';
import { prepareFetch, type Row } from '../../fan-out/subgraph-fetch.js';
import type { PlannedFetch } from './explain-plan.js';
import { sampleRepresentations } from './sample-representations.js';

/** A request that several partners get. Only the ids of entities differ. */
export interface ExplainedRequest {
  readonly partners: readonly string[];
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface ExplainedFetch extends PlannedFetch {
  readonly subgraph: string;
  readonly kind: FanOutPlan['kind'];
  /** For each root field or entity type: its partners, and the rule that chose them. */
  readonly reasons: readonly string[];
  readonly requests: readonly ExplainedRequest[];
  /** Fields that are refused before any request. */
  readonly refusals: readonly ReportedError[];
}

interface ExplainFetchOptions {
  readonly operationName: string | undefined;
  readonly variables: Variables;
}

/**
 * Runs one fetch through the hub’s own routing, over ports that record each call and send nothing.
 * An entity fetch uses sample representations, because the real ones come from earlier fetches.
 */
export async function explainFetch(
  fetch: PlannedFetch,
  { model, ports, areNamed }: SubgraphPartners,
  { operationName, variables }: ExplainFetchOptions,
): Promise<ExplainedFetch> {
  const { node, path } = fetch;
  const sent: { readonly partner: string; readonly call: PartnerCall }[] = [];
  const slice: SubgraphPartners = {
    model,
    // Marks a call that was not sent, to separate it from a field that is refused.
    areNamed: true,
    ports: new Map(
      [...ports.keys()].map((code) => [
        code,
        {
          code,
          ask(call) {
            sent.push({ partner: code, call });
            return Promise.resolve({ failure: 'UNAVAILABLE', reason: 'not sent' });
          },
          close: () => Promise.resolve(),
        },
      ]),
    ),
    ...untracked,
    logger: silentLogger,
  };
  const text = { text: node.operation, operationName };
  const plan = createFanOutPlan(model, node.operation, operationName);
  const operation = new OperationRecord('explain', new AbortController().signal, Infinity);
  const call = { operation, variables, path };
  const prepared = prepareFetch(slice, text);
  const representations =
    prepared.kind === 'entities' ? sampleRepresentations(model, node.requires ?? []) : [];
  if (prepared.kind === 'roots') await prepared.ask(call);
  else await prepared.ask(call, { representations, placesOf: () => [] });
  return {
    ...fetch,
    subgraph: model.name,
    kind: plan.kind,
    reasons: describeReasons({ model, ports, areNamed }, plan, representations),
    requests: groupRequests(sent),
    refusals: operation.errors.filter(({ extensions }) => extensions['partner'] === undefined),
  };
}

/** Groups the partners that get the same document. */
function groupRequests(
  sent: readonly { readonly partner: string; readonly call: PartnerCall }[],
): ExplainedRequest[] {
  const groups = new Map<string, { partners: string[]; call: PartnerCall }>();
  for (const { partner, call } of sent) {
    const { representations: _, ...others } = call.variables;
    const key = JSON.stringify([call.query, others]);
    const group = groups.get(key);
    if (group) group.partners.push(partner);
    else groups.set(key, { partners: [partner], call });
  }
  return [...groups.values()].map(({ partners, call: { query, variables } }) => ({
    partners,
    query,
    variables,
  }));
}

function describeReasons(
  { model, ports, areNamed }: Pick<SubgraphPartners, 'model' | 'ports' | 'areNamed'>,
  plan: FanOutPlan,
  representations: readonly Row[],
): string[] {
  const { name, rules } = model;
  const [sole = ''] = ports.keys();
  const soleReason = areNamed
    ? `${sole}, the only partner that serves ${name}`
    : 'the hub itself, in its own process';
  if (plan.kind === 'roots') {
    return plan.fields.map((field) => {
      const coordinate = `${plan.type.name}.${field.tops[0]?.field.name.value ?? field.key}`;
      return `${coordinate}: ${rules ? describeRoot(field, rules.contributors) : soleReason}`;
    });
  }
  const types = new Map(representations.map((row) => [String(row['__typename']), row]));
  return [...types].map(([type, representation]) => {
    if (!rules) return `${type}: ${soleReason}`;
    const { route, gathered } = plan.typePlan(representation) ?? {};
    const partners = rules.contributors.join(', ');
    if (gathered) {
      const fields = [...gathered.values()].map(({ rule }) => rule.mergeKind).join(' and ');
      return `${type}: all of ${partners}, because each has a part of the ${fields || 'entity'} (@gather)`;
    }
    if (!route) return `${type}: no partner, because no rule names its owner`;
    return `${type}: the owner that \`${route.by.join('.')}\` names (@route), one of ${partners}`;
  });
}

function describeRoot({ route, gather }: RootFieldPlan, partners: readonly string[]): string {
  if (route) return `the owner that \`${route.by.join('.')}\` names (@route)`;
  if (!gather) return 'no partner';
  const { mergeKind, orderBy, narrowBy, ownerOnly } = gather.rule;
  const namesOf = (paths: readonly (readonly string[])[]) =>
    paths.map((path) => `\`${path.join('.')}\``).join(' or ');
  const all = `all of ${partners.join(', ')} (@gather), merged as a ${mergeKind}`;
  const order = orderBy.length > 0 ? ` in the order of ${orderBy.join(', ')}` : '';
  const narrow =
    narrowBy.length > 0
      ? `; only the owner where ${namesOf(narrowBy.map(({ by }) => by))} names one`
      : '';
  const guard =
    ownerOnly.length > 0
      ? `; otherwise refused with ${namesOf(ownerOnly)}, for the owner alone`
      : '';
  return `${all}${order}${narrow}${guard}`;
}
