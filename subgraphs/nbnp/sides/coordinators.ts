import type { dates } from '@hub/shared/graphql';

/** An office that co-ordinates a side, and the days between which it is open. */
interface Coordinator extends Required<dates.Span> {
  readonly id: string;
}

interface OfficeResponse {
  readonly id: string;
  readonly openedOn?: string | null;
  readonly closedOn?: string | null;
  /** The office that stays. An earlier version of the offices merges none. */
  readonly mergedInto?: OfficeResponse | null;
}

/** What the hub responds for the selection of {@link selectCoordinators}. */
export interface CoordinatorsResponse {
  /** Null as a whole, or one of them, while the offices are unavailable. */
  readonly coordinators?: readonly (OfficeResponse | null)[] | null;
}

const days = 'id openedOn closedOn';

/** @param later fields that an earlier version of the offices lacks, after a space */
export const selectCoordinators = (later = laterFields): string =>
  `{ coordinators { id ... on Office { openedOn closedOn${later} } } }`;

/** With the days of the office that stays: those of a merged one change no more. */
export const laterFields = ` mergedInto { ${days} }`;

/** Who co-ordinates a side now: an office that was merged is the one that stays. Unknown ones are null. */
export const readCoordinators = ({
  coordinators,
}: CoordinatorsResponse): (Coordinator | null)[] | null =>
  coordinators?.map((named) => {
    const office = named?.mergedInto ?? named;
    if (!office) return null;
    const { id, openedOn = null, closedOn = null } = office;
    return { id, startsOn: openedOn, endsOn: closedOn };
  }) ?? null;
