import { pageSize } from '@hub/shared/pagination';
import {
  askPartner,
  recordMissing,
  recordPartnerError,
  soleCode,
  type Settled,
} from './ask-partner.js';
import { checkContribution } from './check-contribution.js';
import type { Fetch } from './fetch.js';
import { joinValues } from './join.js';
import { locateRepresentations } from './locate.js';
import type { EntitiesPlan, EntityTypePlan } from './plan-entities.js';
import { InvalidAnswer } from './project.js';
import { isPathIn, type PartnerError } from './read-answer.js';
import { readOwner } from './read-owner.js';
import { relocate } from './relocate.js';
import { areMet } from './selection.js';

type Row = Record<string, unknown>;

/** How many representations a partner takes in one request. */
const maxRepresentations = 1_000;

/** One entity that the fetch is about, however often the engine asks for it. */
interface Asked {
  readonly representation: Row;
  readonly plan: EntityTypePlan;
  /** Its places in the engine’s list. */
  readonly indices: number[];
  readonly partners: readonly string[];
}

/** What one partner contributes to an entity. */
interface Contribution {
  readonly partner: string;
  readonly answer:
    { readonly entity: Row | null; readonly errors: readonly PartnerError[] } | { fault: FaultOf };
}
type FaultOf = Extract<Settled<unknown>, { fault: unknown }>['fault'];

/** Spreads the representations of an entity fetch over their partners, and puts the entities back in their places. */
export async function askEntities(
  plan: EntitiesPlan,
  fetch: Fetch,
): Promise<{ _entities: (Row | null)[] }> {
  const representations = fetch.variables.representations as Row[];
  const asked = readAsked(plan, fetch, representations);
  const contributions = await askAll(plan, fetch, asked);
  const places = once(() =>
    locateRepresentations(fetch.operation.tree, fetch.path, representations),
  );
  const entities: (Row | null)[] = representations.map(() => null);
  for (const [index, item] of asked.entries()) {
    const own = contributions[index] ?? [];
    const entity = settleEntity(item, own, fetch);
    for (const contribution of own) recordErrors(fetch, item, contribution, entity, places);
    item.indices.forEach((place, repeat) => {
      // The engine renames and merges in place: each place needs an entity of its own.
      entities[place] = repeat === 0 ? entity : structuredClone(entity);
    });
  }
  return { _entities: entities };
}

/** Each representation once, with those who answer for it. */
function readAsked(plan: EntitiesPlan, fetch: Fetch, representations: readonly Row[]): Asked[] {
  const asked = new Map<string, Asked>();
  representations.forEach((representation, index) => {
    const text = JSON.stringify(representation);
    const known = asked.get(text);
    if (known) {
      known.indices.push(index);
      return;
    }
    const typePlan = plan.typePlan(representation);
    if (!typePlan)
      throw new Error(`${fetch.slice.model.name} knows no ${String(representation.__typename)}.`);
    const partners = partnersOf(fetch, typePlan, representation);
    asked.set(text, { representation, plan: typePlan, indices: [index], partners });
  });
  return [...asked.values()];
}

function partnersOf(
  { slice }: Fetch,
  { route, gathered }: EntityTypePlan,
  representation: Row,
): readonly string[] {
  const { rules } = slice.model;
  if (!rules) return [soleCode(slice.ports)];
  if (gathered) return rules.partners;
  const owner = route && readOwner(representation[route.by[0] ?? ''], route.scalar, rules.partners);
  return owner ? [owner] : [];
}

/** What each partner contributes to each entity. */
async function askAll(
  plan: EntitiesPlan,
  fetch: Fetch,
  asked: readonly Asked[],
): Promise<Contribution[][]> {
  const contributions: Contribution[][] = asked.map(() => []);
  const itemsOf = new Map<string, number[]>();
  asked.forEach(({ partners }, item) => {
    for (const partner of partners) {
      const items = itemsOf.get(partner);
      if (items) items.push(item);
      else itemsOf.set(partner, [item]);
    }
  });
  const requests = [...itemsOf].flatMap(([partner, items]) =>
    chunk(items, maxRepresentations).map(async (part) => {
      const settled = await askSome(
        plan,
        fetch,
        partner,
        part.flatMap((item) => asked[item] ?? []),
      );
      part.forEach((item, index) => {
        const answer =
          'fault' in settled
            ? settled
            : {
                entity: settled.data[index] ?? null,
                errors: settled.errors.filter((error) => concerns(error, index)),
              };
        contributions[item]?.push({ partner, answer });
      });
    }),
  );
  await Promise.all(requests);
  return contributions;
}

