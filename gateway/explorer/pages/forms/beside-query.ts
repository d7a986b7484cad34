import { graphql } from '../../generated/gql.ts';

/** What stands about the subject of a form, as far as those who may send the form read it. */
export const besideQuery = graphql(`
  query PageBeside(
    $id: ID!
    $ofProgramme: Boolean!
    $ofGroup: Boolean!
    $ofVisit: Boolean!
    $ofStop: Boolean!
    $ofOfficer: Boolean!
    $ofDelegate: Boolean!
  ) {
    programme(id: $id) @include(if: $ofProgramme) {
      startsOn
      endsOn
      sides {
        id
        name
      }
      groups {
        id
        name
        state
      }
    }
    group(id: $id) @include(if: $ofGroup) {
      plannedSize
      memberCount
      state
      from {
        id
        name
      }
      to {
        id
        name
      }
      ...PageBesideVisits
    }
    visit(id: $id) @include(if: $ofVisit) {
      ...PageBesideVisit
    }
    itineraryStop(id: $id) @include(if: $ofStop) {
      visit {
        ...PageBesideVisit
      }
    }
    officer(id: $id) @include(if: $ofOfficer) {
      nominations {
        status
        reserve
        group {
          ...PageBesideJourneys
        }
      }
    }
    delegate(id: $id) @include(if: $ofDelegate) {
      nominations {
        status
        reserve
        group {
          ...PageBesideJourneys
        }
      }
    }
  }

  fragment PageBesideJourneys on Group {
    id
    name
    cancelledOn
    ...PageBesideVisits
  }

  fragment PageBesideVisits on Group {
    visits {
      id
      title
      startsOn
      endsOn
      returnedOn
      cancelledOn
    }
  }

  fragment PageBesideVisit on Visit {
    startsOn
    endsOn
    hostCountries
    group {
      memberCount
    }
    experts {
      status
    }
    hostings {
      status
    }
    regionalHostings {
      status
    }
    stops {
      id
      title
      day
      from
      status
      confirmed
    }
  }
`);
