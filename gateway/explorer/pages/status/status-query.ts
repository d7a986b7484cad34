import { graphql } from '../../generated/gql.ts';
import type { PageStatusQuery, PageUsageQuery } from '../../generated/graphql.ts';

export const statusQuery = graphql(`
  query PageStatus {
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
      code
      name
      subgraph
      status
      statusSince
      lastAnsweredAt
      keysChangedAt
      membership
      membershipReason
      quarantineReason
      conformance {
        result
        checkedAt
        validUntil
        broken
      }
      maintenance {
        from
        to
        message
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
`);

export const usageQuery = graphql(`
  query PageUsage {
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
`);

/** A partner with what the hub knows of it. */
export type PartnerRow = NonNullable<PageStatusQuery['partners']>[number];
/** A release of the graph. */
export type ReleaseRow = NonNullable<PageStatusQuery['releases']>[number];
/** A proposed next version of a contract. */
export type ProposalRow = NonNullable<PageStatusQuery['contractProposals']>[number];
/** How clients used an element of the schema. */
export type UsageRow = NonNullable<PageUsageQuery['usage']>[number];
