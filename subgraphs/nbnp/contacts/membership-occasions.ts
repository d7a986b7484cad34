import { dates } from '@hub/shared/graphql';
import { membershipSubject, type Membership } from '../entities/network.entity.js';
import { spanOf } from '../entities/partial-date.js';
import type { Spokesmanship } from '../entities/spokesmanship.entity.js';
import { ContactBasis } from '../entities/vocabulary.js';
import type { Occasion } from './occasion.js';

const common = {
  basis: ContactBasis.MEMBERSHIP,
  wholeId: null,
  programmeId: null,
  represented: [],
  isRehearsal: false,
} as const;

/** Between the memberships in the id of an occasion. */
const separator = ' ';

/** The countries of the memberships that an occasion stands for; none for another one. */
export const memberCountriesOf = (id: string): string[] =>
  id.split(separator).flatMap((subject) => {
    const country = subject.slice(membershipSubject('').length);
    return membershipSubject(country) === subject ? country : [];
  });

/** The later of two dates; null if one is unknown. */
const later = (days: readonly (string | null)[]): string | null =>
  days.reduce((a, b) =>
    a === null || b === null || dates.firstDayOf(a) > dates.firstDayOf(b) ? a : b,
  );

/** What one membership, or two, have in common. The network has no country. */
function toOccasion(members: readonly Membership[], network: string | null): Occasion {
  const since = later(members.map((member) => member.since));
  const contacts = members.flatMap(({ contactId }) => contactId ?? []);
  return {
    ...common,
    id: members.map(({ country }) => membershipSubject(country)).join(separator),
    firstDay: spanOf(since, null).firstDay,
    lastDay: null,
    on: since,
    source: members[0]?.source ?? null,
    parties: [...contacts, ...(network === null ? [] : [network])].sort(),
    countries: members.map(({ country }) => country),
  };
}

/** Every membership with the network, and every two memberships with each other. */
export function listMembershipOccasions(
  memberships: readonly Membership[],
  networks: readonly { readonly id: string }[],
): Occasion[] {
  const sorted = memberships.toSorted((a, b) => (a.country < b.country ? -1 : 1));
  return sorted.flatMap((one, index) => [
    ...networks.map(({ id }) => toOccasion([one], id)),
    ...sorted.slice(index + 1).map((other) => toOccasion([one, other], null)),
  ]);
}

/** The body of a spokesmanship and the unit that held it. */
export const toSpokesmanshipOccasion = ({
  id,
  bodyId,
  unitId,
  country,
  startedOn,
  endedOn,
  source,
}: Spokesmanship): Occasion => ({
  ...common,
  id,
  firstDay: spanOf(startedOn, null).firstDay,
  lastDay: spanOf(null, endedOn).lastDay,
  on: startedOn ?? endedOn,
  source,
  parties: [bodyId, ...(unitId === null ? [] : [unitId])].sort(),
  countries: [country],
});
