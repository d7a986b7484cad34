import { pageSize } from '@hub/shared/pagination';
import type { ResponsePath } from '../documents/response-path.js';
import { isPathIn, type PartnerError } from '../partners/read-response.js';
import {
  askPartner,
  recordMissing,
  recordPartnerError,
  recordRefusal,
  soleCode,
  type Settled,
} from './ask-partner.js';
import type { Fetch } from './fetch.js';
import type { EntitiesPlan, EntityTypePlan } from './plan/plan-entities.js';
import { checkContribution, checkPresence } from './response/check-contribution.js';
import { InvalidAnswer, type ProjectionContext } from './response/compile-projection.js';
import { joinValues } from './response/merge-contributions.js';
import { relocate } from './response/relocate-path.js';
import { findSharedRefusals } from './response/shared-refusals.js';
import { sortErrors, type ErrorsAt } from './response/sort-errors.js';
import { readOwner } from './rules/read-owner.js';

type Row = Record<string, unknown>;

/** How many representations a partner takes in one request. */
const maxRepresentations = 1_000;

/** What an entity fetch is about: each entity once, however often the operation has it. */
export interface AskedEntities {
  readonly representations: readonly Row[];
  /** The client’s paths of one of them. */
  placesOf(index: number): readonly ResponsePath[];
}

interface Asked {
  readonly index: number;
  readonly representation: Row;
  readonly plan: EntityTypePlan;
  readonly partners: readonly string[];
}

/** What one partner was asked in one request, and what came of it. */
interface Part {
  readonly partner: string;
  readonly items: readonly Asked[];
  readonly settled: Settled<(Row | null)[]>;
}

/** What one partner contributes to an entity. */
interface Contribution {
  readonly partner: string;
  readonly answer:
    { readonly entity: Row | null; readonly errors: readonly PartnerError[] } | { fault: FaultOf };
}
type FaultOf = Extract<Settled<unknown>, { fault: unknown }>['fault'];

/** Spreads the representations of an entity fetch over their partners. The entities come in the same order. */
export async function askEntities(
  plan: EntitiesPlan,
  fetch: Fetch,
  entities: AskedEntities,
): Promise<(Row | null)[]> {
  const partnersOf = createPartnersOf(fetch);
  const asked = entities.representations.map((representation, index): Asked => {
    const typePlan = plan.typePlan(representation);
    if (!typePlan)
      throw new Error(`${fetch.slice.model.name} knows no ${String(representation.__typename)}.`);
    const partners = partnersOf(typePlan, representation);
    return { index, representation, plan: typePlan, partners };
  });
  const parts = await askAll(plan, fetch, asked);
  const isPlain = parts.every(
    ({ settled }) => !('fault' in settled) && settled.errors.length === 0,
  );
  if (isPlain && asked.every(isAnsweredByOne)) return placeAnswers(asked, parts);
  const contributions = readContributions(asked, parts, fetch);
  return asked.map((item, index) => {
    const own = contributions[index] ?? [];
    const entity = settleEntity(item, own, fetch);
    const isShared = item.plan.gathered ? findSharedRefusals(errorsOf(own), 3) : () => false;
    for (const contribution of own) {
      const placesOf = () => entities.placesOf(index);
      recordErrors(fetch, item, contribution, entity, placesOf, isShared);
    }
    return entity;
  });
}

/** The errors of each partner that responded. */
const errorsOf = (contributions: readonly Contribution[]): (readonly PartnerError[])[] =>
  contributions.flatMap(({ answer }) => ('fault' in answer ? [] : [answer.errors]));

const isAnsweredByOne = ({ plan, partners }: Asked): boolean =>
  !plan.gathered && partners.length === 1;

function placeAnswers(asked: readonly Asked[], parts: readonly Part[]): (Row | null)[] {
  const placed: (Row | null)[] = asked.map(() => null);
  for (const { items, settled } of parts) {
    if ('fault' in settled) continue;
    items.forEach((item, index) => (placed[item.index] = settled.data[index] ?? null));
  }
  return placed;
}

type PartnersOf = (plan: EntityTypePlan, representation: Row) => readonly string[];

/** Makes what tells who answers for a representation. */
function createPartnersOf({ slice }: Fetch): PartnersOf {
  const { rules } = slice.model;
  if (!rules) {
    const sole = [soleCode(slice.ports)];
    return () => sole;
  }
  return ({ route, gathered }, representation) => {
    if (gathered) return rules.partners;
    const by = route?.by[0] ?? '';
    const owner = route && readOwner(representation[by], route.scalar, rules.partners);
    return owner ? [owner] : [];
  };
}

/** Asks each partner for what it answers. */
function askAll(plan: EntitiesPlan, fetch: Fetch, asked: readonly Asked[]): Promise<Part[]> {
  const itemsOf = new Map<string, Asked[]>();
  for (const item of asked) {
    for (const partner of item.partners) {
      const items = itemsOf.get(partner);
      if (items) items.push(item);
      else itemsOf.set(partner, [item]);
    }
  }
  const requests = [...itemsOf].flatMap(([partner, all]) =>
    chunk(all, maxRepresentations).map(async (items): Promise<Part> => {
      return { partner, items, settled: await askSome(plan, fetch, partner, items) };
    }),
  );
  return Promise.all(requests);
}

