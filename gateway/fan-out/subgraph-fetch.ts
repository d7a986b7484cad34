import type { CodeMeter } from '../engine/codegen/code-unit.js';
import type { Slices } from '../engine/documents/slices.js';
import { askEntities, type RequestedEntities } from './ask-entities.js';
import { askPartner, soleCode, type Settled } from './ask-partner.js';
import type { Fetch, FetchCall, SubgraphPartners } from './fetch.js';
import { givesArgument, isPathIn } from './partners/asked-for.js';
import type { PartnerError } from './partners/read-response.js';
import { createFanOutPlan } from './plan/fan-out-plan.js';
import type { RootFieldPlan, RootsPlan } from './plan/plan-roots.js';
import { recordMissing, recordPartnerError, recordRefusal } from './record-errors.js';
import { checkContribution, checkPresence } from './response/check-contribution.js';
import { InvalidResponse } from './response/compile-projection.js';
import { mergeContributions } from './response/merge-contributions.js';
import type { MergePlan } from './response/merge-plan.js';
import { relocate } from './response/relocate-path.js';
import { findSharedRefusals, sortErrors, type ErrorsAt } from './response/sort-errors.js';
import {
  findOpenArgument,
  findPageFault,
  placeOf,
  readArgument,
  type Fault,
} from './root-arguments.js';
import { findOwner } from './rules/fan-out-rules.js';

/** The partners of a root field. Undefined if the field is refused without a request. */
interface Assignment {
  readonly field: RootFieldPlan;
  readonly partners: readonly string[];
}

/**
 * Fans the root fields of a fetch out to their partners, each field by itself, and merges the
 * responses.
 */
async function askRoots(plan: RootsPlan, fetch: Fetch): Promise<Row> {
  const data: Row = {};
  const assignments: Assignment[] = [];
  for (const field of plan.fields) {
    data[field.key] = null;
    const partners = assign(field, fetch);
    if (partners) assignments.push({ field, partners });
  }
  // A single partner gets its mutations together and in order. With several partners, each mutation
  // is sent by itself.
  const isOneByOne = plan.isMutation && fetch.subgraph.model.rules !== undefined;
  const batches = isOneByOne ? assignments.map((assignment) => [assignment]) : [assignments];
  for (const batch of batches) Object.assign(data, await askBatch(plan, fetch, batch));
  return data;
}

/**
 * The partners of a field. If its arguments name no partner, the field is refused or empty, and no
 * request is sent.
 */
function assign(field: RootFieldPlan, fetch: Fetch): readonly string[] | undefined {
  const { subgraph, operation, path, variables } = fetch;
  const { rules } = subgraph.model;
  if (!rules) return [soleCode(subgraph)];
  const node = field.tops[0]?.field;
  const refuse = (code: 'BAD_USER_INPUT' | 'NOT_FOUND', { by, message }: Fault) => {
    const extensions = { argument: by.join('.') };
    const details = message === undefined ? {} : { message };
    operation.recordError({ path: [...path, field.key], code, extensions, ...details });
    return undefined;
  };
  if (field.route) {
    const value = readArgument(node, field.route.by, variables);
    const owner = findOwner(value, field.route.scalar, rules.partners);
    if (owner) return [owner];
    if (owner === null) operation.recordUncovered(value);
    return refuse(owner === undefined ? 'BAD_USER_INPUT' : 'NOT_FOUND', field.route);
  }
  if (!field.gather) return [];
  const { narrowBy, mergeKind } = field.gather.rule;
  const fault = findOpenArgument(field.gather.rule, node, variables);
  if (fault) return refuse('BAD_USER_INPUT', fault);
  let partners = rules.contributors;
  for (const rule of narrowBy) {
    const value = readArgument(node, rule.by, variables);
    if (value === null || value === undefined) continue;
    const owner = findOwner(value, rule.scalar, rules.partners);
    if (owner === undefined) return refuse('BAD_USER_INPUT', rule);
    if (owner === null) operation.recordUncovered(value);
    partners = partners.filter((partner) => partner === owner);
  }
  if (mergeKind === 'connection') {
    const argument = findPageFault(field, variables);
    if (argument !== undefined) return refuse('BAD_USER_INPUT', { by: [argument] });
  }
  return partners;
}

async function askBatch(
  plan: RootsPlan,
  fetch: Fetch,
  assignments: readonly Assignment[],
): Promise<Row> {
  const keysOf = new Map<string, string[]>();
  for (const { field, partners } of assignments) {
    for (const partner of partners)
      keysOf.set(partner, [...(keysOf.get(partner) ?? []), field.key]);
  }
  const settled = new Map(
    await Promise.all(
      [...keysOf].map(async ([partner, keys]) => {
        const response = await askFields(plan, fetch, partner, keys);
        const errors = 'failure' in response ? [] : response.errors;
        const errorsAt = sortErrors(errors, 0, fetch.subgraph.missedAs);
        return [partner, { response, errorsAt }] as const;
      }),
    ),
  );
  const data: Row = {};
  for (const { field, partners } of assignments) {
    data[field.key] = settleField(plan, fetch, field, partners, settled);
  }
  return data;
}

