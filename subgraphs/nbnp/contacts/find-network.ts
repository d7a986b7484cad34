import { pagination, readChosenIds } from '@hub/shared/database';
import { HubError, refuseInput } from '@hub/shared/errors';
import { codes, type PartnerContext } from '@hub/shared/policy';
import type { GraphQLResolveInfo } from 'graphql';
import { loadParty } from '../access/load-related.js';
import { ContactLevel } from '../entities/vocabulary.js';
import { engineOf } from './contact-engine.js';
import type { ContactFilter } from './contact.input.js';
import type { Centrality, ContactNetwork, ContactPath } from './contact.js';
import { compareIds } from './count-contacts.js';
import { toPair } from './counted-contacts.js';
import { loadContacts, waitingCallerOf } from './load-contacts.js';

/**
 * All shortest chains of contacts between two parties, at most `mostPaths`.
 * @throws HubError `BAD_USER_INPUT`, `QUERY_TOO_COMPLEX`, `OVERLOADED`
 */
export async function findPaths(
  context: PartnerContext,
  { from, to, filter }: { from: string; to: string; filter: ContactFilter | null },
  info: GraphQLResolveInfo,
): Promise<ContactPath[]> {
  const selection = { filter, about: [from, to] };
  const { counted, level, findActor } = await loadContacts(context, selection, info);
  const [start, end] = [from, to].map((id) => counted.indices.get(findActor(id) ?? ''));
  if (start === undefined || end === undefined) return [];
  const computation = { kind: 'paths', from: start, to: end } as const;
  const paths = await engineOf(context.source).compute(
    counted,
    computation,
    waitingCallerOf(context),
  );
  const { actors } = counted;
  return paths.map((path) => {
    const chain = path.flatMap((index) => actors[index] ?? []);
    const isRehearsal = chain
      .slice(1)
      .some((actor, index) => counted.rehearsed.has(toPair(chain[index] ?? actor, actor)));
    return { actors: chain, level, length: path.length - 1, isRehearsal };
  });
}

/**
 * The most central parties: by betweenness, then degree, then id.
 * @throws HubError `BAD_USER_INPUT`, `QUERY_TOO_COMPLEX`, `OVERLOADED`
 */
export async function findCentralities(
  context: PartnerContext,
  asked: { filter: ContactFilter | null; without: readonly string[] | null; first: number },
  info: GraphQLResolveInfo,
): Promise<Centrality[]> {
  const first = pagination.readPageSize(asked.first);
  const without = readChosenIds('without', asked.without) ?? [];
  const selection = { filter: asked.filter, without };
  const { counted, level } = await loadContacts(context, selection, info);
  if (counted.contacts.length === 0) return [];
  const { degree, betweenness, component } = await engineOf(context.source).compute(
    counted,
    { kind: 'centralities' },
    waitingCallerOf(context),
  );
  const all = counted.actors.map((actor, index) => ({
    actor,
    level,
    degree: degree[index] ?? 0,
    betweenness: betweenness[index] ?? 0,
    component: component[index] ?? 0,
    isRehearsal: !counted.real.has(actor),
  }));
  return all
    .sort(
      (a, b) =>
        b.betweenness - a.betweenness || b.degree - a.degree || compareIds(a.actor, b.actor),
    )
    .slice(0, first);
}

/** The largest `distance`, in contacts. */
const farthest = 3;
/** How many parties and how many contacts one network may have. */
const most = { parties: 1_000, contacts: 10_000 } as const;

function checkSize(size: Readonly<Record<keyof typeof most, number>>): void {
  for (const limit of ['parties', 'contacts'] as const) {
    if (size[limit] <= most[limit]) continue;
    throw new HubError('QUERY_TOO_COMPLEX', {
      message: `The network has more than ${most[limit].toLocaleString('en')} ${limit}. Ask for a smaller \`distance\`, or narrow the \`filter\`.`,
      limit,
      most: most[limit],
    });
  }
}

/**
 * True for an organisation of the network’s directory. An id of another owner counts as known
 * without a request.
 */
async function isParty(id: string, context: PartnerContext): Promise<boolean> {
  const owner = codes.ownerOf(id);
  if (owner === codes.networkCode) return (await loadParty(id, context)) !== null;
  return owner === codes.officesCode || codes.isPoliceCode(owner);
}

/**
 * A party with the parties around it and the contacts among them; null for an unknown party.
 * @throws HubError `BAD_USER_INPUT`, `QUERY_TOO_COMPLEX`, `OVERLOADED`
 */
export async function findNetworkAround(
  context: PartnerContext,
  { around, distance, filter }: { around: string; distance: number; filter: ContactFilter | null },
  info: GraphQLResolveInfo,
): Promise<ContactNetwork | null> {
  if (distance < 1 || distance > farthest)
    refuseInput('distance', `\`distance\` must be between 1 and ${farthest}.`);
  const { counted, level, findActor } = await loadContacts(
    context,
    { filter, about: [around] },
    info,
  );
  const center = findActor(around);
  if (center === undefined) return null;
  const node = counted.indices.get(center);
  if (node === undefined) {
    const isKnown = level === ContactLevel.COUNTRY || (await isParty(center, context));
    return isKnown ? { actors: [center], level, contacts: [] } : null;
  }
  const computation = { kind: 'around', node, distance } as const;
  const found = await engineOf(context.source).compute(
    counted,
    computation,
    waitingCallerOf(context),
  );
  const { actors } = counted;
  const within = new Set(found.flatMap((index) => actors[index] ?? []));
  const contacts = counted.contacts.filter(({ between: [a, b] }) => within.has(a) && within.has(b));
  checkSize({ parties: within.size, contacts: contacts.length });
  return { actors: [...within], level, contacts };
}
