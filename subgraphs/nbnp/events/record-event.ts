import type { PartnerContext } from '@hub/shared/context';
import {
  checkDistinct,
  checkName,
  checkText,
  createId,
  findForChange,
  notFound,
  perform,
} from '@hub/shared/mutations';
import { checkRange } from '@hub/shared/scalars';
import { networkCode, ownerOf } from '@hub/shared/vocabulary';
import type { EntityManager } from 'typeorm';
import { deriveEventColumns, toEventCountries, toRoleId } from '../entities/event-derived.js';
import { Event, EventCountry } from '../entities/event.entity.js';
import { Organisation } from '../entities/organisation.entity.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { findKnownParties } from '../network/ask-parties.js';
import type { RecordEventInput } from './event.input.js';

const isOwn = (partyId: string): boolean => ownerOf(partyId) === networkCode;

/**
 * Records an event of the field with its organisers: organisations of the network’s directory, offices, police units.
 * @throws HubError `NOT_FOUND` `BAD_USER_INPUT` `CONFLICT` `PARTNER_…`
 */
export function recordEvent(context: PartnerContext, input: RecordEventInput): Promise<Event> {
  checkInput(input);
  return perform(context, {
    name: 'recordEvent',
    input,
    async ask() {
      await checkOwn(context.source.manager, input);
      return findKnownParties(
        context,
        input.organisers.filter((id) => !isOwn(id)),
      );
    },
    async write(manager, known) {
      await checkOwn(manager, input);
      if (!input.organisers.every((id) => isOwn(id) || known.has(id))) notFound('input.organisers');
      return insertEvent(manager, toEvent(createId(context), input), input);
    },
    find: (manager, id) => manager.findOneBy(Event, { id }),
  });
}

function checkInput(input: RecordEventInput): void {
  checkName(input.title, 'input.title');
  checkName(input.venue, 'input.venue');
  checkName(input.city, 'input.city');
  checkText(input.source, 'input.source');
  checkDistinct(input.organisers, 'input.organisers', 1);
  checkRange(input.startsOn, input.endsOn, 'input.endsOn');
}

/** Checks that the network’s own records to which the event refers exist. */
async function checkOwn(
  manager: EntityManager,
  { programme, organisers }: RecordEventInput,
): Promise<void> {
  if (programme != null) await findForChange(manager, Programme, programme, 'input.programme');
  for (const id of organisers.filter(isOwn))
    await findForChange(manager, Organisation, id, 'input.organisers');
}

function toEvent(id: string, input: RecordEventInput): Event {
  const described = {
    title: input.title,
    startsOn: input.startsOn ?? null,
    endsOn: input.endsOn ?? null,
    venue: input.venue ?? null,
    city: input.city ?? null,
    series: null,
    aim: null,
    note: null,
  };
  return Object.assign(new Event(), {
    id,
    kind: input.kind,
    ...described,
    ...deriveEventColumns(described),
    country: input.country ?? null,
    seminarDays: null,
    participantsValue: null,
    participantsQualifier: null,
    workingLanguages: [],
    targetGroup: null,
    partOfId: null,
    programmeId: input.programme ?? null,
    source: input.source ?? null,
    version: 1,
  });
}

async function insertEvent(
  manager: EntityManager,
  event: Event,
  { organisers }: RecordEventInput,
): Promise<Event> {
  const role = 'ORGANISER';
  await manager.insert(Event, event);
  if (event.country !== null)
    await manager.insert(EventCountry, toEventCountries(event.id, [event.country]));
  await manager.insert(
    PartyRole,
    organisers.map((partyId, position) => ({
      id: toRoleId(event.id, role, partyId),
      eventId: event.id,
      partyId,
      position,
      role,
    })),
  );
  return event;
}
