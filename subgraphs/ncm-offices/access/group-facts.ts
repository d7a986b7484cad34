import { createFactReader, hostsOf, type HostedVisits } from '@hub/shared/policy';

/** The facts that decide who may read about the delegates whom the offices select for a group. */
export interface GroupFacts {
  /** The codes of the countries that host its visits, without cancelled ones. */
  readonly hosts: ReadonlySet<string>;
}

interface GroupResponse {
  readonly visits?: HostedVisits;
}

export const readGroupFacts = createFactReader<GroupFacts>({
  field: 'group',
  selection: '{ visits { hostCountries cancelledOn } }',
  read(answer) {
    const { visits }: GroupResponse = answer;
    return { hosts: hostsOf(visits) };
  },
});
