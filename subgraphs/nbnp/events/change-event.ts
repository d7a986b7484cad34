import { refuseInput } from '@hub/shared/errors';
import { checkRange } from '@hub/shared/graphql';
import { checkVersion, findForChange, perform, type Rehearsable } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { EntityManager } from 'typeorm';
import {
  checkMayReorganise,
  checkMayWrite,
  findOrganisers,
  organisersAmong,
} from '../access/event.policy.js';
import { deriveEventColumns } from '../entities/event-derived.js';
import { Event } from '../entities/event.entity.js';
import { Representation } from '../entities/representation.entity.js';
import type { KnownParties } from '../network/ask-parties.js';
import {
  askOtherParties,
  checkOtherParties,
  checkOwnParties,
  findPartiesOfEvents,
  type IsKept,
  keepOf,
  type NamedParties,
} from '../network/check-parties.js';
import { findKeptRoles } from '../network/write-roles.js';
import type { ChangeEventInput } from './change-event.input.js';
import { checkNewEvent } from './check-duplicate.js';
import { checkCountries, checkReferences, partiesOf } from './check-event.js';
import { preferClaims, toColumns, writeLists } from './write-event.js';

/** The argument of the parties that stay at an event. */
const staying = 'input.programme';

/**
 * Corrects an event. Statements, outcomes and claims stay: they are what sources say.
 * @throws HubError `FORBIDDEN` `NOT_FOUND` `BAD_USER_INPUT` `CONFLICT` `PARTNER_…` `RULE_VIOLATED`
 * REHEARSAL, MERGED, DUPLICATE
 */
export function changeEvent(context: PartnerContext, input: ChangeEventInput): Promise<Event> {
  return perform<Event, Named>(context, {
    name: 'changeEvent',
    input,
    async ask() {
      const { manager } = context.source;
      const { event } = await findChanging(context, manager, input);
      const named = partiesOf(input);
      await checkOwnParties(manager, named);
      // Parties that may be in an event of a rehearsal may not be in another.
      const all = { ...named, [staying]: await findStaying(manager, event, input) };
      return { all, known: await askOtherParties(context, all) };
    },
    async write(manager, { all, known }) {
      const { event, use } = await findChanging(context, manager, input);
      await checkOwnParties(manager, partiesOf(input));
      checkOtherParties(all, known, use, await findKept(manager, input));
      const next = toNext(event, input);
      checkRange(next.startsOn, next.endsOn, 'input.endsOn');
      const before = { event, organisers: await findOrganisers(manager, event.id) };
      const organisers = input.roles ? organisersAmong(input.roles) : before.organisers;
      const { isAnother } = input;
      await checkNewEvent(manager, { event: next, organisers, isAnother, before });
      await manager.update(Event, { id: event.id }, next);
      await writeLists(manager, event.id, input);
      await preferClaims(manager, event.id, input);
      return Object.assign(event, next);
    },
  });
}

interface Named {
  readonly all: NamedParties;
  readonly known: KnownParties;
}

/** The parties that the event has already: those that stay, and those that the input names again. */
async function findKept(manager: EntityManager, input: ChangeEventInput): Promise<IsKept> {
  const eventId = input.event;
  const hasRole = await findKeptRoles(manager, { eventId }, input.roles);
  const before = await manager.findBy(Representation, { eventId });
  const isRepresented = keepOf(
    input.represented,
    (index) => `input.represented.${index}.party`,
    ({ what, party = null }) => before.some((one) => one.what === what && one.partyId === party),
  );
  return (...party) => party[0] === staying || hasRole(...party) || isRepresented(...party);
}

/** The parties that stay at an event which moves to another programme. */
const findStaying = async (
  manager: EntityManager,
  { id, programmeId }: Event,
  { programme = programmeId }: ChangeEventInput,
): Promise<string[]> => (programme === programmeId ? [] : findPartiesOfEvents(manager, [id]));

/** Finds the event, and checks the network’s own rules, for callers who may write it. */
async function findChanging(
  { reader }: PartnerContext,
  manager: EntityManager,
  input: ChangeEventInput,
): Promise<{ event: Event; use: Rehearsable }> {
  const organisers = await findOrganisers(manager, input.event);
  checkMayWrite(reader, organisers);
  checkCountries(input);
  const event = await findForChange(manager, Event, input.event, 'input.event');
  checkVersion(event, input.version);
  if (input.roles) checkOrganisers(reader, organisers, organisersAmong(input.roles));
  return { event, use: await checkReferences(manager, input, event) };
}

/**
 * An event that has an organiser must keep one. Some events have none, because no source names one.
 * @throws HubError `FORBIDDEN`, `BAD_USER_INPUT`
 */
export function checkOrganisers(
  reader: PartnerContext['reader'],
  before: readonly string[],
  next: readonly string[],
  argument = 'input.roles',
): void {
  checkMayReorganise(reader, before, next, argument);
  if (next.length === 0 && before.length > 0)
    refuseInput(argument, 'At least one of the roles must be `ORGANISER`.');
}

function toNext(event: Event, input: ChangeEventInput): Event {
  const { title, kind } = event;
  const next = Object.assign(new Event(), event, toColumns(input, event), {
    title: input.title ?? title,
    kind: input.kind ?? kind,
    version: event.version + 1,
  });
  return Object.assign(next, deriveEventColumns(next));
}
