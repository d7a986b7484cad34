import type { EntityTarget } from 'typeorm';
import { addDays } from '../../graphql/scalars/dates.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import type { PersonRow } from '../mutations/find-for-change.js';

/** The people of a partner who travel, and how the graph says on which journeys. */
export interface Travellers<Row extends PersonRow = PersonRow> {
  readonly entity: EntityTarget<Row>;
  /** The root field of one of them: `officer`. */
  readonly field: string;
  /** What decides whether a nomination makes her a member or a reserve: `status`. */
  readonly selection: string;
  isStanding(nomination: Readonly<Record<string, unknown>>): boolean;
}

interface Visit {
  readonly startsOn?: string | null;
  readonly endsOn?: string | null;
  readonly returnedOn?: string | null;
  readonly cancelledOn?: string | null;
}

interface Group {
  readonly cancelledOn?: string | null;
  readonly visits?: readonly (Visit | null)[] | null;
}

type Nomination = Readonly<Record<string, unknown>> & { readonly group?: Group | null };

/** How long access lasts after the return or a cancellation, after the last planned day, and while there is none. */
const days = { afterEnd: 30, afterPlan: 60, withoutPlan: 90 } as const;

/**
 * The last day of a person’s access: 30 days after the last return of her groups, or the cancellation,
 * so that she can read why. Until a return is recorded, the planned days decide. Null for somebody who is no member or reserve of a group.
 * @param invitedOn counts while no day is planned
 * @throws HubError `PARTNER_…` if the hub cannot say
 */
export async function findLastDay(
  { askHub }: Pick<PartnerContext, 'askHub'>,
  { field, selection, isStanding }: Travellers,
  id: string,
  invitedOn: string,
): Promise<string | null> {
  const query = `query ParticipantJourneys($id: ID!) { ${field}(id: $id) { nominations { ${selection} group { cancelledOn visits { startsOn endsOn returnedOn cancelledOn } } } } }`;
  const found = (await askHub(query, { id }))[field] as {
    readonly nominations?: readonly (Nomination | null)[] | null;
  } | null;
  const ends = (found?.nominations ?? []).flatMap((one) =>
    one?.group && isStanding(one) ? endOf(one.group, invitedOn) : [],
  );
  return ends.toSorted().at(-1) ?? null;
}

function endOf({ visits, cancelledOn }: Group, invitedOn: string): string {
  if (cancelledOn != null) return addDays(cancelledOn, days.afterEnd);
  const standing = (visits ?? []).flatMap(
    (visit) => (visit?.cancelledOn == null ? visit : null) ?? [],
  );
  const ends = standing.flatMap(({ startsOn, endsOn, returnedOn }) => {
    if (returnedOn != null) return addDays(returnedOn, days.afterEnd);
    const planned = endsOn ?? startsOn;
    return addDays(planned ?? invitedOn, planned == null ? days.withoutPlan : days.afterPlan);
  });
  return ends.toSorted().at(-1) ?? addDays(invitedOn, days.withoutPlan);
}
