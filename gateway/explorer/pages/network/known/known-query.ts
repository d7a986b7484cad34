import { graphql } from '../../../generated/gql.ts';

/** All that is known of an organisation, an office or a police unit. */
export const bodyQuery = graphql(`
  query PageBody($id: ID!) {
    party(id: $id) {
      __typename
      id
      name
      country
      events {
        ...PageEventLine
      }
      ... on Organisation {
        acronym
        city
        form: kind
        beganOn: foundedOn
        endedOn: closedOn
        roleInField
        note
        variants
        source
        checkedOn
        claims {
          ...PageClaim
        }
        superior: parent {
          id
          name
        }
        mergedInto {
          id
          name
        }
        links {
          ...PageLink
        }
        statements {
          ...PageStatement
        }
      }
      ... on PoliceUnit {
        acronym
        city
        form: kind
        beganOn: validFrom
        endedOn: validTo
        note
        variants
        source
        checkedOn
        claims {
          ...PageClaim
        }
        superior {
          id
          name
        }
        mergedInto {
          id
          name
        }
        successor {
          id
          name
        }
        parts: units {
          id
          name
        }
        sites {
          id
          name
          city
        }
      }
      ... on Office {
        isRehearsal
        city
        officeKind: kind
        beganOn: openedOn
        endedOn: closedOn
        roleInField
        note
        variants
        source
        checkedOn
        claims {
          ...PageClaim
        }
        superior: parent {
          id
          name
        }
        mergedInto {
          id
          name
        }
        parts: branches {
          id
          name
        }
        coverages {
          isStated
          source
          checkedOn
          region {
            code
            name
          }
        }
        coordinatedGroups {
          id
          name
          isRehearsal
        }
      }
    }
    network {
      members {
        country
        since
        source
        contact {
          id
        }
      }
    }
  }

  fragment PageEventLine on Event {
    id
    title
    kind
    startsOn
    endsOn
    isRehearsal
  }

  fragment PageClaim on Claim {
    property
    value
    source
    preferred
    note
  }

  fragment PageLink on Link {
    id
    version
    label
    url
    checkedOn
  }

  fragment PageStatement on Statement {
    id
    kind
    text
    place
    countries
    traffickingRoles
    source
    checkedOn
    claims {
      ...PageClaim
    }
  }
`);

/** All that is known of an event. */
export const eventQuery = graphql(`
  query PageEvent($id: ID!) {
    event(id: $id) {
      ...PageEventLine
      aim
      city
      countries
      venue
      series
      seminarDays
      targetGroup
      workingLanguages
      note
      source
      participants {
        value
        qualifier
      }
      programme {
        id
        title
      }
      partOf {
        id
        title
      }
      parts {
        id
        title
        city
        countries
      }
      roles {
        role
        source
        note
        party {
          id
          name
        }
      }
      represented {
        what
        source
        country
        party {
          id
          name
        }
      }
      outcomes {
        id
        kind
        title
        source
        checkedOn
        leadsTo {
          id
          title
        }
        mandated {
          id
          name
        }
        claims {
          ...PageClaim
        }
      }
      statements {
        ...PageStatement
      }
      links {
        ...PageLink
      }
      claims {
        ...PageClaim
      }
    }
  }
`);
