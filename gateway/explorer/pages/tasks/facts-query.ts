import { graphql } from '../../generated/gql.ts';

/** What the record says now on which a decision is taken. Only what the kind of task needs is read. */
export const factsQuery = graphql(`
  query PageTaskFacts(
    $group: ID!
    $visit: ID!
    $stop: ID!
    $programme: ID!
    $officer: ID!
    $delegate: ID!
    $country: CountryCode!
    $readsOfficerNominations: Boolean!
    $readsDelegateNominations: Boolean!
    $readsGroup: Boolean!
    $readsSides: Boolean!
    $readsVisit: Boolean!
    $readsExperts: Boolean!
    $readsLoans: Boolean!
    $readsHostings: Boolean!
    $readsStop: Boolean!
    $readsProgramme: Boolean!
    $readsOfficer: Boolean!
    $readsDelegate: Boolean!
    $readsUnits: Boolean!
    $readsOffices: Boolean!
    $readsOfficers: Boolean!
    $readsDelegates: Boolean!
    $readsSites: Boolean!
    $readsExpertChoice: Boolean!
    $readsVisits: Boolean!
    $rehearsals: Boolean!
  ) {
    nominating: group(id: $group) @include(if: $readsOfficerNominations) {
      memberCount
      plannedSize
      officerNominations {
        id
        version
        decisionVersion
        nominatedOn
        officer {
          id
        }
      }
    }
    selecting: group(id: $group) @include(if: $readsDelegateNominations) {
      memberCount
      plannedSize
      delegateNominations {
        id
        version
        nominatedOn
        delegate {
          id
          name
          employer
          email
          languages
        }
      }
    }
    group(id: $group) @include(if: $readsGroup) {
      version
      name
      programme {
        targetGroups
      }
      members {
        id
        name
      }
    }
    sides: group(id: $group) @include(if: $readsSides) {
      from {
        countries
        selectors {
          id
          name
        }
        coordinators {
          id
        }
      }
      to {
        countries
        hosts {
          id
        }
        coordinators {
          id
        }
      }
    }
    visit(id: $visit) @include(if: $readsVisit) {
      version
      title
      startsOn
      endsOn
      hostCountries
    }
    lending: visit(id: $visit) @include(if: $readsExperts) {
      version
      title
      startsOn
      endsOn
      experts {
        id
        role
        languages
        status
        expert {
          id
          name
        }
      }
    }
    asked: experts(first: 1000, filter: { country: $country, rehearsals: $rehearsals })
      @include(if: $readsLoans) {
      nodes {
        id
        name
        assignments {
          id
          role
          languages
          status
          visit {
            title
            startsOn
            endsOn
            version
          }
        }
      }
    }
    hosting: visit(id: $visit) @include(if: $readsHostings) {
      version
      title
      startsOn
      endsOn
      hostCountries
      hostings {
        id
        status
        version
        accommodation
        transport
      }
      regionalHostings {
        id
        status
        version
        accommodation
        transport
      }
    }
    itineraryStop(id: $stop) @include(if: $readsStop) {
      version
      title
      day
      from
      to
      address
      meetingPoint
      status
      confirmed
      hostOwner
      hostConfirmedOn
      officeConfirmedOn
      networkConfirmedOn
      confirmingUnit {
        id
        name
      }
      confirmingOffice {
        id
        name
      }
      confirmingOrganisation {
        id
        name
      }
    }
    programme(id: $programme) @include(if: $readsProgramme) {
      title
      version
      evaluation {
        version
        status
        summary
      }
      officeEvaluation {
        version
        summary
      }
    }
    officer(id: $officer) @include(if: $readsOfficer) {
      id
      name
      formalities(group: $group) {
        kind
        status
        version
      }
    }
    delegate(id: $delegate) @include(if: $readsDelegate) {
      id
      name
      formalities(group: $group) {
        kind
        status
        version
      }
    }
    policeUnits(filter: { country: $country }) @include(if: $readsUnits) {
      id
      name
    }
    offices(filter: { rehearsals: $rehearsals }) @include(if: $readsOffices) {
      id
      isRehearsal
      name
      city
      country
      closedOn
    }
    officers(first: 1000, orderBy: NAME, filter: { country: $country, rehearsals: $rehearsals })
      @include(if: $readsOfficers) {
      nodes {
        id
        isRehearsal
        name
        targetGroup
      }
    }
    delegates(first: 1000, orderBy: NAME, filter: { rehearsals: $rehearsals })
      @include(if: $readsDelegates) {
      nodes {
        id
        isRehearsal
        name
        targetGroup
      }
    }
    nationalSites(filter: { rehearsals: $rehearsals }) @include(if: $readsSites) {
      id
      name
      city
      country
    }
    regionalSites(rehearsals: $rehearsals) @include(if: $readsSites) {
      id
      name
      city
      country
    }
    visits(first: 1000, orderBy: STARTS_ON, filter: { rehearsals: $rehearsals })
      @include(if: $readsVisits) {
      nodes {
        id
        title
        startsOn
        endsOn
        group {
          name
        }
      }
    }
    experts(first: 1000, filter: { rehearsals: $rehearsals }) @include(if: $readsExpertChoice) {
      nodes {
        id
        isRehearsal
        name
        country
        roles
        languages
      }
    }
  }
`);
