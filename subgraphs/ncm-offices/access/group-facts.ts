import { createFactReader } from '@hub/shared/policy';

/** The facts that decide who may read about the delegates whom the offices select for a group. */
export interface GroupFacts {
  /** The codes of the countries that host its visits. */
  readonly hosts: ReadonlySet<string>;
}

interface GroupResponse {
  readonly visits?:
    readonly ({ readonly hostCountries?: readonly string[] | null } | null)[] | null;
}

export const readGroupFacts = createFactReader<GroupFacts>({
  field: 'group',
  selection: '{ visits { hostCountries } }',
  read(answer) {
    const { visits }: GroupResponse = answer;
    const countries = (visits ?? []).flatMap((visit) => visit?.hostCountries ?? []);
    return { hosts: new Set(countries.map((country) => country.toLowerCase())) };
  },
});
