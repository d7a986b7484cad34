import { createFactReader, hostsOf, hostsOn, type HostedVisits } from '@hub/shared/policy';

/** The facts that decide who may read about the delegates whom the offices select for a group. */
export interface GroupFacts {
  /** The codes of the countries that host its visits, without cancelled ones. */
  readonly hosts: ReadonlySet<string>;
  /** The organisations that host it on a day: from 30 days before the departure until the return. */
  hostsOn(today: string): ReadonlySet<string>;
}

interface GroupResponse {
  readonly visits?: HostedVisits;
}

export const readGroupFacts = createFactReader<GroupFacts>({
  field: 'group',
  selection: '{ visits { hostCountries startsOn endsOn departedOn returnedOn cancelledOn } }',
  read(answer) {
    const { visits }: GroupResponse = answer;
    return { hosts: hostsOf(visits), hostsOn: (today) => hostsOn(visits, today) };
  },
});
