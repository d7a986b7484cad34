import { graphql } from '../../../generated/gql.ts';

/** All that is known with its sources. The graph finds nothing by its source, so the page does. */
export const sourcesQuery = graphql(`
  query PageSources {
    offices {
      id
      name
      source
      coverages {
        source
        region {
          code
          name
        }
      }
    }
    policeUnits {
      id
      name
      source
    }
    organisations(first: 1000) {
      totalCount
      nodes {
        id
        name
        source
        links {
          url
        }
      }
    }
    nationalSites {
      id
      name
      source
    }
    regionalSites {
      id
      name
      source
    }
    events(first: 1000) {
      totalCount
      nodes {
        id
        title
        source
        links {
          url
        }
        roles {
          source
        }
        outcomes {
          source
        }
      }
    }
    statements(first: 1000) {
      totalCount
      nodes {
        id
        text
        kind
        source
        ...PageSubject
      }
    }
    network {
      members {
        country
        source
      }
    }
    programmes {
      id
      title
      source
    }
    claims {
      subject
      property
      party {
        id
        name
      }
      event {
        id
        title
      }
      claims {
        value
        source
        preferred
      }
    }
  }

  fragment PageSubject on Statement {
    subject {
      __typename
      ... on Event {
        id
        title
      }
      ... on Organisation {
        id
        name
      }
      ... on Programme {
        id
        title
      }
    }
  }
`);

/** All that is known of a region. */
export const regionQuery = graphql(`
  query PageRegion($code: ID!) {
    region(code: $code) {
      code
      name
      country
      variants
      office {
        id
        name
        closedOn
        coverages {
          isStated
          source
          checkedOn
          region {
            code
          }
        }
      }
    }
    regionalSites {
      id
      name
      city
      region {
        code
      }
    }
    offices {
      id
      name
      city
      closedOn
      isRehearsal
    }
    organisations(first: 1000) {
      nodes {
        id
        name
        city
        closedOn
      }
    }
    programmes {
      id
      title
      isRehearsal
      sides {
        id
        name
        regions {
          code
        }
      }
    }
  }
`);
