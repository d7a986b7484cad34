import { graphql } from '../../generated/gql.ts';
import type { MyJourneyQuery, MyPreparationQuery } from '../../generated/graphql.ts';

export const journeyQuery = graphql(`
  query MyJourney {
    me {
      __typename
      id
      report {
        group
        visit
        receivedOn
        text
        version
      }
      groups {
        id
        name
        isRehearsal
        cancelledOn
        cancelReason
        programme {
          id
          title
          evaluation {
            status
          }
        }
        meetings {
          kind
          on
          place
          agenda
        }
        members {
          id
          country
          ... on Officer {
            languages
          }
          ... on Delegate {
            languages
          }
        }
        visits {
          id
          title
          isRehearsal
          startsOn
          endsOn
          departedOn
          returnedOn
          cancelledOn
          cancelReason
          practicalInformation
          informationVersion
          informationReadBy {
            on
            isCurrent
          }
          stops {
            id
            day
            from
            to
            title
            city
            address
            hostCountry
            status
            confirmed
            statusReason
            meetingPoint
            contactOnTheSpot
            site {
              name
              city
            }
          }
          hostings {
            id
            status
            accommodation
            transport
            meetingPoint
            contactOnTheSpot
            emergencyContact
          }
          regionalHostings {
            id
            status
            accommodation
            transport
            meetingPoint
            contactOnTheSpot
            emergencyContact
          }
        }
      }
    }
  }
`);

/** What must be ready for the journey with one group. */
export const preparationQuery = graphql(`
  query MyPreparation($group: ID!) {
    me {
      ... on Officer {
        id
        formalities(group: $group) {
          kind
          status
          on
          note
          saidDoneOn
          version
        }
        travelNeeds {
          diet
          access
          emergencyContact
          version
        }
      }
      ... on Delegate {
        id
        formalities(group: $group) {
          kind
          status
          on
          note
          saidDoneOn
          version
        }
        travelNeeds {
          diet
          access
          emergencyContact
          version
        }
      }
    }
  }
`);

export type Me = NonNullable<MyJourneyQuery['me']>;
export type JourneyGroup = NonNullable<Me['groups']>[number];
export type JourneyVisit = NonNullable<JourneyGroup['visits']>[number];
export type JourneyStop = NonNullable<JourneyVisit['stops']>[number];
export type JourneyHosting = NonNullable<JourneyVisit['hostings']>[number];
export type Preparation = NonNullable<MyPreparationQuery['me']>;
