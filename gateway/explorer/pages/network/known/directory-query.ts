import { graphql } from '../../../generated/gql.ts';

/** One list of the directory. The others are not read. */
export const directoryQuery = graphql(`
  query PageDirectory(
    $bodies: Boolean!
    $sites: Boolean!
    $events: Boolean!
    $statements: Boolean!
    $regions: Boolean!
    $members: Boolean!
  ) {
    offices @include(if: $bodies) {
      __typename
      id
      name
      country
      city
      officeKind: kind
      endedOn: closedOn
      variants
    }
    policeUnits @include(if: $bodies) {
      __typename
      id
      name
      country
      city
      form: kind
      endedOn: validTo
      acronym
      variants
    }
    organisations(first: 1000) @include(if: $bodies) {
      nodes {
        __typename
        id
        name
        country
        city
        form: kind
        endedOn: closedOn
        acronym
        variants
      }
    }
    nationalSites @include(if: $sites) {
      ...PageSite
      closedOn
    }
    regionalSites @include(if: $sites) {
      ...PageSite
      closedOn
    }
    events(first: 1000) @include(if: $events) {
      nodes {
        ...PageEventLine
      }
    }
    statements(first: 1000) @include(if: $statements) {
      nodes {
        ...PageStatement
        ...PageSubject
      }
    }
    regions @include(if: $regions) {
      code
      name
      office {
        id
        name
        closedOn
      }
    }
    network @include(if: $members) {
      members {
        country
        since
        source
        checkedOn
        contact {
          id
          name
        }
      }
    }
  }
`);
