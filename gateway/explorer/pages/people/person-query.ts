import { graphql } from '../../generated/gql.ts';

/** A person of an organisation that registers people, as far as the reader may read of her. */
export const personQuery = graphql(`
  query PagePerson(
    $id: ID!
    $country: CountryCode!
    $ofPolice: Boolean!
    $ofOffices: Boolean!
    $keepsPolice: Boolean!
    $keepsOffices: Boolean!
  ) {
    officer(id: $id) @include(if: $ofPolice) {
      ...PageOfficer
      country
      access {
        ...PageAccess
      }
      nominations {
        id
        status
        reserve
        group {
          ...PagePersonGroup
        }
      }
    }
    expert(id: $id) @include(if: $ofPolice) {
      ...PageExpert
      country
      assignments {
        id
        role
        status
        visit {
          id
          title
        }
      }
    }
    delegate(id: $id) @include(if: $ofOffices) {
      ...PageDelegate
      access {
        ...PageAccess
      }
      nominations {
        id
        status
        reserve
        group {
          ...PagePersonGroup
        }
      }
    }
    policeRetention(country: $country, first: 1000) @include(if: $keepsPolice) {
      nodes {
        ...PageRetention
      }
    }
    officeRetention(first: 1000) @include(if: $keepsOffices) {
      nodes {
        ...PageRetention
      }
    }
    policeErasures(country: $country, outstanding: true, first: 1000) @include(if: $keepsPolice) {
      nodes {
        person
        holder
      }
    }
    officeErasures(outstanding: true, first: 1000) @include(if: $keepsOffices) {
      nodes {
        person
        holder
      }
    }
  }

  fragment PagePersonGroup on Group {
    id
    name
    cancelledOn
    visits {
      startsOn
      endsOn
      returnedOn
      cancelledOn
    }
  }

  fragment PageOfficer on Officer {
    __typename
    id
    version
    hold {
      ...PageHold
    }
    isRehearsal
    name
    rank
    email
    targetGroup
    languages
    unit {
      id
      name
    }
  }

  fragment PageExpert on Expert {
    __typename
    id
    version
    hold {
      ...PageHold
    }
    isRehearsal
    name
    email
    roles
    languages
    fields
    unit {
      id
      name
    }
  }

  fragment PageDelegate on Delegate {
    __typename
    id
    version
    hold {
      ...PageHold
    }
    isRehearsal
    name
    employer
    email
    targetGroup
    languages
    country
    region {
      code
      name
    }
    office {
      id
      name
    }
  }

  fragment PageAccess on ParticipantAccess {
    invitedOn
    expiresAt
    usedOn
    wasTriedAgain
    sessions
    lastUsedOn
    endsOn
  }

  fragment PageHold on RetentionHold {
    reason
    until
    version
  }

  fragment PageRetention on RetentionDue {
    person
    kind
    dueOn
  }
`);
