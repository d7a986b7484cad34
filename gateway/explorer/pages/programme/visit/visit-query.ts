import { graphql } from '../../../generated/gql.ts';
import type { PageVisitQuery } from '../../../generated/graphql.ts';

export const visitQuery = graphql(`
  query PageVisit($id: ID!) {
    visit(id: $id) {
      id
      isRehearsal
      title
      startsOn
      endsOn
      departedOn
      returnedOn
      cancelledOn
      cancelReason
      hostCountries
      missingSectors
      practicalInformation
      group {
        id
        name
        cancelledOn
        cancelReason
        programme {
          title
        }
      }
      stops {
        id
        day
        from
        to
        title
        sector
        status
        statusReason
        confirmed
        version
        hostConfirmedVersion
        officeConfirmedVersion
        hostConfirmedOn
        officeConfirmedOn
        confirmingUnit {
          name
        }
        confirmingOffice {
          name
        }
        hostCountry
        site {
          id
          name
          city
        }
        address
        meetingPoint
        contactOnTheSpot
        note
        siteContact
        siteContactOn
      }
      experts {
        id
        expertId
        role
        languages
        status
        loanReason
        expert {
          name
          email
          fields
          unit {
            name
          }
        }
      }
      hostings {
        id
        status
        unit {
          id
          name
        }
        accommodation
        transport
        meetingPoint
        contactOnTheSpot
        emergencyContact
        note
      }
      regionalHostings {
        id
        status
        office {
          id
          name
        }
        accommodation
        transport
        meetingPoint
        contactOnTheSpot
        emergencyContact
        note
      }
    }
  }
`);

export type PageVisit = NonNullable<PageVisitQuery['visit']>;
export type PageStop = NonNullable<PageVisit['stops']>[number];
