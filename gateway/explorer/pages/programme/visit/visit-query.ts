import { graphql } from '../../../generated/gql.ts';
import type { PageVisitQuery } from '../../../generated/graphql.ts';

export const visitQuery = graphql(`
  query PageVisit($id: ID!) {
    visit(id: $id) {
      id
      version
      isRehearsal
      title
      startsOn
      endsOn
      plans {
        fromVersion
        startsOn
        endsOn
        hostCountries
      }
      departedOn
      returnedOn
      cancelledOn
      cancelReason
      hostCountries
      hosts {
        country
        owner
      }
      missingSectors
      practicalInformation
      group {
        id
        name
        cancelledOn
        cancelReason
        programme {
          id
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
        hostOwner
        hostConfirmedVersion
        officeConfirmedVersion
        networkConfirmedVersion
        hostConfirmedOn
        officeConfirmedOn
        networkConfirmedOn
        confirmingUnit {
          name
        }
        confirmingOffice {
          name
        }
        confirmingOrganisation {
          name
        }
        hostCountry
        site {
          id
          name
          city
          ... on NationalSite {
            isRehearsal
          }
          ... on RegionalSite {
            isRehearsal
          }
        }
        address
        city
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
        loanGrantedVersion
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
        confirmedVersion
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
        confirmedVersion
        office {
          id
          isRehearsal
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
/** Whether the visit is still to be planned: neither over nor cancelled, nor its group. */
export const isOpenVisit = ({ cancelledOn, returnedOn, group }: PageVisit): boolean =>
  (cancelledOn ?? returnedOn ?? group.cancelledOn) === null;

export type PageStop = NonNullable<PageVisit['stops']>[number];
