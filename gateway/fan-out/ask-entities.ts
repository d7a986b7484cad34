import type { ResponsePath } from '../engine/documents/response-path.js';
import { askPartner, soleCode, type Settled } from './ask-partner.js';
import type { Fetch } from './fetch.js';
import { givesArgument, isPathIn } from './partners/asked-for.js';
import { mostRepresentations } from './partners/partner-port.js';
import type { PartnerError } from './partners/read-response.js';
import type { EntitiesPlan, EntityTypePlan } from './plan/plan-entities.js';
import { checkContribution, checkPresence } from './response/check-contribution.js';
import { InvalidResponse, type ProjectionContext } from './response/compile-projection.js';
import { firstPage } from './response/merge-contributions.js';
import { sortErrors, type ErrorsAt } from './response/sort-errors.js';
import { findOwner } from './rules/fan-out-rules.js';
import { prefixOf, settleEntities, type Part, type RequestedEntity } from './settle-entities.js';
import type { Lacks } from './skew/lacks.js';

type Row = Record<string, unknown>;

/**
 * The entities of an entity fetch. Each entity is there once, however often the operation selects
 * it.
 */
export interface RequestedEntities {
  readonly representations: readonly Row[];
  /** The client’s paths to one of them. */
  placesOf(index: number): readonly ResponsePath[];
  /**
   * One of them does not exist.
   * @param owner the partner that owns its id. Undefined if the id names no partner
   */
  recordDangling?(index: number, owner: string | undefined): void;
}

/**
 * Fans the representations of an entity fetch out to their partners. Returns the entities in the
 * same order.
 */
export async function askEntities(
  plan: EntitiesPlan,
  fetch: Fetch,
  entities: RequestedEntities,
): Promise<(Row | null)[]> {
  const partnersOf = createPartnersOf(fetch);
  const asked = entities.representations.map((representation, index): RequestedEntity => {
    const typePlan = plan.typePlan(representation);
    if (!typePlan)
      throw new Error(
        `${fetch.subgraph.model.name} has no type ${String(representation.__typename)}.`,
      );
    const partners = partnersOf(typePlan, representation);
    return { index, representation, plan: typePlan, partners };
  });
  const parts = await askPartners(plan, fetch, asked);
  const { isContracted } = fetch.subgraph.model;
  if (isContracted && fetch.subgraph.areNamed) recordDangling(asked, parts, entities);
  const isPlain = parts.every(
    ({ settled }) => !('failure' in settled) && settled.errors.length === 0,
  );
  if (isPlain && asked.every(hasOnePartner)) return placeEntities(asked, parts);
  return settleEntities(asked, parts, fetch, (index) => entities.placesOf(index));
}

/**
 * Records the entities that their owner does not have: it responds null, and no error says why.
 * What others contribute to an entity shows nothing.
 */
function recordDangling(
  asked: readonly RequestedEntity[],
  parts: readonly Part[],
  { recordDangling: record }: RequestedEntities,
): void {
  if (!record) return;
  for (const { index, partners } of asked) if (partners.length === 0) record(index, undefined);
  for (const { partner, items, settled } of parts) {
    if ('failure' in settled || !settled.data.includes(null)) continue;
    const places = new Set(settled.errors.map(({ path }) => path?.[1]));
    const isOfAll = places.has(undefined);
    items.forEach(({ index, plan, representation }, place) => {
      const isUnknown =
        settled.data[place] === null && !plan.gathered && !isOfAll && !places.has(place);
      if (isUnknown && mayOwn(partner, representation)) record(index, partner);
    });
  }
}

/** False if the prefix of the id names another organisation. Not all keys are ids. */
const mayOwn = (partner: string, { id }: Row): boolean => (prefixOf(id) ?? partner) === partner;

const hasOnePartner = ({ plan, partners }: RequestedEntity): boolean =>
  !plan.gathered && partners.length === 1;

function placeEntities(asked: readonly RequestedEntity[], parts: readonly Part[]): (Row | null)[] {
  const placed: (Row | null)[] = asked.map(() => null);
  for (const { items, settled } of parts) {
    if ('failure' in settled) continue;
    items.forEach((item, index) => (placed[item.index] = settled.data[index] ?? null));
  }
  return placed;
}

type PartnersOf = (plan: EntityTypePlan, representation: Row) => readonly string[];

/** Makes a function that tells which partners own or contribute to a representation. */
function createPartnersOf({ subgraph }: Fetch): PartnersOf {
  const { rules } = subgraph.model;
  if (!rules) {
    const sole = [soleCode(subgraph)];
    return () => sole;
  }
  return ({ route, gathered }, representation) => {
    if (gathered) return rules.contributors;
    const by = route?.by[0] ?? '';
    const owner = route && findOwner(representation[by], route.scalar, rules.partners);
    return owner ? [owner] : [];
  };
}

