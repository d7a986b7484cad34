import { HubError } from '@hub/shared/errors';
import { Access, Self } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { GraphQLResolveInfo } from 'graphql';
import {
  Arg,
  Ctx,
  Directive,
  FieldResolver,
  ID,
  Info,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { decideItinerary } from '../access/decide-itinerary.js';
import { loadOne } from '../access/load-related.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { Organisation } from '../entities/organisation.entity.js';
import { Site } from '../entities/site.interface.js';
import { Visit } from '../entities/visit.entity.js';
import { isConfirmed } from '../visits/is-confirmed.js';
import { addItineraryStop } from './add-itinerary-stop.js';
import { callOffItineraryStop } from './call-off-itinerary-stop.js';
import { changeItineraryStop } from './change-itinerary-stop.js';
import { moveItineraryStop, removeItineraryStop } from './change-itinerary.js';
import {
  CallOffItineraryStopInput,
  ChangeItineraryStopInput,
  RecordSiteContactInput,
  RecordStopHeldInput,
  ResumeItineraryStopInput,
} from './change-stop.input.js';
import { confirmNetworkStop } from './confirm-network-stop.js';
import {
  AddItineraryStopInput,
  ConfirmNetworkStopInput,
  MoveItineraryStopInput,
  RemoveItineraryStopInput,
} from './itinerary-stop.input.js';
import { recordSiteContact, recordStopHeld } from './record-stop.js';
import { resumeItineraryStop } from './resume-itinerary-stop.js';
import { selectsPlan } from './selects-plan.js';

/**
 * Finds a stop. If a part of its plan is selected, a caller without the right to the plan gets one
 * error for the whole stop, the same as for an unknown stop. Otherwise each field that cannot be
 * null would have an error of its own.
 * @throws HubError `FORBIDDEN`, `PARTNER_…`
 */
async function findItineraryStop(
  context: PartnerContext,
  id: string,
  isPlanSelected: boolean,
): Promise<ItineraryStop | null> {
  const stop = await context.loaders.one(ItineraryStop).load(id);
  if (isPlanSelected && !(await decideItinerary(context, stop?.visitId)))
    throw new HubError('FORBIDDEN');
  return stop;
}

@Resolver(() => ItineraryStop)
export class ItineraryStopResolver {
  @Query(() => ItineraryStop, {
    nullable: true,
    description:
      'One stop of a visit; null if no stop has this id. Callers who may see the visit and not its stops may select only `status`, `siteContact` and `siteContactOn`.',
  })
  @Access('open')
  itineraryStop(
    @Arg('id', () => ID, { description: 'Id of the stop: `nbnp:…`.' }) id: string,
    @Info() info: GraphQLResolveInfo,
    @Ctx() context: PartnerContext,
  ): Promise<ItineraryStop | null> {
    return findItineraryStop(context, id, selectsPlan(info));
  }

  @Mutation(() => ItineraryStop, {
    nullable: true,
    description:
      'Adds a stop, which its host must confirm. Rules: CANCELLED, RETURNED, OUTSIDE_VISIT, HOST_COUNTRY, SITE_ELSEWHERE, MERGED, CLOSED, REHEARSAL.',
  })
  @Access('coordinator')
  addItineraryStop(
    @Arg('input', () => AddItineraryStopInput, { description: words.Input.input })
    input: AddItineraryStopInput,
    @Ctx() context: PartnerContext,
  ): Promise<ItineraryStop> {
    return addItineraryStop(context, input);
  }

  @Mutation(() => ItineraryStop, {
    nullable: true,
    description:
      'Moves a stop, which its host must confirm again, unless it takes no other time than before. Rules: CANCELLED, RETURNED, OUTSIDE_VISIT, REHEARSAL, MERGED, CLOSED.',
  })
  @Access('coordinator')
  moveItineraryStop(
    @Arg('input', () => MoveItineraryStopInput, { description: words.Input.input })
    input: MoveItineraryStopInput,
    @Ctx() context: PartnerContext,
  ): Promise<ItineraryStop> {
    return moveItineraryStop(context, input);
  }

  @Mutation(() => Visit, {
    nullable: true,
    description:
      'Removes a stop that its host has not confirmed. Rules: CANCELLED, RETURNED, CONFIRMED.',
  })
  @Access('coordinator')
  removeItineraryStop(
    @Arg('input', () => RemoveItineraryStopInput, { description: words.Input.input })
    input: RemoveItineraryStopInput,
    @Ctx() context: PartnerContext,
  ): Promise<Visit> {
    return removeItineraryStop(context, input);
  }

  @Mutation(() => ItineraryStop, {
    nullable: true,
    description:
      'Changes what is planned at a stop, which its host must confirm again, unless only its note or contact on the spot differ. Rules: CANCELLED, RETURNED, SITE_ELSEWHERE, MERGED, CLOSED, REHEARSAL.',
  })
  @Access('coordinator')
  changeItineraryStop(
    @Arg('input', () => ChangeItineraryStopInput, { description: words.Input.input })
    input: ChangeItineraryStopInput,
    @Ctx() context: PartnerContext,
  ): Promise<ItineraryStop> {
    return changeItineraryStop(context, input);
  }

  @Mutation(() => ItineraryStop, {
    nullable: true,
    description:
      'Calls a stop off and keeps it, with its reason. A stop that its host has confirmed can only be called off, not removed. Rules: CANCELLED, RETURNED, OUTSIDE_PROGRAMME.',
  })
  @Access('coordinator')
  callOffItineraryStop(
    @Arg('input', () => CallOffItineraryStopInput, { description: words.Input.input })
    input: CallOffItineraryStopInput,
    @Ctx() context: PartnerContext,
  ): Promise<ItineraryStop> {
    return callOffItineraryStop(context, input);
  }

  @Mutation(() => ItineraryStop, {
    nullable: true,
    description:
      'Records whether a stop took place, once its day has begun and the group has departed. It took place only on a day from the departure to the return. Rules: FUTURE, CANCELLED, NOT_DEPARTED, DATE_ORDER, EVALUATED.',
  })
  @Access('coordinator')
  recordStopHeld(
    @Arg('input', () => RecordStopHeldInput, { description: words.Input.input })
    input: RecordStopHeldInput,
    @Ctx() context: PartnerContext,
  ): Promise<ItineraryStop> {
    return recordStopHeld(context, input);
  }

  @Mutation(() => ItineraryStop, {
    nullable: true,
    description:
      'Records the latest contact with the institution, before or after the visit. Rules: CANCELLED, DATE_ORDER.',
  })
  @Access('coordinator')
  recordSiteContact(
    @Arg('input', () => RecordSiteContactInput, { description: words.Input.input })
    input: RecordSiteContactInput,
    @Ctx() context: PartnerContext,
  ): Promise<ItineraryStop> {
    return recordSiteContact(context, input);
  }

  @Mutation(() => ItineraryStop, {
    nullable: true,
    description:
      'Plans a stop again that was called off by mistake. Its host must confirm it again. Rules: CANCELLED, RETURNED, NOT_CALLED_OFF, HOST_COUNTRY, OUTSIDE_VISIT, REHEARSAL, MERGED, CLOSED.',
  })
  @Access('coordinator')
  resumeItineraryStop(
    @Arg('input', () => ResumeItineraryStopInput, { description: words.Input.input })
    input: ResumeItineraryStopInput,
    @Ctx() context: PartnerContext,
  ): Promise<ItineraryStop> {
    return resumeItineraryStop(context, input);
  }

  @Mutation(() => ItineraryStop, {
    nullable: true,
    description:
      'Confirms version `stopVersion` of a stop in a country for which no partner answers. Another confirmation of the same version corrects the date that `recordedOn` names. `CONFLICT` with `currentVersion` if the stop was moved since. Rules: HOST_COUNTRY, MERGED, CANCELLED, RETURNED, OUTSIDE_PROGRAMME.',
  })
  @Access('liaison')
  confirmNetworkStop(
    @Arg('input', () => ConfirmNetworkStopInput, { description: words.Input.input })
    input: ConfirmNetworkStopInput,
    @Ctx() context: PartnerContext,
  ): Promise<ItineraryStop> {
    return confirmNetworkStop(context, input);
  }

  @FieldResolver(() => Visit, { description: 'The visit to which it belongs.' })
  @Access('itinerary')
  @Self()
  visit(
    @Root() { visitId }: ItineraryStop,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Visit | null> {
    return loaders.one(Visit).load(visitId);
  }

  @FieldResolver(() => Site, {
    nullable: true,
    description: 'The institution, if it is a known site.',
  })
  @Access('itinerary')
  @Self()
  site(@Root() { siteId }: ItineraryStop): Site | null {
    return siteId === null ? null : { id: siteId };
  }

  @FieldResolver(() => Organisation, {
    nullable: true,
    description:
      'The organisation whose word the network passed on, for a host without a partner; null if it named none.',
  })
  @Access('itinerary')
  confirmingOrganisation(
    @Root() { confirmingOrganisationId }: ItineraryStop,
    @Ctx() context: PartnerContext,
  ): Promise<Organisation | null> {
    return loadOne(Organisation, confirmingOrganisationId, context);
  }

  @Directive('@requires(fields: "hostConfirmedVersion officeConfirmedVersion")')
  @FieldResolver(() => Boolean, {
    nullable: true,
    description:
      'Confirmed by the host: its national police unit or NCM office, or by the network where no partner answers. True when the confirmed version has the present plan: a stop that was moved or changed must be confirmed again. Null while the host is unavailable.',
  })
  @Access('itinerary')
  @Self()
  confirmed(@Root() stop: ItineraryStop): boolean | null {
    return isConfirmed(stop);
  }
}
