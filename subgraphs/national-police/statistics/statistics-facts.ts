import {
  absencesSelection,
  createFactReader,
  findStayingHome,
  readAbsences,
  type AbsencesResponse,
} from '@hub/shared/policy';

/** The network’s facts about a group that decide whose report is expected. */
export interface Membership {
  /** Accepted, and not released. */
  readonly acceptedIds: readonly string[];
  /** True once it has departed on a visit. */
  readonly hasSetOut: boolean;
  /** Who travels on none of its visits. */
  readonly stayingHome: ReadonlySet<string>;
}

interface VisitResponse {
  readonly id: string;
  readonly startsOn?: string | null;
  readonly departedOn?: string | null;
  readonly cancelledOn?: string | null;
}

interface GroupResponse {
  readonly acceptedOfficers?: readonly ({ readonly id: string } | null)[] | null;
  readonly visits?: readonly (VisitResponse | null)[] | null;
  readonly absences?: AbsencesResponse;
}

/** Selects only the network’s own fields, so that no other partner can be missing. */
export const readMembership = createFactReader<Membership>({
  field: 'group',
  selection: `{ acceptedOfficers { id } visits { id startsOn departedOn cancelledOn } ${absencesSelection} }`,
  read(answer) {
    const { acceptedOfficers, visits, absences }: GroupResponse = answer;
    const known = (visits ?? []).filter((visit) => visit !== null);
    return {
      acceptedIds: (acceptedOfficers ?? []).flatMap((officer) => (officer ? [officer.id] : [])),
      hasSetOut: known.some(({ departedOn }) => departedOn != null),
      stayingHome: findStayingHome(known, readAbsences(absences)),
    };
  },
});
