import { graphql } from '../../../generated/gql.ts';
import type { PageGroupQuery } from '../../../generated/graphql.ts';

export const groupQuery = graphql(`
  query PageGroup($id: ID!, $readsExperts: Boolean!) {
    group(id: $id) {
      id
      name
      isBriefingDue
      from {
        id
        name
        countries
        selectors {
          id
        }
        coordinators {
          id
          name
        }
      }
      to {
        id
        name
      }
      state
      stateIsCertain
      plannedSize
      memberCount
      ...PageWarnings
      cancelledOn
      cancelReason
      isRehearsal
      programme {
        id
        title
        evaluation {
          status
        }
      }
      coordinatingOffice {
        id
        isRehearsal
        name
      }
      officersAcceptedOn
      delegatesSelectedOn
      meetings {
        kind
        on
        place
        agenda
        outcome
        attended
        missed
      }
      delegateMeetings {
        kind
        on
        place
        agenda
        outcome
        attended
        missed
      }
      officerNominationCount
      delegateNominationCount
      formalitiesOpen
      reportsExpected
      reportsReceived
      visits {
        id
        title
        startsOn
        endsOn
        departedOn
        returnedOn
        cancelledOn
        hostCountries
        practicalInformation
        informationReadBy {
          participant {
            id
          }
          on
          isCurrent
        }
        stops {
          status
          confirmed
        }
        ...PageWarnedVisit
      }
      absences {
        from
        reason
        participant {
          id
          name
        }
        visit {
          id
          title
        }
      }
      officerNominations {
        id
        status
        reserve
        acceptedOn
        declinedOn
        withdrawnOn
        officer {
          id
          name
          unit {
            name
          }
        }
      }
      awaitingDelegates: delegateNominations(status: PENDING) {
        id
      }
      delegateNominations(status: SELECTED) {
        id
        reserve
        status
        decidedOn
        delegate {
          id
          name
          office {
            name
          }
        }
      }
      members {
        __typename
        id
        name
        country
        targetGroup
        report {
          group
          receivedOn
          text
        }
        ... on Officer {
          rank
          email
          languages
          unit {
            id
            name
          }
          formalities(group: $id) {
            kind
            status
            on
            note
            saidDoneOn
            saidNote
          }
          travelNeeds {
            diet
            access
            emergencyContact
          }
        }
        ... on Delegate {
          employer
          email
          languages
          office {
            id
            name
          }
          formalities(group: $id) {
            kind
            status
            on
            note
            saidDoneOn
            saidNote
          }
          travelNeeds {
            diet
            access
            emergencyContact
          }
        }
      }
    }
  }
`);

export type PageGroup = NonNullable<PageGroupQuery['group']>;
export type Meeting = NonNullable<PageGroup['meetings']>[number];
export type Member = NonNullable<NonNullable<PageGroup['members']>[number]>;
