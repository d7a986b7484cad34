import type { ResponsePath } from '../engine/documents/response-path.js';
import type { Settled } from './ask-partner.js';
import type { Fetch } from './fetch.js';
import type { PartnerError } from './partners/read-response.js';
import type { EntityTypePlan } from './plan/plan-entities.js';
import { recordMissing, recordPartnerError, recordRefusal } from './record-errors.js';
import { firstPage, mergeContributions } from './response/merge-contributions.js';
import { relocate } from './response/relocate-path.js';
import { findSharedRefusals, sortErrors } from './response/sort-errors.js';

type Row = Record<string, unknown>;

export interface RequestedEntity {
  readonly index: number;
  readonly representation: Row;
  readonly plan: EntityTypePlan;
  readonly partners: readonly string[];
}

/** One request to one partner, and its result. */
export interface Part {
  readonly partner: string;
  readonly items: readonly RequestedEntity[];
  readonly settled: Settled<(Row | null)[]>;
}

/** One partner’s contribution to an entity. */
interface Contribution {
  readonly partner: string;
  readonly response:
    | { readonly entity: Row | null; readonly errors: readonly PartnerError[] }
    | { failure: FailureOf };
}
type FailureOf = Extract<Settled<unknown>, { failure: unknown }>['failure'];

/**
 * Makes each entity from what its partners contribute, and records their errors at the client’s
 * paths to it.
 */
export function settleEntities(
  asked: readonly RequestedEntity[],
  parts: readonly Part[],
  fetch: Fetch,
  placesOf: (index: number) => readonly ResponsePath[],
): (Row | null)[] {
  const contributions = readContributions(asked, parts, fetch);
  return asked.map((item, index) => {
    const own = contributions[index] ?? [];
    const entity = settleEntity(item, own, fetch);
    const isShared = item.plan.gathered ? findSharedRefusals(errorsOf(own), 3) : () => false;
    for (const contribution of own) {
      recordErrors(fetch, item, contribution, entity, () => placesOf(index), isShared);
    }
    return entity;
  });
}

/** The errors of each partner that responded. */
const errorsOf = (contributions: readonly Contribution[]): (readonly PartnerError[])[] =>
  contributions.flatMap(({ response }) => ('failure' in response ? [] : [response.errors]));

/** The contributions to each entity. */
function readContributions(
  asked: readonly RequestedEntity[],
  parts: readonly Part[],
  { subgraph: { missedAs } }: Fetch,
): Contribution[][] {
  const contributions: Contribution[][] = asked.map(() => []);
  for (const { partner, items, settled } of parts) {
    const errorsAt = sortErrors('failure' in settled ? [] : settled.errors, 1, missedAs);
    items.forEach((item, index) => {
      const response =
        'failure' in settled
          ? settled
          : { entity: settled.data[index] ?? null, errors: errorsAt(index) };
      contributions[item.index]?.push({ partner, response });
    });
  }
  return contributions;
}

function recordErrors(
  fetch: Fetch,
  { plan, representation }: RequestedEntity,
  { partner, response }: Contribution,
  settled: Row | null,
  placesOf: () => readonly ResponsePath[],
  isShared: (error: PartnerError) => boolean,
): void {
  const isFailure = 'failure' in response;
  if (!isFailure && response.errors.length === 0) return;
  const fields = isFailure ? [...plan.tops.keys()] : undefined;
  // Once for all places: both may be thousands.
  const own = isFailure
    ? []
    : response.errors.flatMap((error) => {
        const [key, ...rest] = error.path?.slice(2) ?? [];
        const isGathered = typeof key === 'string' && plan.gathered?.has(key);
        const moved = isGathered ? relocate(rest, response.entity?.[key], settled?.[key]) : rest;
        const inner = key === undefined ? [] : [key, ...(moved ?? [])];
        return moved ? [{ error, inner, isOfAll: isShared(error) }] : [];
      });
  for (const [index, place] of placesOf().entries()) {
    // The first place records the partner’s status as well. Once the record of errors is full, no
    // more places are needed.
    if (index > 0 && fetch.operation.isFull) return;
    if (isFailure) recordMissing(fetch, partner, response.failure, place, fields);
    for (const { error, inner, isOfAll } of own) {
      const path = [...place, ...inner];
      if (isGiven(error.dangling, representation))
        fetch.operation.recordDangling(
          path,
          { owner: partner, representation: { id: error.dangling } },
          prefixOf(representation['id']),
        );
      else if (isOfAll) recordRefusal(fetch, error, path);
      else recordPartnerError(fetch, partner, error, place, inner);
    }
  }
}

/** True for an id that the partner was given. It cannot complain about another. */
const isGiven = (id: string | undefined, representation: Row): id is string =>
  id !== undefined && Object.values(representation).includes(id);

/** The organisation that owns an id, and so gave what the entity refers to. */
export const prefixOf = (id: unknown): string | undefined =>
  typeof id === 'string' ? /^[a-z]+(?=:)/.exec(id)?.[0] : undefined;

/**
 * Builds an entity from the contributions. A missing partner leaves nulls, so that later steps of
 * the engine still run.
 */
function settleEntity(
  item: RequestedEntity,
  contributions: readonly Contribution[],
  fetch: Fetch,
): Row | null {
  const responses = contributions.flatMap(({ response }) =>
    'failure' in response ? [] : [response],
  );
  const { gathered } = item.plan;
  if (!gathered) {
    if (responses[0]) return responses[0].entity;
    return fetch.subgraph.model.isContracted ? fill(item) : null;
  }
  const filled = fill(item);
  for (const [key, plan] of gathered) {
    if (!(key in filled)) continue;
    const values = responses.map(({ entity }) => entity?.[key] ?? null);
    const isComplete = responses.length === contributions.length && !values.includes(null);
    const isWithheld = values.length > 0 && values.every((value) => value === null);
    if (isWithheld) continue;
    filled[key] = mergeContributions(plan, values, { place: firstPage, isComplete });
  }
  return filled;
}

/**
 * An entity of an unavailable partner: its key, and null for the rest. It has a type name only if
 * that was selected, because another subgraph may know a more specific type (`@interfaceObject`).
 */
function fill({ representation, plan }: RequestedEntity): Row {
  const filled: Row = {};
  for (const [key, [top]] of plan.tops) {
    // The representation may have the same field with other arguments, for a `@requires`.
    const isKnown = top && !top.field.arguments?.length;
    filled[key] = (isKnown ? representation[top.field.name.value] : undefined) ?? null;
  }
  return filled;
}
