import { graphql } from '../../../generated/gql.ts';

/** What has a text in its name, of all partners. People only where the reader may search them. */
export const searchQuery = graphql(`
  query PageSearch(
    $search: String!
    $country: CountryCode
    $officers: Boolean!
    $delegates: Boolean!
  ) {
    offices(filter: { search: $search }) {
      id
      name
      city
      country
    }
    policeUnits(filter: { search: $search }) {
      id
      name
      city
      country
    }
    organisations(first: 200, filter: { search: $search }) {
      totalCount
      nodes {
        id
        name
        city
        country
      }
    }
    officers(
      first: 100
      filter: { search: $search, country: $country, rehearsals: true }
      orderBy: NAME
    ) @include(if: $officers) {
      totalCount
      nodes {
        id
        name
        isRehearsal
      }
    }
    experts(
      first: 100
      filter: { search: $search, country: $country, rehearsals: true }
      orderBy: NAME
    ) @include(if: $officers) {
      totalCount
      nodes {
        id
        name
        isRehearsal
      }
    }
    delegates(first: 100, filter: { search: $search, rehearsals: true }, orderBy: NAME)
      @include(if: $delegates) {
      totalCount
      nodes {
        id
        name
        isRehearsal
      }
    }
    groups(first: 1000) {
      totalCount
      nodes {
        id
        name
        isRehearsal
      }
    }
    visits(first: 1000) {
      totalCount
      nodes {
        id
        title
        startsOn
        endsOn
        isRehearsal
      }
    }
    events(first: 200, filter: { search: $search }) {
      totalCount
      nodes {
        id
        title
        startsOn
        isRehearsal
      }
    }
    nationalSites(filter: { search: $search }) {
      id
      name
      city
      country
    }
    regionalSites {
      id
      name
      city
      country
    }
    regions {
      code
      name
      variants
    }
    programmes {
      id
      title
    }
    statements(first: 200, filter: { search: $search }) {
      totalCount
      nodes {
        id
        text
      }
    }
  }
`);
