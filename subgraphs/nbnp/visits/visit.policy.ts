import { codes, type Levels, type PartnerContext, readers } from '@hub/shared/policy';
import { groupVisits } from '@hub/shared/programme';
import { decideItinerary } from '../access/decide-itinerary.js';
import type { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { type InformationRead, Visit } from '../entities/visit.entity.js';

export const itineraryReaders =
  'the organisations that send, host or arrange the visit, and all organisations once it has ended; never auditors';

const visitReaders =
  'signed-in callers of every organisation and role; everybody once the visit has ended';

const informationReaders =
  'the network’s staff; staff and auditors of each other organisation, about its own people; members, about themselves';

/** Those who may learn which of their people have read the practical information, and a member herself. */
export const mayReadReads = ({ reader }: PartnerContext, participantId?: string): boolean =>
  reader.kind === 'participant'
    ? participantId === undefined || participantId === reader.person
    : readers.hasRole(reader, [...readers.staff, 'auditor']) &&
      (participantId === undefined ||
        readers.isOneOf(reader, codes.networkCode, readers.staff) ||
        codes.ownerOf(participantId) === readers.organisationOf(reader));

/** Three levels: the existence, dates and countries of a visit, its plan, and who has read of it. */
export const visitPolicy: Levels<Visit> = {
  visit: {
    readers: visitReaders,
    decide: (visit, context) =>
      readers.isPerson(context.reader) ||
      (visit !== undefined && groupVisits.hasEnded(visit, context)),
  },
  itinerary: {
    readers: itineraryReaders,
    decide: (visit, context) => decideItinerary(context, visit?.id),
  },
  informationReads: {
    readers: informationReaders,
    decide: (_visit, context) => mayReadReads(context),
  },
};

export const informationReadPolicy: Levels<InformationRead> = {
  informationReads: {
    readers: informationReaders,
    decide: (read, context) => mayReadReads(context, read?.participantId),
  },
};

/**
 * For an unknown stop it runs the same statements as for a stop of a hidden visit. Otherwise the
 * response time would show which stops exist.
 */
async function mayReadVisitOf(
  stop: ItineraryStop | undefined,
  context: PartnerContext,
): Promise<boolean> {
  if (readers.isPerson(context.reader)) return true;
  const visit = await context.loaders.one(Visit).load(stop?.visitId ?? '');
  return visit !== null && groupVisits.hasEnded(visit, context);
}

/** Two levels: what became of a stop, which reveals nothing of the plan, and the plan. */
export const itineraryStopPolicy: Levels<ItineraryStop> = {
  visit: { readers: visitReaders, decide: mayReadVisitOf },
  itinerary: {
    readers: itineraryReaders,
    decide: (stop, context) => decideItinerary(context, stop?.visitId),
  },
};