/** Sends each partner its representations. */
function askPartners(
  plan: EntitiesPlan,
  fetch: Fetch,
  asked: readonly RequestedEntity[],
): Promise<Part[]> {
  const itemsOf = new Map<string, RequestedEntity[]>();
  for (const item of asked) {
    for (const partner of item.partners) {
      const items = itemsOf.get(partner);
      if (items) items.push(item);
      else itemsOf.set(partner, [item]);
    }
  }
  const requests = [...itemsOf].flatMap(([partner, all]) =>
    splitRequests(all, fetch.subgraph.lacksOf?.(partner)).map(
      async ({ items, isLacking }): Promise<Part> => {
        if (!isLacking)
          return { partner, items, settled: await askBatch(plan, fetch, partner, items) };
        fetch.operation.recordStatus(partner, 'LACKS_FIELD');
        return { partner, items, settled: { failure: 'LACKS_FIELD' } };
      },
    ),
  );
  return Promise.all(requests);
}

/** Representations for one request, or those of types that the partner does not have. */
interface Split {
  readonly items: readonly RequestedEntity[];
  readonly isLacking: boolean;
}

function splitRequests(items: readonly RequestedEntity[], lacks: Lacks | undefined): Split[] {
  const isLacking = ({ plan }: RequestedEntity) => lacks?.has(plan.type.name) ?? false;
  const lacking = lacks ? items.filter(isLacking) : [];
  const known = lacking.length > 0 ? items.filter((item) => !isLacking(item)) : items;
  return [
    ...chunk(known, mostRepresentations).map((some) => ({ items: some, isLacking: false })),
    ...(lacking.length > 0 ? [{ items: lacking, isLacking: true }] : []),
  ];
}

function askBatch(
  plan: EntitiesPlan,
  fetch: Fetch,
  partner: string,
  items: readonly RequestedEntity[],
): Promise<Settled<(Row | null)[]>> {
  const types = new Map<string, EntityTypePlan>();
  for (const { plan: type } of items) types.set(type.keyCheck.name, type);
  const document = plan.documentFor([...types.values()]);
  const representations = items.map((item) => item.representation);
  // Most documents have no other variable, and the copy costs more than the call.
  const variables =
    document.variables.length > 1 ? { ...fetch.variables, representations } : { representations };
  return askPartner<(Row | null)[]>(
    fetch,
    partner,
    {
      document,
      variables,
      isRepeatable: true,
      // The document names only the types that were found, and the caller may not know of them.
      shown: fetch.text,
    },
    {
      isAskedPath: ([root, index, ...inner]) =>
        root === '_entities' &&
        (index === undefined ||
          (typeof index === 'number' &&
            index >= 0 &&
            index < items.length &&
            isPathIn(items[index]?.plan.sets ?? [], inner))),
      isPassedOn: (argument) =>
        [...types.values()].some(({ sets }) =>
          sets.some((set) => givesArgument(set, argument, variables)),
        ),
      project(data, context, errors) {
        if (data === null) return items.map(() => null);
        const entities = data._entities;
        if (!Array.isArray(entities) || entities.length !== items.length) {
          throw new InvalidResponse(
            'The number of entities differs from the number of representations.',
          );
        }
        const errorsAt = sortErrors(errors, 1, fetch.subgraph.missedAs);
        return items.map((item, index) =>
          projectEntity(item, entities[index], index, context, errorsAt),
        );
      },
    },
  );
}

/** @throws InvalidResponse */
function projectEntity(
  { representation, plan: { type, project, keyCheck, gathered } }: RequestedEntity,
  raw: unknown,
  index: number,
  context: ProjectionContext,
  errorsAt: ErrorsAt,
): Row | null {
  if (raw === null) {
    // Every partner contributes to a gathered entity, even if it has nothing. Only an error can
    // explain a null.
    if (gathered && errorsAt(index).length === 0) {
      throw new InvalidResponse(`${type.name} is null without an error.`);
    }
    return null;
  }
  const entity = project(raw, context);
  keyCheck.check(raw as Row, representation);
  if (!gathered) return entity;
  for (const [key, plan] of gathered) {
    const isHere = ({ path }: PartnerError) => path?.[2] === undefined || path[2] === key;
    checkPresence(plan, entity[key], () => errorsAt(index).some(isHere));
    checkContribution(plan, entity[key], firstPage);
  }
  return entity;
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += size)
    chunks.push(items.slice(start, start + size));
  return chunks;
}
