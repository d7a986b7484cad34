import { violateRule } from '@hub/shared/errors';
import { checkNotInvented, findForChange, notFound, type Rehearsable } from '@hub/shared/partner';
import { codes, type PartnerContext } from '@hub/shared/policy';
import { In, type EntityManager } from 'typeorm';
import { Organisation } from '../entities/organisation.entity.js';
import { Outcome, OutcomeMandate } from '../entities/outcome.entity.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Representation } from '../entities/representation.entity.js';
import { findKnownParties, type KnownParties } from './ask-parties.js';

/** Ids of parties, by the argument that names them. */
export type NamedParties = Readonly<Record<string, readonly string[]>>;

/** Whether the record has had the party that an argument names since before the change. */
export type IsKept = (argument: string, partyId: string) => boolean;

/**
 * Which parties of a list its record has had before, so that they stay if they were merged since.
 * @param isBefore whether an entry of the list was there
 */
export function keepOf<Entry>(
  entries: readonly Entry[] | null | undefined,
  placeOf: (index: number) => string,
  isBefore: (entry: Entry) => boolean,
): IsKept {
  const kept = new Set(
    (entries ?? []).flatMap((one, index) => (isBefore(one) ? placeOf(index) : [])),
  );
  return (argument) => kept.has(argument);
}

/** Names each party of a list by its place in it. */
export const nameEach = (
  ids: readonly (string | null | undefined)[],
  placeOf: (index: number) => string,
): NamedParties =>
  Object.fromEntries(ids.flatMap((id, index) => (id == null ? [] : [[placeOf(index), [id]]])));

const isOwn = (partyId: string): boolean => codes.ownerOf(partyId) === codes.networkCode;

/**
 * Checks that the network’s own organisations among these parties exist.
 * @throws HubError `NOT_FOUND` with the argument that names an unknown one; `RULE_VIOLATED` MERGED
 */
export async function checkOwnParties(manager: EntityManager, named: NamedParties): Promise<void> {
  for (const [argument, ids] of Object.entries(named))
    for (const id of ids.filter(isOwn)) {
      const { mergedIntoId } = await findForChange(manager, Organisation, id, argument);
      if (mergedIntoId !== null) violateRule('MERGED', argument);
    }
}

/**
 * Asks the owners of all others which of them exist.
 * @throws HubError `PARTNER_…`
 */
export const askOtherParties = (
  context: Pick<PartnerContext, 'askHub'>,
  named: NamedParties,
): Promise<KnownParties> =>
  findKnownParties(context, [
    ...new Set(
      Object.values(named)
        .flat()
        .filter((id) => !isOwn(id)),
    ),
  ]);

/**
 * Checks the others by what their owners responded.
 * @param use the programme, or the event, that names them
 * @param isKept whether it names that party already, which may have been merged since
 * @throws HubError `NOT_FOUND` with the argument that names an unknown one; `RULE_VIOLATED`
 * REHEARSAL with the one that names an invented one, MERGED
 */
export function checkOtherParties(
  named: NamedParties,
  known: KnownParties,
  use: Rehearsable,
  isKept: IsKept = () => false,
): void {
  for (const [argument, ids] of Object.entries(named))
    for (const id of ids.filter((one) => !isOwn(one))) {
      const party = known.get(id) ?? notFound(argument);
      checkNotInvented(party, use, argument);
      if (party.mergedInto && !isKept(argument, id)) violateRule('MERGED', argument);
    }
}

/** Whether an event is one of a rehearsal. An event of no programme is real. */
export const findUse = async (
  manager: EntityManager,
  programme: string | null | undefined,
): Promise<Rehearsable> =>
  programme == null ? {} : findForChange(manager, Programme, programme, 'input.programme');

/** The ids of the parties with a role at these events, represented there, or given a task by them. */
export async function findPartiesOfEvents(
  manager: EntityManager,
  eventIds: readonly string[],
): Promise<string[]> {
  const eventId = In([...eventIds]);
  const roles = await manager.findBy(PartyRole, { eventId });
  const represented = await manager.findBy(Representation, { eventId });
  const outcomes = (await manager.findBy(Outcome, { eventId })).map(({ id }) => id);
  const mandates = await manager.findBy(OutcomeMandate, { outcomeId: In(outcomes) });
  return [...roles, ...represented, ...mandates].flatMap(({ partyId }) => partyId ?? []);
}