/** What each partner contributes to each entity. */
function readContributions(
  asked: readonly Asked[],
  parts: readonly Part[],
  { slice: { missedAs } }: Fetch,
): Contribution[][] {
  const contributions: Contribution[][] = asked.map(() => []);
  for (const { partner, items, settled } of parts) {
    const errorsAt = sortErrors('fault' in settled ? [] : settled.errors, 1, missedAs);
    items.forEach((item, index) => {
      const answer =
        'fault' in settled
          ? settled
          : { entity: settled.data[index] ?? null, errors: errorsAt(index) };
      contributions[item.index]?.push({ partner, answer });
    });
  }
  return contributions;
}

function askSome(
  plan: EntitiesPlan,
  fetch: Fetch,
  partner: string,
  items: readonly Asked[],
): Promise<Settled<(Row | null)[]>> {
  const types = new Map<string, EntityTypePlan>();
  for (const { plan: type } of items) types.set(type.echo.name, type);
  const variables = {
    ...fetch.variables,
    representations: items.map((item) => item.representation),
  };
  return askPartner<(Row | null)[]>(
    fetch,
    partner,
    { document: plan.documentFor([...types.values()]), variables, isRepeatable: true },
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
        const errorsAt = sortErrors(errors, 1, fetch.slice.missedAs);
        return items.map((item, index) =>
          projectEntity(item, entities[index], index, context, errorsAt),
        );
      },
    },
  );
}

/** @throws InvalidAnswer */
function projectEntity(
  { representation, plan: { type, project, echo, gathered } }: Asked,
  raw: unknown,
  index: number,
  context: ProjectionContext,
  errorsAt: ErrorsAt,
): Row | null {
  if (raw === null) {
    // Everybody contributes to a gathered entity, with nothing in it if need be. Only an error explains a null.
    if (gathered && errorsAt(index).length === 0) {
      throw new InvalidAnswer(`${type.name} is null, and no error says why.`);
    }
    return null;
  }
  const entity = project(raw, context);
  echo.check(raw as Row, representation);
  if (!gathered) return entity;
  for (const [key, join] of gathered) {
    const isHere = ({ path }: PartnerError) => path?.[2] === undefined || path[2] === key;
    checkPresence(join, entity[key], () => errorsAt(index).some(isHere));
    checkContribution(join, entity[key], pageSize.default);
  }
  return entity;
}

function recordErrors(
  fetch: Fetch,
  { plan }: Asked,
  { partner, answer }: Contribution,
  settled: Row | null,
  placesOf: () => readonly ResponsePath[],
  isShared: (error: PartnerError) => boolean,
): void {
  const isFault = 'fault' in answer;
  if (!isFault && answer.errors.length === 0) return;
  for (const [index, place] of placesOf().entries()) {
    // What an error says of its partner is recorded at the first place; a full record takes no further place.
    if (index > 0 && fetch.operation.isFull) return;
    if (isFault) recordMissing(fetch, partner, answer.fault, place);
    else {
      for (const error of answer.errors) {
        const [key, ...rest] = error.path?.slice(2) ?? [];
        const isGathered = typeof key === 'string' && plan.gathered?.has(key);
        const moved = isGathered ? relocate(rest, answer.entity?.[key], settled?.[key]) : rest;
        if (!moved) continue;
        const inner = key === undefined ? [] : [key, ...moved];
        if (isShared(error)) recordRefusal(fetch, error, [...place, ...inner]);
        else recordPartnerError(fetch, partner, error, place, inner);
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
    return fetch.slice.model.isContracted ? fill(item) : null;
  }
  const filled = fill(item);
  for (const [key, join] of gathered) {
    if (!(key in filled)) continue;
    const values = answers.map(({ entity }) => entity?.[key] ?? null);
    const isComplete = answers.length === contributions.length && !values.includes(null);
    const isWithheld = values.length > 0 && values.every((value) => value === null);
    if (isWithheld) continue;
    filled[key] = joinValues(join, values, {
      first: pageSize.default,
      hasAfter: false,
      isComplete,
    });
  }
  return filled;
}

/**
 * The shape of an absent partner’s entity: the key that is known, null for the rest. It says its type only where that is
 * asked: to this slice it may be another than the one that is known already (`@interfaceObject`).
 */
function fill({ representation, plan }: Asked): Row {
  const filled: Row = {};
  for (const [key, [top]] of plan.tops) {
    // What is known of a field with arguments was selected with others, for a `@requires`.
    const isKnown = top && !top.field.arguments?.length;
    filled[key] = (isKnown ? representation[top.field.name.value] : undefined) ?? null;
  }
  return filled;
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += size)
    chunks.push(items.slice(start, start + size));
  return chunks;
}
