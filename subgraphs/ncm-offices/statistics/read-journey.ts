import {
  absencesSelection,
  createFactReader,
  findStayingHome,
  readAbsences,
  type AbsencesResponse,
} from '@hub/shared/policy';

/** What became of a group, as the network records it. */
export interface Journey {
  /** True once it has departed on a visit. */
  readonly hasSetOut: boolean;
  /** Who travels on none of its visits. */
  readonly stayingHome: ReadonlySet<string>;
}

interface GroupResponse {
  readonly visits?:
    | readonly ({
        readonly id: string;
        readonly startsOn?: string | null;
        readonly departedOn?: string | null;
        readonly cancelledOn?: string | null;
      } | null)[]
    | null;
  readonly absences?: AbsencesResponse;
}

export const readJourney = createFactReader<Journey>({
  field: 'group',
  selection: `{ visits { id startsOn departedOn cancelledOn } ${absencesSelection} }`,
  read({ visits, absences }: GroupResponse) {
    const known = (visits ?? []).filter((visit) => visit !== null);
    return {
      hasSetOut: known.some(({ departedOn }) => departedOn != null),
      stayingHome: findStayingHome(known, readAbsences(absences)),
    };
  },
});
