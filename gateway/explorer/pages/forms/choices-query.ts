import { graphql } from '../../generated/gql.ts';

/** What there is to choose from, as far as a form asks for it. */
export const choicesQuery = graphql(`
  query PageFormChoices(
    $rehearsals: Boolean!
    $sites: Boolean!
    $parties: Boolean!
    $offices: Boolean!
    $units: Boolean!
    $country: CountryCode
    $regions: Boolean!
    $groups: Boolean!
    $group: ID!
    $members: Boolean!
    $programmes: Boolean!
    $events: Boolean!
    $experts: Boolean!
    $officers: Boolean!
    $delegates: Boolean!
    $holder: CountryCode!
    $policeHolds: Boolean!
    $officeHolds: Boolean!
    $networkHolds: Boolean!
  ) {
    policeHolds(country: $holder, first: 1000) @include(if: $policeHolds) {
      nodes {
        person
        version
      }
    }
    officeHolds(first: 1000) @include(if: $officeHolds) {
      nodes {
        person
        version
      }
    }
    networkHolds(first: 1000) @include(if: $networkHolds) {
      nodes {
        person
        version
      }
    }
    nationalSites(filter: { rehearsals: $rehearsals }) @include(if: $sites) {
      id
      version
      name
      city
      country
      closedOn
    }
    regionalSites(rehearsals: $rehearsals) @include(if: $sites) {
      id
      version
      name
      city
      country
      closedOn
    }
    offices(filter: { rehearsals: $rehearsals }) @include(if: $offices) {
      id
      version
      country
      isRehearsal
      name
      city
      closedOn
    }
    policeUnits @include(if: $parties) {
      id
      version
      name
      country
    }
    ownUnits: policeUnits(filter: { country: $country }) @include(if: $units) {
      id
      name
      city
    }
    organisations(first: 1000) @include(if: $parties) {
      nodes {
        id
        version
        name
        country
      }
    }
    regions @include(if: $regions) {
      code
      name
    }
    group(id: $group) @include(if: $members) {
      members {
        id
        name
      }
      visits {
        id
        title
        startsOn
        endsOn
        cancelledOn
      }
    }
    groups(first: 1000, filter: { rehearsals: $rehearsals }) @include(if: $groups) {
      nodes {
        id
        name
        cancelledOn
      }
    }
    events(first: 1000, filter: { rehearsals: $rehearsals }) @include(if: $events) {
      nodes {
        id
        title
        startsOn
      }
    }
    experts(first: 1000, filter: { rehearsals: $rehearsals }) @include(if: $experts) {
      nodes {
        id
        name
        country
        roles
        languages
      }
    }
    officers(first: 1000, filter: { country: $country, rehearsals: $rehearsals })
      @include(if: $officers) {
      nodes {
        id
        isRehearsal
        name
        targetGroup
        unit {
          name
        }
      }
    }
    delegates(first: 1000, filter: { rehearsals: $rehearsals }) @include(if: $delegates) {
      nodes {
        id
        isRehearsal
        name
        targetGroup
        employer
      }
    }
    programmes @include(if: $programmes) {
      id
      title
    }
  }
`);
