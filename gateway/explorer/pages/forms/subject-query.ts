import { ownerOf } from '../../client/why-null.ts';
import { graphql } from '../../generated/gql.ts';
import type {
  PageFormSubjectQuery,
  PageFormSubjectQueryVariables,
} from '../../generated/graphql.ts';
import type { pickBodySubjects } from './body-subjects.ts';

/** What a form is about: no more than it shows, sends back, and starts with. */
export const subjectQuery = graphql(`
  query PageFormSubject(
    $id: ID!
    $ofProgramme: Boolean!
    $ofGroup: Boolean!
    $ofVisit: Boolean!
    $ofStop: Boolean!
    $ofParty: Boolean!
    $ofOfficers: Boolean!
    $ofDelegates: Boolean!
    $ofMembers: Boolean!
    $ofEvent: Boolean!
    $ofNationalSite: Boolean!
    $ofRegionalSite: Boolean!
    $ofRegion: Boolean!
    $ofMembership: Boolean!
    $ofStatement: Boolean!
    $ofOfficer: Boolean!
    $ofExpert: Boolean!
    $ofDelegate: Boolean!
  ) {
    programme(id: $id) @include(if: $ofProgramme) {
      id
      version
      isRehearsal
      title
      startsOn
      endsOn
      groupSizeMin
      groupSizeMax
      plannedGroups
      targetGroups
      sectorsToShow
      workingLanguages
      areasToInvolve {
        code
      }
      roles {
        party {
          id
        }
        role
      }
      statements(kind: AIM) {
        text
      }
      evaluation {
        ...PageEvaluation
      }
      officeEvaluation {
        ...PageOfficeEvaluation
      }
      deadlines {
        kind
        days
      }
      plannedJourneys {
        from {
          name
        }
        to {
          name
        }
        destination
        weeks
      }
      sides {
        id
        name
        countries
        regions {
          code
        }
        sectorsToShow
        coordinators {
          id
        }
        hosts {
          id
        }
        selectors {
          id
        }
      }
    }
    group(id: $id) @include(if: $ofGroup) {
      id
      version
      isRehearsal
      name
      plannedSize
      from {
        name
      }
      to {
        name
        countries
      }
      programme {
        id
        title
        targetGroups
        groupSizeMin
        groupSizeMax
      }
      visits {
        startsOn
        cancelledOn
      }
      meetings {
        kind
        version
        on
        place
        agenda
        outcome
      }
      delegateMeetings {
        kind
        version
        on
        place
        agenda
        outcome
      }
      absences {
        participant {
          id
          name
        }
        visit {
          id
          title
        }
      }
      ...PageGroupNominees
      coordinatingOffice {
        id
      }
      members @include(if: $ofMembers) {
        id
        name
        report {
          group
          visit
          receivedOn
          text
          version
        }
      }
    }
    visit(id: $id) @include(if: $ofVisit) {
      id
      version
      isRehearsal
      title
      startsOn
      endsOn
      departedOn
      returnedOn
      hostCountries
      practicalInformation
      experts {
        id
        expertId
        role
        expert {
          name
        }
      }
      hostings {
        id
        version
        accommodation
        transport
        meetingPoint
        contactOnTheSpot
        emergencyContact
        note
      }
      regionalHostings {
        id
        version
        accommodation
        transport
        meetingPoint
        contactOnTheSpot
        emergencyContact
        note
      }
      group {
        id
        name
        from {
          countries
        }
        to {
          countries
        }
        programme {
          id
        }
      }
    }
    itineraryStop(id: $id) @include(if: $ofStop) {
      id
      version
      isRehearsal
      title
      day
      from
      to
      sector
      status
      hostCountry
      site {
        id
      }
      address
      city
      meetingPoint
      contactOnTheSpot
      note
      visit {
        id
        title
        startsOn
        endsOn
        group {
          name
        }
      }
    }
    officer(id: $id) @include(if: $ofOfficer) {
      ...PageOfficer
    }
    expert(id: $id) @include(if: $ofExpert) {
      ...PageExpert
    }
    delegate(id: $id) @include(if: $ofDelegate) {
      ...PageDelegate
    }
    ...PageFormBodies
  }
`);

export type Subject = PageFormSubjectQuery & Partial<ReturnType<typeof pickBodySubjects>>;
/** The kinds of people who are registered. */
export type PersonKind = 'officer' | 'expert' | 'delegate';
/** The person whom a form is about. */
export const personOf = ({ officer, expert, delegate }: Subject) =>
  officer ?? expert ?? delegate ?? undefined;
type SubjectKind =
  | 'programme'
  | 'group'
  | 'visit'
  | 'itineraryStop'
  | 'party'
  | 'event'
  | 'site'
  | 'region'
  | 'membership'
  | 'statement'
  | PersonKind
  | 'none';

/** What a form is about, and which people of a group it needs. */
export interface Reads {
  readonly about: SubjectKind;
  readonly people?: 'officers' | 'delegates' | 'members';
}

/** Only what the form is about is read. */
export const variablesOf = (
  { about, people }: Reads,
  id: string,
): PageFormSubjectQueryVariables => ({
  id: about === 'none' ? 'nbnp:none' : id,
  ofProgramme: about === 'programme',
  ofGroup: about === 'group',
  ofVisit: about === 'visit',
  ofStop: about === 'itineraryStop',
  ofParty: about === 'party',
  ofOfficers: people === 'officers',
  ofDelegates: people === 'delegates',
  ofMembers: people === 'members',
  ofEvent: about === 'event',
  ofNationalSite: about === 'site' && ownerOf(id) !== 'ncm',
  ofRegionalSite: about === 'site' && ownerOf(id) === 'ncm',
  ofRegion: about === 'region',
  ofMembership: about === 'membership',
  ofStatement: about === 'statement',
  ofOfficer: about === 'officer',
  ofExpert: about === 'expert',
  ofDelegate: about === 'delegate',
});
