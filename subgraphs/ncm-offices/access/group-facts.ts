import { createFactReader } from '@hub/shared/policy';

/** The facts that decide who may read about the delegates whom the offices select for a group. */
export interface GroupFacts {
  /** The codes of the countries that host its visits, without cancelled ones. */
  readonly hosts: ReadonlySet<string>;
}

interface GroupResponse {
  readonly visits?:
    | readonly ({
        readonly hostCountries?: readonly string[] | null;
        readonly cancelledOn?: string | null;
      } | null)[]
    | null;
}

export const readGroupFacts = createFactReader<GroupFacts>({
  field: 'group',
  selection: '{ visits { hostCountries cancelledOn } }',
  read(answer) {
    const { visits }: GroupResponse = answer;
    const standing = (visits ?? []).filter((visit) => visit?.cancelledOn == null);
    const countries = standing.flatMap((visit) => visit?.hostCountries ?? []);
    return { hosts: new Set(countries.map((country) => country.toLowerCase())) };
  },
});
