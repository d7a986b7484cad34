import { graphql } from '../../generated/gql.ts';

/** The groups on whose pages somebody reads of people whom other organisations keep. */
export const groupsOfPeopleQuery = graphql(`
  query PageGroupsOfPeople {
    groups(first: 100) {
      nodes {
        id
        isRehearsal
        name
        state
        memberCount
      }
    }
  }
`);

/** The people of one organisation, by name. */
export const peopleQuery = graphql(`
  query PagePeople(
    $country: CountryCode
    $search: String
    $ofPolice: Boolean!
    $ofOffices: Boolean!
    $hasTasks: Boolean!
  ) {
    officers(
      first: 100
      filter: { country: $country, search: $search, rehearsals: true }
      orderBy: NAME
    ) @include(if: $ofPolice) {
      totalCount
      nodes {
        id
        isRehearsal
        name
        email
        hold {
          until
        }
        targetGroup
        unit {
          name
        }
        access {
          ...PageAccess
        }
      }
    }
    experts(
      first: 100
      filter: { country: $country, search: $search, rehearsals: true }
      orderBy: NAME
    ) @include(if: $ofPolice) {
      totalCount
      nodes {
        id
        isRehearsal
        name
        email
        hold {
          until
        }
        roles
        unit {
          name
        }
      }
    }
    delegates(first: 100, filter: { search: $search, rehearsals: true }, orderBy: NAME)
      @include(if: $ofOffices) {
      totalCount
      nodes {
        id
        isRehearsal
        name
        email
        hold {
          until
        }
        targetGroup
        office {
          name
        }
        access {
          ...PageAccess
        }
      }
    }
    tasks(first: 1000) @include(if: $hasTasks) {
      nodes {
        id
        kind
        subject
      }
    }
  }
`);
