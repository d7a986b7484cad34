import { graphql } from '../../generated/gql.ts';
import type { PageStatusQuery, PageUsageQuery } from '../../generated/graphql.ts';

export const statusQuery = graphql(`
  query PageStatus {
    operations {
      hubKeysChangedAt
      releases {
        number
        madeAt
        reason
        isPinned
        isServed
      }
      contractProposals {
        number
        contract
        proposedAt
        adoptedAt
        changes {
          severity
          element
          message
        }
      }
      partners {
        partner {
          code
          name
          subgraph
          status
          statusSince
          lastAnsweredAt
          membership
          membershipReason
          quarantineReason
          maintenance {
            from
            to
            message
          }
          retention {
            kind
            days
          }
        }
        keysChangedAt
        conformance {
          result
          checkedAt
          validUntil
          broken
        }
        responseTimes {
          count
          medianMs
          p99Ms
        }
        recentFailures {
          kind
          firstAt
          lastAt
          count
        }
      }
    }
  }
`);

/** How much the reader’s organisation holds. */
export const holdCountQuery = graphql(`
  query PageHoldCount(
    $country: CountryCode!
    $ofPolice: Boolean!
    $ofOffices: Boolean!
    $ofNetwork: Boolean!
  ) {
    police: policeHolds(country: $country, first: 1) @include(if: $ofPolice) {
      totalCount
    }
    offices: officeHolds(first: 1) @include(if: $ofOffices) {
      totalCount
    }
    network: networkHolds(first: 1) @include(if: $ofNetwork) {
      totalCount
    }
  }
`);

export const usageQuery = graphql(`
  query PageUsage {
    operations {
      usage {
        element
        uses
        lastUsedOn
        clients {
          name
          uses
        }
      }
    }
  }
`);

/** What the hub knows of its partners’ servers and its own graph. */
export type Operations = NonNullable<PageStatusQuery['operations']>;
type PartnerOperations = NonNullable<Operations['partners']>[number];
/** A partner with what the hub knows of its server. */
export type PartnerRow = PartnerOperations['partner'] & Omit<PartnerOperations, 'partner'>;
/** A release of the graph. */
export type ReleaseRow = NonNullable<Operations['releases']>[number];
/** A proposed next version of a contract. */
export type ProposalRow = NonNullable<Operations['contractProposals']>[number];
/** How clients used an element of the schema. */
export type UsageRow = NonNullable<NonNullable<PageUsageQuery['operations']>['usage']>[number];
