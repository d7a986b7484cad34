import { createFactReader } from '@hub/shared/policy';
import { type HostedGroup, hostsOf, hostsOn } from '@hub/shared/programme';

/** The facts that decide who may read about the delegates whom the offices select for a group. */
export interface GroupFacts {
  /** The codes of the countries that host its visits, without cancelled ones. */
  readonly hosts: ReadonlySet<string>;
  /** The organisations that host it on a day: from 30 days before the departure until the return. */
  hostsOn(today: string): ReadonlySet<string>;
}

export const readGroupFacts = createFactReader<GroupFacts>({
  field: 'group',
  selection: '{ cancelledOn visits { hostCountries startsOn departedOn returnedOn cancelledOn } }',
  read(group: HostedGroup) {
    return { hosts: hostsOf(group.visits), hostsOn: (today) => hostsOn(group, today) };
  },
});
