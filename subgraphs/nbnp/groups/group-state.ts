import { byId, keepIds, pagination, readCandidates, readOrdered } from '@hub/shared/database';
import type { HubError } from '@hub/shared/errors';
import type { PartnerContext } from '@hub/shared/policy';
import type { GraphQLResolveInfo } from 'graphql';
import type { SelectQueryBuilder } from 'typeorm';
import { createAsk } from '../access/ask-others.js';
import { withRequired } from '../access/entity.reference.js';
import { loadVisibleVisits, mayKnowJourneys } from '../access/visible-visits.js';
import type { Group } from '../entities/group.entity.js';
import { type GroupOrder, GroupState } from '../entities/vocabulary.js';
import { deriveGroupState, isStateCertain } from './derive-group-state.js';
import { readGroupFacts } from './group.reference.js';
import { addKnownFacts } from './known-facts.js';
import { loadGroupFacts, loadOwnFacts, unknownFacts } from './load-group-facts.js';

/** The facts of other owners from which a state is derived. */
export const stateFacts =
  'delegateCount delegateNominationCount officerNominationCount programme { officeSignatureCount } delegatesSelectedOn delegatesBriefedOn delegatesDebriefedOn delegateReportsReceived officerReportsReceived';

/** The state that the caller may know of a group with these facts: this one, or a later one. */
export async function loadState(group: Group, context: PartnerContext): Promise<GroupState> {
  const facts = await loadGroupFacts(group, context);
  return deriveGroupState(await addKnownFacts(facts, group, context));
}

/** False if dates are missing or hidden from the caller. */
export async function isStateKnown(group: Group, context: PartnerContext): Promise<boolean> {
  if (!isStateCertain(await loadGroupFacts(group, context))) return false;
  // Of a group that is not back, anonymous callers get the state before its journeys.
  return group.cancelledOn !== null || mayKnowJourneys(group.id, context);
}

const inOrder: readonly string[] = Object.keys(GroupState);
const rankOf = (state: GroupState): number => inOrder.indexOf(state);

type OtherFacts = Readonly<Record<string, unknown>> | null;

interface Asked {
  readonly missing: HubError[];
  ask(groupId: string): Promise<OtherFacts>;
}

/** The facts that each operation has asked for, so that many aliases ask no more often than one. */
const asked = new WeakMap<PartnerContext, Asked>();

function askOnce(context: PartnerContext): Asked {
  const known = asked.get(context);
  if (known) return known;
  const missing: HubError[] = [];
  const ask = createAsk(context, (error) => missing.push(error));
  const facts = new Map<string, Promise<OtherFacts>>();
  const created: Asked = {
    missing,
    ask(id) {
      const fact =
        facts.get(id) ??
        ask<OtherFacts>({ root: 'group', id, selection: stateFacts }).then(({ known }) => known);
      facts.set(id, fact);
      return fact;
    },
  };
  asked.set(context, created);
  return created;
}

/** A group with the facts of others, as far as they respond. */
async function withFacts(group: Group, context: PartnerContext): Promise<Group> {
  const others = readGroupFacts((await askOnce(context).ask(group.id)) ?? {});
  return withRequired(group, { ...unknownFacts, ...others });
}

function noteMissing(context: PartnerContext, info: GraphQLResolveInfo): void {
  for (const error of asked.get(context)?.missing ?? []) context.missing.note(error, info);
}

/**
 * Keeps the groups of a query that are in one of these states, as far as the caller may know. If a
 * state is not certain, the group stays if its true state may be one of them, and the response
 * names the partners whose facts are missing.
 * @throws HubError `QUERY_TOO_COMPLEX` if the query has too many groups
 */
export async function keepStates(
  groups: SelectQueryBuilder<Group>,
  states: readonly GroupState[],
  context: PartnerContext,
  info: GraphQLResolveInfo,
): Promise<void> {
  const candidates = await readCandidates(groups, 'filter.state', 'groups');
  const own = await Promise.all(
    candidates.map(async (group) => deriveGroupState(await loadOwnFacts(group, context))),
  );
  // All at once, so that they share requests to the hub.
  const fits = await Promise.all(
    candidates.map((group, index) => mayBeIn(group, own[index] ?? 'PLANNED', states, context)),
  );
  noteMissing(context, info);
  keepIds(
    groups,
    candidates.flatMap(({ id }, index) => (fits[index] ? id : [])),
  );
}

/** @param own the state by the network’s own facts: the true one is this one or a later one */
async function mayBeIn(
  group: Group,
  own: GroupState,
  states: readonly GroupState[],
  context: PartnerContext,
): Promise<boolean> {
  if (own === 'CANCELLED') return states.includes(own);
  const possible = states.filter((one) => one !== 'CANCELLED' && rankOf(one) >= rankOf(own));
  if (possible.length === 0) return false;
  const whole = await withFacts(group, context);
  const state = await loadState(whole, context);
  if (possible.includes(state)) return true;
  if (await isStateKnown(whole, context)) return false;
  return possible.some((one) => rankOf(one) > rankOf(state));
}

const columnOrders = { ID: byId, NAME: [{ property: 'name' }, { property: 'id' }] };

/**
 * A page of groups. Their days and states are no columns, so lists in such an order have at most 500.
 * @throws HubError `BAD_USER_INPUT`; `QUERY_TOO_COMPLEX` if the query has too many groups
 */
export async function pageGroups(
  groups: SelectQueryBuilder<Group>,
  chosen: GroupOrder | null,
  page: pagination.PageArguments,
  context: PartnerContext,
  info: GraphQLResolveInfo,
): Promise<pagination.Connection<Group>> {
  if (chosen === null || chosen === 'ID' || chosen === 'NAME')
    return readOrdered(groups, columnOrders, chosen, page);
  const candidates = await readCandidates(groups, 'orderBy', 'groups');
  const load = keyLoaders[chosen];
  const keys = new Map(
    await Promise.all(
      candidates.map(async (group) => [group.id, await load(group, context)] as const),
    ),
  );
  noteMissing(context, info);
  return pagination.sortPage(candidates, page, ({ id }) => [keys.get(id) ?? null, id], 2, chosen);
}

/** A digit each, because there are at most ten. */
const loadStateKey = async (group: Group, context: PartnerContext): Promise<string> =>
  String(rankOf(await loadState(await withFacts(group, context), context)));

async function loadDepartureKey({ id }: Group, context: PartnerContext): Promise<string | null> {
  const visits = await loadVisibleVisits(id, context);
  return visits.find(({ cancelledOn }) => cancelledOn === null)?.startsOn ?? null;
}

const keyLoaders = {
  STATE: loadStateKey,
  DEPARTS_ON: loadDepartureKey,
  // The nines’ complement of a day, so that the latest comes first and an unknown one still last.
  DEPARTS_ON_DESCENDING: async (group: Group, context: PartnerContext) =>
    (await loadDepartureKey(group, context))?.replace(/\d/g, (digit) =>
      String(9 - Number(digit)),
    ) ?? null,
};
