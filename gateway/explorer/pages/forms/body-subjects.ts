import { graphql } from '../../generated/gql.ts';
import type { PageFormSubjectQuery } from '../../generated/graphql.ts';

// What forms about bodies, institutions, events and statements show, send back, and start with. The
// query of `subject-query.ts` takes it in by its name.
graphql(`
  fragment PageFormBodies on Query {
    party(id: $id) @include(if: $ofParty) {
      ...PageFormBody
    }
    event(id: $id) @include(if: $ofEvent) {
      ...PageFormEvent
    }
    nationalSites(filter: { rehearsals: true, merged: true }) @include(if: $ofNationalSite) {
      ...PageFormNationalSite
    }
    regionalSites(rehearsals: true, merged: true) @include(if: $ofRegionalSite) {
      ...PageFormRegionalSite
    }
    region(code: $id) @include(if: $ofRegion) {
      code
      name
      version
      office {
        id
      }
    }
    network @include(if: $ofMembership) {
      members {
        ...PageFormMembership
      }
    }
    statements(first: 1000, filter: { rehearsals: true }) @include(if: $ofStatement) {
      nodes {
        ...PageFormStatement
      }
    }
  }

  fragment PageFormBody on Party {
    __typename
    id
    name
    country
    ... on Organisation {
      version
      acronym
      city
      form: kind
      foundedOn
      closedOn
      roleInField
      note
      variants
      parent {
        id
      }
      links {
        id
        version
        label
        url
      }
      contactPoints {
        ...PageContactPoint
      }
    }
    ... on PoliceUnit {
      version
      acronym
      city
      form: kind
      validFrom
      validTo
      note
      variants
      parent {
        id
      }
      contactPoints {
        ...PageContactPoint
      }
    }
    ... on Office {
      version
      isRehearsal
      city
      officeKind: kind
      openedOn
      closedOn
      roleInField
      note
      variants
      parent {
        id
      }
      contactPoints {
        ...PageContactPoint
      }
    }
  }

  fragment PageFormNationalSite on NationalSite {
    ...PageFormSite
    version
    isRehearsal
    kind
    evidence
    note
    visitedOn
    closedOn
    organisation {
      id
    }
    unit {
      id
    }
  }

  fragment PageFormRegionalSite on RegionalSite {
    ...PageFormSite
    version
    isRehearsal
    kind
    evidence
    note
    visitedOn
    closedOn
    organisation {
      id
    }
    region {
      code
    }
  }

  fragment PageFormSite on Site {
    __typename
    id
    name
    country
    city
    sector
  }

  fragment PageFormEvent on Event {
    id
    version
    isRehearsal
    title
    kind
    startsOn
    endsOn
    countries
    city
    venue
    aim
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
    }
    partOf {
      id
    }
    roles {
      role
      party {
        id
        name
      }
    }
    represented {
      what
      country
      party {
        id
      }
    }
    outcomes {
      id
      version
      kind
      title
      leadsTo {
        id
      }
      mandated {
        id
      }
    }
    links {
      id
      version
      label
      url
    }
  }

  fragment PageFormStatement on Statement {
    id
    version
    kind
    text
    place
    countries
    traffickingRoles
    primaryRole
    ...PageSubject
  }

  fragment PageFormMembership on Membership {
    version
    country
    since
    contact {
      id
    }
  }
`);

/** The institution, the statement or the membership that a form is about: the graph reads these by lists alone. */
export function pickBodySubjects(data: PageFormSubjectQuery, id: string) {
  const sites = [...(data.nationalSites ?? []), ...(data.regionalSites ?? [])];
  return {
    site: sites.find((site) => site.id === id) ?? null,
    statement: data.statements?.nodes.find((statement) => statement.id === id) ?? null,
    membership: data.network?.members.find(({ country }) => country === id) ?? null,
  };
}