function askSome(
  plan: EntitiesPlan,
  fetch: Fetch,
  partner: string,
  items: readonly Asked[],
): Promise<Settled<(Row | null)[]>> {
  const types = [...new Map(items.map(({ plan: type }) => [type.echo.name, type])).values()];
  const variables = {
    ...fetch.variables,
    representations: items.map((item) => item.representation),
  };
  return askPartner<(Row | null)[]>(
    { ...fetch, variables },
    partner,
    plan.documentFor(types),
    true,
    {
      isAskedPath: ([root, index, ...inner]) =>
        root === '_entities' &&
        (index === undefined ||
          (typeof index === 'number' &&
            index >= 0 &&
            index < items.length &&
            isPathIn(items[index]?.plan.sets ?? [], inner))),
      project(data, context, errors) {
        if (data === null) return items.map(() => null);
        const entities = data._entities;
        if (!Array.isArray(entities) || entities.length !== items.length) {
          throw new InvalidAnswer('Not as many entities as were asked.');
        }
        return items.map(({ representation, plan: type }, index) => {
          const raw: unknown = entities[index];
          if (raw === null) {
            // Everybody contributes to a gathered entity, with nothing in it if need be. Only an error explains a null.
            if (type.gathered && !errors.some((error) => concerns(error, index))) {
              throw new InvalidAnswer(`${type.type.name} is null, and no error says why.`);
            }
            return null;
          }
          const entity = type.project(raw, context);
          type.echo.take(entity, representation);
          for (const [key, join] of type.gathered ?? [])
            checkContribution(join, entity[key], pageSize.default);
          return entity;
        });
      },
    },
  );
}

/** True for an error of this entity, or of all. */
const concerns = ({ path }: PartnerError, index: number): boolean =>
  path?.[1] === undefined || path[1] === index;

function recordErrors(
  fetch: Fetch,
  { indices, plan }: Asked,
  { partner, answer }: Contribution,
  settled: Row | null,
  places: () => readonly (readonly (string | number)[])[],
): void {
  const isFault = 'fault' in answer;
  if (!isFault && answer.errors.length === 0) return;
  for (const index of indices) {
    const place = places()[index] ?? fetch.path;
    if (isFault) recordMissing(fetch, partner, answer.fault, place);
    else {
      for (const error of answer.errors) {
        const [key, ...rest] = error.path?.slice(2) ?? [];
        const isGathered = typeof key === 'string' && plan.gathered?.has(key);
        const moved = isGathered ? relocate(rest, answer.entity?.[key], settled?.[key]) : rest;
        if (!moved) continue;
        const inner = key === undefined ? [] : [key, ...moved];
        recordPartnerError(fetch, partner, error, place, inner);
      }
    }
  }
}

/** The entity from what its partners contribute. Who is missing leaves nulls, so that the engine’s later steps still run. */
function settleEntity(
  item: Asked,
  contributions: readonly Contribution[],
  fetch: Fetch,
): Row | null {
  const answers = contributions.flatMap(({ answer }) => ('fault' in answer ? [] : [answer]));
  const { gathered } = item.plan;
  if (!gathered) {
    if (answers[0]) return answers[0].entity;
    return fetch.slice.model.isContracted ? fill(item, fetch) : null;
  }
  const filled = fill(item, fetch);
  for (const [key, join] of gathered) {
    if (!(key in filled)) continue;
    const values = answers.map(({ entity }) => entity?.[key] ?? null);
    const isComplete = answers.length === contributions.length && !values.includes(null);
    const isWithheld = values.length > 0 && values.every((value) => value === null);
    if (isWithheld) continue;
    filled[key] = joinValues(join, values, {
      first: pageSize.default,
      hasAfter: false,
      variables: fetch.variables,
      isComplete,
    });
  }
  return filled;
}

/**
 * The shape of an absent partner’s entity: the key that is known, null for the rest. It says its type only where that is
 * asked: to this slice it may be another than the one that is known already (`@interfaceObject`).
 */
function fill({ representation, plan }: Asked, { variables }: Fetch): Row {
  const filled: Row = {};
  for (const [key, tops] of plan.tops) {
    if (!tops.some(({ conditions }) => areMet(conditions, variables))) continue;
    filled[key] = representation[tops[0]?.field.name.value ?? key] ?? null;
  }
  return filled;
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += size)
    chunks.push(items.slice(start, start + size));
  return chunks;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
