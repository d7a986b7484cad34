import { dates } from '@hub/shared/graphql';
import { type PartnerContext, readers } from '@hub/shared/policy';
import { groupVisits } from '@hub/shared/programme';
import { LessThanOrEqual } from 'typeorm';
import { Visit } from '../entities/visit.entity.js';

/** The day by the network’s own clock. */
export const todayOf = ({ clock }: Pick<PartnerContext, 'clock'>): string =>
  clock().toISOString().slice(0, 10);

/** Whether a day by which something was due has passed. */
export const isPast = (dueOn: string | null, context: Pick<PartnerContext, 'clock'>): boolean =>
  dueOn !== null && dueOn < todayOf(context);

/** Visits have ended if the group was back by this day: `hasEnded` of the kit, for statements. */
export const endedBy = ({ clock }: Pick<PartnerContext, 'clock'>): string =>
  dates.lastBegunDay(clock());

/**
 * Visits that have ended by this day are visible to the caller; undefined for a caller who may see
 * all visits. Lists and their counts leave the others out.
 */
export const visibleIfEndedBy = (
  context: Pick<PartnerContext, 'clock' | 'reader'>,
): string | undefined => (readers.isPerson(context.reader) ? undefined : endedBy(context));

/** The visits of a group that were not cancelled. */
export async function loadStandingVisits(
  groupId: string,
  { loaders }: Pick<PartnerContext, 'loaders'>,
): Promise<Visit[]> {
  const visits = await loaders.many(Visit, 'groupId').load(groupId);
  return visits.filter(({ cancelledOn }) => cancelledOn === null);
}

/**
 * Whether the caller may see the progress of a group on its journeys: the records from the briefing
 * on. Callers with a token may. Anonymous callers may once the group is back: the return from each
 * visit that was not cancelled is recorded. Until then a response does not
 * depend on whether a visit is ahead or under way, and is the same for a group without a visit.
 * After a return no visit can be scheduled, so nothing that was shown is hidden later. Hiding it
 * would reveal that another visit is planned.
 */
export async function mayKnowJourneys(
  groupId: string,
  context: Pick<PartnerContext, 'clock' | 'reader' | 'loaders'>,
): Promise<boolean> {
  if (readers.isPerson(context.reader)) return true;
  const visits = await loadStandingVisits(groupId, context);
  return groupVisits.hasEnded({ returnedOn: groupVisits.lastReturnOf(visits) }, context);
}

const visitOrder = [{ property: 'startsOn', nullable: true }, { property: 'id' }];

/**
 * The visits of a group that the caller may see, ordered by first day.
 * @param isOwn whether she is on this journey. @default false
 */
export function loadVisibleVisits(
  groupId: string,
  context: Pick<PartnerContext, 'clock' | 'reader' | 'loaders'>,
  isOwn = false,
): Promise<Visit[]> {
  const day = isOwn ? undefined : visibleIfEndedBy(context);
  const visible = day === undefined ? {} : { where: { returnedOn: LessThanOrEqual(day) } };
  return context.loaders.many(Visit, 'groupId', { ...visible, orderBy: visitOrder }).load(groupId);
}
