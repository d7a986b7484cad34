import { csv } from '@hub/shared/database';
import type { Claim } from '../entities/claim.entity.js';
import { membershipSubject } from '../entities/network.entity.js';
import type { FactIds } from './fact-ids.js';
import type { Facts } from './fact-tables.js';
import { readParticipants } from './read-participants.js';

type NewClaim = Omit<Claim, 'position'>;

/** The claims that the sources state explicitly. */
function statedClaims({ claims }: Facts, ids: FactIds): NewClaim[] {
  return claims.map(({ subject, property, value, source_url, preferred, note }, index) => {
    const subjectId = ids.own(subject);
    if (subjectId === undefined) {
      throw csv.faultIn('claims.csv', index, 'subject', `“${subject}” is not the network’s`);
    }
    return { subjectId, property, value, source: source_url, preferred, note };
  });
}

/** Keeps the wording of a number that has no qualifier. */
function wordedCounts(facts: Facts, ids: FactIds): NewClaim[] {
  return facts.events.flatMap((row) => {
    const count = readParticipants(row, facts);
    const subjectId = ids.event(row.event_id);
    if (count?.qualifier !== 'OTHER' || subjectId === undefined) return [];
    return [
      {
        subjectId,
        property: 'participants',
        value: String(count.value),
        source: row.source_url,
        preferred: true,
        note: row.participants_qualifier,
      },
    ];
  });
}

/** The lists of members that disagree, as claims of each country that a list omits. */
function disputedMemberships({ claims, members }: Facts): NewClaim[] {
  const lists = claims.filter(
    ({ subject, property }) => subject === 'nbnp' && property === 'members',
  );
  const names = (list: string, country: string) => list.split(' ').includes(country);
  return members
    .filter(({ country }) => lists.some(({ value }) => !names(value, country)))
    .flatMap(({ country }) =>
      lists.map(({ property, value, source_url, preferred, note }) => ({
        subjectId: membershipSubject(country),
        property,
        value,
        source: source_url,
        preferred,
        note,
      })),
    );
}

/**
 * The names of a country’s places on the board, with the property of its membership that claims it.
 */
const boardProperties: Readonly<Record<string, string>> = {
  'board member': 'boardMember',
  'contact person': 'contactPerson',
};

/**
 * Who sat on the board for a country, as claims of its membership. This is neither a chair nor a
 * spokesmanship.
 */
function boardClaims({ terms, members }: Facts): NewClaim[] {
  const file = 'network-terms.csv';
  return terms.flatMap((row, index): NewClaim[] => {
    if (row.row_kind !== 'board') return [];
    const property = boardProperties[row.role_title];
    if (property === undefined)
      throw csv.faultIn(
        file,
        index,
        'role_title',
        `“${row.role_title}” is not a place on the board`,
      );
    if (row.holder_organisation === null)
      throw csv.faultIn(file, index, 'holder_organisation', 'is empty');
    const { country } = row;
    if (country === null || !members.some((member) => member.country === country))
      throw csv.faultIn(file, index, 'country', `“${country ?? ''}” is not a member`);
    return [
      {
        subjectId: membershipSubject(country),
        property,
        value: row.holder_organisation,
        source: row.source_url,
        preferred: true,
        note: [row.attested_on, row.notes].filter(Boolean).join(': ') || null,
      },
    ];
  });
}

/** All claims of sources about the network’s records, in the order of the files. */
export function readClaims(facts: Facts, ids: FactIds): Claim[] {
  return [
    ...statedClaims(facts, ids),
    ...wordedCounts(facts, ids),
    ...disputedMemberships(facts),
    ...boardClaims(facts),
  ].map((claim, position) => ({ ...claim, position }));
}
