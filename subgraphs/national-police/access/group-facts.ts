import { createFactReader } from '@hub/shared/policy';

/** The facts that decide who may read about the members of a group. */
export interface GroupFacts {
  readonly memberIds: ReadonlySet<string>;
  /** True if an NCM office co-ordinates the group on the Russian side. */
  readonly hasOffice: boolean;
  /** The codes of the countries that host its visits, without cancelled ones. */
  readonly hosts: ReadonlySet<string>;
}

interface GroupResponse {
  readonly members?: readonly ({ readonly id: string } | null)[] | null;
  readonly coordinatingOffice?: { readonly id: string } | null;
  readonly visits?:
    | readonly ({
        readonly hostCountries?: readonly string[] | null;
        readonly cancelledOn?: string | null;
      } | null)[]
    | null;
}

export const readGroupFacts = createFactReader<GroupFacts>({
  field: 'group',
  selection: '{ members { id } coordinatingOffice { id } visits { hostCountries cancelledOn } }',
  read({ members, coordinatingOffice, visits }: GroupResponse) {
    const standing = (visits ?? []).filter((visit) => visit?.cancelledOn == null);
    const hosts = standing.flatMap((visit) => visit?.hostCountries ?? []);
    return {
      memberIds: new Set((members ?? []).flatMap((member) => (member ? [member.id] : []))),
      hasOffice: coordinatingOffice != null,
      hosts: new Set(hosts.map((country) => country.toLowerCase())),
    };
  },
});
