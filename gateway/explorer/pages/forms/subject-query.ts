import { graphql } from '../../generated/gql.ts';
import type {
  PageFormSubjectQuery,
  PageFormSubjectQueryVariables,
} from '../../generated/graphql.ts';

/** What a form is about: no more than it shows, sends back, and starts with. */
export const subjectQuery = graphql(`
  query PageFormSubject(
    $id: ID!
    $ofProgramme: Boolean!
    $ofGroup: Boolean!
    $ofVisit: Boolean!
    $ofStop: Boolean!
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
        groupSizeMin
        groupSizeMax
      }
      visits {
        startsOn
        cancelledOn
      }
    }
    visit(id: $id) @include(if: $ofVisit) {
      id
      version
      isRehearsal
      title
      startsOn
      endsOn
      hostCountries
      practicalInformation
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
  }
`);

export type Subject = PageFormSubjectQuery;
export type SubjectKind = 'programme' | 'group' | 'visit' | 'itineraryStop' | 'none';

/** Only what the form is about is read. */
export const variablesOf = (kind: SubjectKind, id: string): PageFormSubjectQueryVariables => ({
  id: kind === 'none' ? 'nbnp:none' : id,
  ofProgramme: kind === 'programme',
  ofGroup: kind === 'group',
  ofVisit: kind === 'visit',
  ofStop: kind === 'itineraryStop',
});

/** What there is to choose from, as far as a form asks for it. */
export const choicesQuery = graphql(`
  query PageFormChoices(
    $rehearsals: Boolean!
    $sites: Boolean!
    $parties: Boolean!
    $regions: Boolean!
    $groups: Boolean!
    $programmes: Boolean!
  ) {
    nationalSites(filter: { rehearsals: $rehearsals }) @include(if: $sites) {
      id
      name
      city
      country
    }
    regionalSites(rehearsals: $rehearsals) @include(if: $sites) {
      id
      name
      city
      country
    }
    offices @include(if: $parties) {
      id
      isRehearsal
      name
      city
      closedOn
    }
    policeUnits @include(if: $parties) {
      id
      name
      country
    }
    organisations(first: 1000) @include(if: $parties) {
      nodes {
        id
        name
        country
      }
    }
    regions @include(if: $regions) {
      code
      name
    }
    groups(first: 1000, filter: { rehearsals: $rehearsals }) @include(if: $groups) {
      nodes {
        id
        name
        cancelledOn
      }
    }
    programmes @include(if: $programmes) {
      id
      title
    }
  }
`);