function askFields(
  plan: RootsPlan,
  fetch: Fetch,
  partner: string,
  keys: readonly string[],
): Promise<Settled<Row>> {
  const { document, keys: asked, project } = plan.requestFor(keys);
  const { variables } = fetch;
  const request = { document, variables, isRepeatable: !plan.isMutation };
  return askPartner<Row>(fetch, partner, request, {
    isAskedPath: (path) => asked.has(String(path[0])) && isPathIn([plan.selectionSet], path),
    isPassedOn: (argument) =>
      plan.fields.some(
        ({ key, tops }) =>
          asked.has(key) && tops.some(({ field }) => givesArgument(field, argument, variables)),
      ),
    project(data, context, errors) {
      if (data === null) return {};
      const projected = project(data, context);
      const errorsAt = sortErrors(errors, 0, fetch.subgraph.missedAs);
      for (const field of plan.fields) {
        if (!field.gather) continue;
        const value = projected[field.key];
        checkPresence(field.gather, value, () => errorsAt(field.key).length > 0);
        checkContribution(field.gather, value, placeOf(field, variables));
      }
      return projected;
    },
  });
}

/**
 * Builds the value of one root field from the responses. An error at the field reports each missing
 * partner.
 */
function settleField(
  plan: RootsPlan,
  fetch: Fetch,
  field: RootFieldPlan,
  partners: readonly string[],
  settled: ReadonlyMap<string, { readonly response: Settled<Row>; readonly errorsAt: ErrorsAt }>,
): unknown {
  const place = [...fetch.path, field.key];
  const values: unknown[] = [];
  const errorsByPartner: (readonly PartnerError[])[] = [];
  const found: { readonly partner: string; readonly error: PartnerError; readonly own: unknown }[] =
    [];
  let isComplete = true;
  for (const partner of partners) {
    const asked = settled.get(partner);
    if (!asked) throw new InvalidResponse('A partner got no request.');
    const { response, errorsAt } = asked;
    if ('failure' in response) {
      isComplete = false;
      recordMissing(fetch, response.cause ?? partner, response.failure, place);
      continue;
    }
    const value = response.data[field.key] ?? null;
    const own = errorsAt(field.key);
    for (const error of own) found.push({ partner, error, own: value });
    const isRefused = own.some(({ path }) => path === undefined || path.length === 1);
    if (isRefused) isComplete = false;
    if (plan.isMutation && !isRefused) fetch.operation.recordWritten(field.key);
    values.push(value);
    errorsByPartner.push(own);
  }
  const merged = field.gather
    ? mergeField(field, field.gather, values, isComplete, fetch)
    : (values[0] ?? null);
  const isShared = field.gather ? findSharedRefusals(errorsByPartner, 1) : () => false;
  for (const { partner, error, own } of found) {
    const inner = error.path?.slice(1) ?? [];
    const moved = field.gather ? relocate(inner, own, merged) : inner;
    if (isShared(error)) recordRefusal(fetch, error, place);
    else if (moved) recordPartnerError(fetch, partner, error, place, moved);
  }
  return merged;
}

function mergeField(
  field: RootFieldPlan,
  gather: MergePlan,
  values: readonly unknown[],
  isComplete: boolean,
  { variables }: Fetch,
): unknown {
  // If every partner that responded withheld the list, the list is withheld and not empty.
  if (values.length > 0 && values.every((value) => value === null)) return null;
  return mergeContributions(gather, values, { place: placeOf(field, variables), isComplete });
}

export type Row = Record<string, unknown>;

/**
 * A prepared fetch of the engine’s plan. One partner or many partners serve it.
 *
 * It returns data only, checked and projected. Errors go into the operation’s record.
 */
export type SubgraphFetch = {
  /** What its rows have in place of fields. Each row has all its slices or none. @default nothing */
  readonly slices?: Slices;
} & (
  | { readonly kind: 'roots'; ask(call: FetchCall): Promise<Row> }
  | {
      readonly kind: 'entities';
      /** The response keys that an entity may have. */
      readonly keys: readonly string[];
      /** The entities, in the order of their representations. */
      ask(call: FetchCall, entities: RequestedEntities): Promise<(Row | null)[]>;
    }
);

export interface FetchText {
  /** The text of the fetch in the engine’s plan. */
  readonly text: string;
  /** The client’s name of the operation. */
  readonly operationName: string | undefined;
  /** What the fetch may leave as text. @default nothing */
  readonly slices?: Slices;
}

/** Prepares a fetch for its subgraph, so that nothing is parsed or printed when it runs. */
export function prepareFetch(
  subgraph: SubgraphPartners,
  { text, operationName, slices: offered }: FetchText,
  meter?: CodeMeter,
): SubgraphFetch {
  const plan = createFanOutPlan(subgraph.model, text, operationName, meter, offered);
  const { slices } = plan.slicing;
  // Written out: V8 makes new hidden classes for each `{ ...call, more }`, and reads them slowly.
  const toFetch = ({ operation, variables, path }: FetchCall): Fetch => ({
    operation,
    variables,
    path,
    subgraph,
    text,
  });
  if (plan.kind === 'roots')
    return { kind: 'roots', slices, ask: (call) => askRoots(plan, toFetch(call)) };
  return {
    kind: 'entities',
    slices,
    keys: plan.keys,
    ask: (call, entities) => askEntities(plan, toFetch(call), entities),
  };
}
