import { createFactReader } from '@hub/shared/policy';

/** What decides who reads about the people of a group, or about one of its visits. */
export interface GroupFacts {
  /** The organisations of which people are accepted or selected. */
  readonly senders: ReadonlySet<string>;
  readonly memberIds: ReadonlySet<string>;
  /** True where an NCM office co-ordinates the group on the Russian side. */
  readonly hasOffice: boolean;
  /** The codes of the countries that host its visits. */
  readonly hosts: ReadonlySet<string>;
}

export interface VisitFacts extends GroupFacts {
  readonly endsOn: string | null;
}

interface GroupAnswer {
  readonly members?: readonly ({ readonly id: string } | null)[] | null;
  readonly coordinatingOffice?: { readonly id: string } | null;
  readonly visits?:
    readonly ({ readonly hostCountries?: readonly string[] | null } | null)[] | null;
}

interface VisitAnswer {
  readonly endsOn?: string | null;
  readonly hostCountries?: readonly string[] | null;
  readonly group?: GroupAnswer | null;
}

const ownerOf = (id: string): string => id.slice(0, id.indexOf(':'));

function readMembers({ members, coordinatingOffice }: GroupAnswer) {
  const memberIds = new Set((members ?? []).flatMap((member) => (member ? [member.id] : [])));
  return {
    memberIds,
    senders: new Set([...memberIds].map(ownerOf)),
    hasOffice: coordinatingOffice != null,
  };
}

const toCodes = (countries: readonly string[] | null | undefined): string[] =>
  (countries ?? []).map((country) => country.toLowerCase());

export const readGroupFacts = createFactReader<GroupFacts>({
  field: 'group',
  selection: '{ members { id } coordinatingOffice { id } visits { hostCountries } }',
  read(answer) {
    const group: GroupAnswer = answer;
    const hosts = (group.visits ?? []).flatMap((visit) => toCodes(visit?.hostCountries));
    return { ...readMembers(group), hosts: new Set(hosts) };
  },
});

const visitSelection =
  '{ endsOn hostCountries group { members { id } coordinatingOffice { id } } }';

const readVisit = (visit: VisitAnswer): VisitFacts => ({
  ...readMembers(visit.group ?? {}),
  endsOn: visit.endsOn ?? null,
  hosts: new Set(toCodes(visit.hostCountries)),
});

export const readVisitFacts = createFactReader<VisitFacts>({
  field: 'visit',
  selection: visitSelection,
  read: readVisit,
});

/** The facts of the visit that a stop belongs to. */
export const readStopFacts = createFactReader<VisitFacts>({
  field: 'itineraryStop',
  selection: `{ visit ${visitSelection} }`,
  read({ visit }) {
    return readVisit((visit ?? {}) as VisitAnswer);
  },
});
