import { createFactReader } from '@hub/shared/policy';

/** What decides who reads about the people whom the offices select for a group. */
export interface GroupFacts {
  /** The codes of the countries that host its visits. */
  readonly hosts: ReadonlySet<string>;
}

interface GroupAnswer {
  readonly visits?:
    readonly ({ readonly hostCountries?: readonly string[] | null } | null)[] | null;
}

export const readGroupFacts = createFactReader<GroupFacts>({
  field: 'group',
  selection: '{ visits { hostCountries } }',
  read(answer) {
    const { visits }: GroupAnswer = answer;
    const countries = (visits ?? []).flatMap((visit) => visit?.hostCountries ?? []);
    return { hosts: new Set(countries.map((country) => country.toLowerCase())) };
  },
});

/** What decides who reads about a stop of one of the network’s visits. */
export interface VisitFacts {
  readonly endsOn: string | null;
  readonly hosts: ReadonlySet<string>;
  /** The organisations of which people are accepted or selected. */
  readonly senders: ReadonlySet<string>;
  /** True where an NCM office co-ordinates the group on the Russian side. */
  readonly hasOffice: boolean;
}

interface StopAnswer {
  readonly visit?: {
    readonly endsOn?: string | null;
    readonly hostCountries?: readonly string[] | null;
    readonly group?: {
      readonly members?: readonly ({ readonly id: string } | null)[] | null;
      readonly coordinatingOffice?: { readonly id: string } | null;
    } | null;
  } | null;
}

const ownerOf = (id: string): string => id.slice(0, id.indexOf(':'));

/** The facts of the visit that a stop belongs to. */
export const readStopFacts = createFactReader<VisitFacts>({
  field: 'itineraryStop',
  selection:
    '{ visit { endsOn hostCountries group { members { id } coordinatingOffice { id } } } }',
  read(answer) {
    const { visit }: StopAnswer = answer;
    const members = visit?.group?.members ?? [];
    return {
      endsOn: visit?.endsOn ?? null,
      hosts: new Set((visit?.hostCountries ?? []).map((country) => country.toLowerCase())),
      senders: new Set(members.flatMap((member) => (member ? [ownerOf(member.id)] : []))),
      hasOffice: visit?.group?.coordinatingOffice != null,
    };
  },
});
