import { createFactReader } from '@hub/shared/policy';
import { type HostedGroup, hostsOf, hostsOn } from '@hub/shared/programme';

/** The facts that decide who may read about the members of a group. */
export interface GroupFacts {
  readonly memberIds: ReadonlySet<string>;
  /** True if an NCM office co-ordinates the group on the Russian side. */
  readonly hasOffice: boolean;
  /** The codes of the countries that host its visits, without cancelled ones. */
  readonly hosts: ReadonlySet<string>;
  /** The organisations that host it on a day: from 30 days before the departure until the return. */
  hostsOn(today: string): ReadonlySet<string>;
}

interface GroupResponse extends HostedGroup {
  readonly members?: readonly ({ readonly id: string } | null)[] | null;
  readonly coordinatingOffice?: { readonly id: string } | null;
}

export const readGroupFacts = createFactReader<GroupFacts>({
  field: 'group',
  selection: `{ cancelledOn members { id } coordinatingOffice { id }
    visits { hostCountries startsOn departedOn returnedOn cancelledOn } }`,
  read({ members, coordinatingOffice, ...group }: GroupResponse) {
    return {
      memberIds: new Set((members ?? []).flatMap((member) => (member ? [member.id] : []))),
      hasOffice: coordinatingOffice != null,
      hosts: hostsOf(group.visits),
      hostsOn: (today) => hostsOn(group, today),
    };
  },
});
