import { createId, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { EntityManager } from 'typeorm';
import { organisersAmong } from '../access/event.policy.js';
import { deriveEventColumns } from '../entities/event-derived.js';
import { Event } from '../entities/event.entity.js';
import { PartyRoleKind } from '../entities/vocabulary.js';
import {
  askOtherParties,
  checkOtherParties,
  checkOwnParties,
  nameEach,
} from '../network/check-parties.js';
import type { PartyRoleInput } from '../network/party-role.input.js';
import { checkNewEvent } from './check-duplicate.js';
import { checkCountries, checkReferences, partiesOf, type EventInput } from './check-event.js';
import type { RecordEventInput } from './record-event.input.js';
import { toColumns, writeLists } from './write-event.js';

/**
 * Records an event of the field. The network records any, another organisation what it organises.
 * @throws HubError `FORBIDDEN` `NOT_FOUND` `BAD_USER_INPUT` `CONFLICT` `PARTNER_…` `RULE_VIOLATED`
 * REHEARSAL, MERGED, DUPLICATE
 */
export async function recordEvent(
  context: PartnerContext,
  input: RecordEventInput,
): Promise<Event> {
  const described = Object.assign({}, input, { roles: toRoles(input) });
  checkCountries(input);
  const named = {
    ...nameEach(input.organisers, (index) => `input.organisers.${index}`),
    ...partiesOf(input),
  };
  const check = async (manager: EntityManager) => {
    const use = await checkReferences(manager, input);
    await checkOwnParties(manager, named);
    return use;
  };
  return perform(context, {
    name: 'recordEvent',
    input,
    async ask() {
      await check(context.source.manager);
      return askOtherParties(context, named);
    },
    async write(manager, known) {
      checkOtherParties(named, known, await check(manager));
      const organisers = organisersAmong(described.roles);
      const { isAnother } = input;
      await checkNewEvent(manager, { event: input, organisers, isAnother });
      const event = toEvent(createId(context), input);
      await manager.insert(Event, event);
      await writeLists(manager, event.id, described);
      return event;
    },
    find: (manager, id) => manager.findOneBy(Event, { id }),
  });
}

/** The organisers, then the further roles. */
function toRoles({ organisers, roles }: RecordEventInput): PartyRoleInput[] {
  const role = PartyRoleKind.ORGANISER;
  const further = (roles ?? []).filter(
    (one) => one.role !== role || !organisers.includes(one.party),
  );
  return [...organisers.map((party) => ({ role, party })), ...further];
}

function toEvent(id: string, input: EventInput & Pick<Event, 'title' | 'kind'>): Event {
  const blank = {
    startsOn: null,
    endsOn: null,
    venue: null,
    city: null,
    country: null,
    series: null,
    seminarDays: null,
    note: null,
    participantsValue: null,
    participantsQualifier: null,
    workingLanguages: [],
    targetGroup: null,
    partOfId: null,
    programmeId: null,
    source: null,
    aim: null,
  };
  const { title, kind } = input;
  const described = { ...blank, ...toColumns(input, blank), title, kind };
  return Object.assign(new Event(), {
    id,
    ...described,
    ...deriveEventColumns(described),
    version: 1,
  });
}
