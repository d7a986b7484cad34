import { isPerson } from '@hub/shared/policy';
import type { PartnerContext } from '@hub/shared/server';
import { LessThan } from 'typeorm';
import { Visit } from '../entities/visit.entity.js';

/** The day by the network’s own clock. */
export const todayOf = ({ clock }: Pick<PartnerContext, 'clock'>): string =>
  clock().toISOString().slice(0, 10);

/** True once the last day of a visit is over. A visit whose end is not known has not ended. */
export function hasEnded(
  { endsOn }: Pick<Visit, 'endsOn'>,
  context: Pick<PartnerContext, 'clock'>,
): boolean {
  return endsOn !== null && endsOn < todayOf(context);
}

/**
 * The day before which the visits that the reader may know of have ended; undefined for a reader who may know of all.
 * Lists and their counts leave the others out.
 */
export function endedBefore(context: Pick<PartnerContext, 'clock' | 'reader'>): string | undefined {
  return isPerson(context.reader) ? undefined : todayOf(context);
}

/** The visits of a group that the reader may know of, in the order of their ids. */
export function loadVisibleVisits(
  groupId: string,
  context: Pick<PartnerContext, 'clock' | 'reader' | 'loaders'>,
): Promise<Visit[]> {
  const before = endedBefore(context);
  const visible = before === undefined ? {} : { where: { endsOn: LessThan(before) } };
  return context.loaders.many(Visit, 'groupId', visible).load(groupId);
}
