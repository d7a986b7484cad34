import { pagination, readOrdered } from '@hub/shared/database';
import { CountryCodeScalar } from '@hub/shared/graphql';
import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { vocabulary } from '@hub/shared/programme';
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { selectEvents } from '../access/leave-out-rehearsals.js';
import { loadClaims, loadOne } from '../access/load-related.js';
import { Claim } from '../entities/claim.entity.js';
import { Event, EventCountry, ParticipantCount } from '../entities/event.entity.js';
import { countEventDays } from '../entities/partial-date.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { EventOrder, PartyRoleKind } from '../entities/vocabulary.js';
import { ChangeEventInput, RemoveEventInput, RemoveEventRoleInput } from './change-event.input.js';
import { changeEvent } from './change-event.js';
import { EventFilter } from './event.input.js';
import { eventOrders, findEvents } from './find-events.js';
import { RecordEventInput } from './record-event.input.js';
import { recordEvent } from './record-event.js';
import { removeEventRole } from './remove-event-role.js';
import { removeEvent } from './remove-event.js';

const { ConnectionType: EventConnection } = pagination.createConnectionTypes(Event, 'Event', {
  counts: 'exact',
  access: 'open',
  isCached: true,
});
const byPosition = [{ property: 'position' }];
const roleOrder = [...byPosition, { property: 'id' }];

@Resolver(() => Event)
export class EventResolver {
  @Query(() => Event, {
    nullable: true,
    description: 'One event; null if no event has this id.',
  })
  @Access('open')
  event(
    @Arg('id', () => ID, { description: 'Id of the event: `nbnp:mp-1`.' }) id: string,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Event | null> {
    return loaders.one(Event).load(id);
  }

  @Query(() => EventConnection, {
    nullable: true,
    description:
      'Ordered by start date, then id, or as `orderBy` says. An event whose start is unknown comes last.',
  })
  @Access('open')
  events(
    @Arg('filter', () => EventFilter, { nullable: true, description: 'All events if left out.' })
    filter: EventFilter | null,
    @Arg('orderBy', () => EventOrder, {
      nullable: true,
      defaultValue: 'STARTS_ON',
      description: words.List.orderBy,
    })
    orderBy: EventOrder | null,
    @pagination.Paged() page: pagination.PageArguments,
    @Ctx() { source }: PartnerContext,
  ): Promise<pagination.Connection<Event>> {
    return readOrdered(findEvents(source, filter ?? {}), eventOrders, orderBy, page);
  }

  @Mutation(() => Event, {
    nullable: true,
    description:
      'Records an event. The network records any, another organisation an event with a party of its own among the organisers (else `FORBIDDEN`). `NOT_FOUND` for an unknown party, programme or event. Rules: REHEARSAL, MERGED, DUPLICATE.',
  })
  @Access('organisers')
  recordEvent(
    @Arg('input', () => RecordEventInput, { description: words.Input.input })
    input: RecordEventInput,
    @Ctx() context: PartnerContext,
  ): Promise<Event> {
    return recordEvent(context, input);
  }

  @Mutation(() => Event, {
    nullable: true,
    description:
      'Corrects an event. The network corrects any, another organisation an event with a party of its own among the organisers (else `FORBIDDEN`). It must stay among them, and cannot take out organisers of other organisations. `CONFLICT` with `currentVersion` if the event has changed since. Rules: REHEARSAL, MERGED, DUPLICATE.',
  })
  @Access('organisers')
  changeEvent(
    @Arg('input', () => ChangeEventInput, { description: words.Input.input })
    input: ChangeEventInput,
    @Ctx() context: PartnerContext,
  ): Promise<Event> {
    return changeEvent(context, input);
  }

  @Mutation(() => Event, {
    nullable: true,
    description:
      'Removes a role at an event that was a mistake. For callers who may correct the event. Its last organiser stays (`BAD_USER_INPUT`). `NOT_FOUND` if the party has no such role. Rules: DUPLICATE.',
  })
  @Access('organisers')
  removeEventRole(
    @Arg('input', () => RemoveEventRoleInput, { description: words.Input.input })
    input: RemoveEventRoleInput,
    @Ctx() context: PartnerContext,
  ): Promise<Event> {
    return removeEventRole(context, input);
  }

  @Mutation(() => Boolean, {
    nullable: true,
    description:
      'Removes a mistaken event: gone from lists and contacts, with its roles, statements and outcomes; its reason is kept in the changes. The network removes any, another organisation an event that it organises alone (else `FORBIDDEN`). True once it is gone. Rules: REFERRED_TO.',
  })
  @Access('organisers')
  removeEvent(
    @Arg('input', () => RemoveEventInput, { description: words.Input.input })
    input: RemoveEventInput,
    @Ctx() context: PartnerContext,
  ): Promise<boolean> {
    return removeEvent(context, input);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'Calendar days, first and last day included; null if a date is less precise than a day.',
  })
  durationDays(@Root() { startsOn, endsOn }: Event): number | null {
    return countEventDays(startsOn, endsOn);
  }

  /** All countries, even if there is one; null if none is known. */
  @FieldResolver(() => [CountryCodeScalar], {
    nullable: true,
    description:
      'The countries that it takes place in, in the order of the source; null if no source says.',
  })
  async countries(
    @Root() { id }: Event,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<string[] | null> {
    const held = await loaders.many(EventCountry, 'eventId', { orderBy: byPosition }).load(id);
    return held.length > 0 ? held.map(({ country }) => country) : null;
  }

  @FieldResolver(() => [PartyRole], {
    description: 'The bodies that had a role in it, in the order of the source.',
  })
  roles(
    @Root() { id }: Event,
    @Arg('role', () => PartyRoleKind, {
      nullable: true,
      description: 'Only the bodies that had this role; all if left out.',
    })
    role: PartyRoleKind | null,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<PartyRole[]> {
    const where = role ? { role } : undefined;
    return loaders.many(PartyRole, 'eventId', { orderBy: roleOrder, where }).load(id);
  }

  @FieldResolver(() => ParticipantCount, {
    nullable: true,
    description: 'How many people took part; null if no source says.',
  })
  participants(
    @Root() { participantsValue, participantsQualifier }: Event,
  ): ParticipantCount | null {
    if (participantsValue === null || participantsQualifier === null) return null;
    return { value: participantsValue, qualifier: participantsQualifier };
  }

  @FieldResolver(() => Event, {
    nullable: true,
    description: 'The larger event that it is a part of; null for a whole one.',
  })
  partOf(@Root() { partOfId }: Event, @Ctx() context: PartnerContext): Promise<Event | null> {
    return loadOne(Event, partOfId, context);
  }

  @FieldResolver(() => [Event], { description: 'Its parts, by id.' })
  async parts(
    @Root() { id }: Event,
    @Arg('rehearsals', () => Boolean, vocabulary.takenRehearsals) rehearsals: boolean | null,
    @Ctx() context: PartnerContext,
  ): Promise<readonly Event[]> {
    const parts = await context.loaders.many(Event, 'partOfId').load(id);
    return selectEvents(parts, rehearsals, context);
  }

  @FieldResolver(() => Programme, {
    nullable: true,
    description: 'The programme that it belongs to, if any.',
  })
  programme(
    @Root() { programmeId }: Event,
    @Ctx() context: PartnerContext,
  ): Promise<Programme | null> {
    return loadOne(Programme, programmeId, context);
  }

  @FieldResolver(() => [Claim], {
    description: words.Claim.all,
  })
  claims(@Root() { id }: Event, @Ctx() context: PartnerContext): Promise<Claim[]> {
    return loadClaims(id, context);
  }
}
