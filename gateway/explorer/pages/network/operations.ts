import { graphql } from '../../generated/gql.ts';

/** One page of the contacts, with all that the filters, tables and drawings of this page need. */
export const contactsQuery = graphql(`
  query PageNetworkContacts(
    $level: ContactLevel!
    $first: Int!
    $after: String
    $readsVisits: Boolean!
    $rehearsals: Boolean!
    $via: [ContactBasis!]
  ) {
    contacts(
      minimum: 1
      first: $first
      after: $after
      filter: { level: $level, rehearsals: $rehearsals, via: $via }
    ) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        countries
        parties {
          __typename
          id
          name
          country
          ... on Organisation {
            form: kind
            city
            source
          }
          ... on PoliceUnit {
            form: kind
            city
            source
          }
          ... on Office {
            officeKind: kind
            city
            source
            isRehearsal
          }
        }
        evidence {
          basis
          on
          source
          isRehearsal
          event {
            id
            title
            kind
            city
            country
            startsOn
            endsOn
          }
          visit @include(if: $readsVisits) {
            id
            title
            startsOn
            endsOn
          }
          programme {
            id
            title
            startsOn
            endsOn
          }
        }
      }
    }
  }
`);

/** Who did what at an event, and how we know. */
export const eventQuery = graphql(`
  query PageNetworkEvent($id: ID!) {
    event(id: $id) {
      id
      title
      kind
      aim
      startsOn
      endsOn
      city
      countries
      source
      note
      participants {
        value
        qualifier
      }
      roles {
        role
        source
        party {
          id
          name
        }
      }
      represented {
        what
        source
        party {
          id
          name
        }
      }
      partOf {
        id
        title
      }
      parts {
        id
        title
      }
    }
  }
`);

/** How central each party is, and how central when some are left out. */
export const centralitiesQuery = graphql(`
  query PageNetworkCentralities($filter: ContactFilter, $without: [ID!], $compares: Boolean!) {
    all: centralities(filter: $filter, first: 1000) {
      ...PageNetworkCentrality
    }
    without: centralities(filter: $filter, without: $without, first: 1000) @include(if: $compares) {
      ...PageNetworkCentrality
    }
  }

  fragment PageNetworkCentrality on Centrality {
    party {
      id
      name
    }
    country
    degree
    betweenness
    component
    isRehearsal
  }
`);

/** All shortest chains between two parties. */
export const pathsQuery = graphql(`
  query PageNetworkPaths($from: ID!, $to: ID!, $filter: ContactFilter) {
    contactPaths(from: $from, to: $to, filter: $filter) {
      length
      isRehearsal
      countries
      parties {
        id
        name
      }
    }
  }
`);
