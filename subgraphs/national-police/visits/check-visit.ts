import { violateRule } from '@hub/shared/errors';
import { dates } from '@hub/shared/graphql';
import { consents } from '@hub/shared/programme';

/** The progress of a visit of the network. */
interface VisitProgress {
  readonly cancelledOn: string | null;
  readonly returnedOn: string | null;
  readonly group: { readonly cancelledOn: string | null };
}

/** The progress of a visit, and the years of its programme. */
export interface PlannedVisit extends VisitProgress {
  readonly group: { readonly cancelledOn: string | null; readonly programme: dates.Span };
}

/** A visit for which a consent is given: its version, and its plans until then. */
export interface ConsentedVisit extends PlannedVisit, consents.ConsentedPlans {}

/** What a police force requests of a visit to consent to it. */
export const consentedVisit = `cancelledOn returnedOn ${consents.plansSelection}
  group { cancelledOn programme { startsOn endsOn } }`;

/**
 * Refuses a visit that has returned or was cancelled, or whose group was cancelled.
 * @throws HubError `RULE_VIOLATED` CANCELLED, RETURNED
 */
export function checkNotEnded(visit: VisitProgress, argument: string): void {
  const { cancelledOn, returnedOn, group } = visit;
  if (cancelledOn !== null || group.cancelledOn !== null) violateRule('CANCELLED', argument);
  if (returnedOn !== null) violateRule('RETURNED', argument);
}

/**
 * Refuses a day outside the years of the visit’s programme.
 * @throws HubError `RULE_VIOLATED` OUTSIDE_PROGRAMME
 */
export function checkWithinProgramme(on: string, { group: { programme } }: PlannedVisit): void {
  if (!dates.isWithin(on, programme)) violateRule('OUTSIDE_PROGRAMME', 'input.on');
}
