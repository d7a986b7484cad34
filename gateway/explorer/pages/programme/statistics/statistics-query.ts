import { graphql } from '../../../generated/gql.ts';
import type { PageStatisticsQuery } from '../../../generated/graphql.ts';

export const statisticsQuery = graphql(`
  query PageStatistics {
    events(first: 1000) {
      totalCount
      nodes {
        id
        startsOn
      }
    }
    sectorStatistics {
      id
      sector
      stops
      visits
      groups
      members {
        atLeast
        atMost
        value
      }
    }
    delegateStatistics {
      id
      country
      targetGroup
      nominated {
        atLeast
        atMost
        value
      }
      members {
        atLeast
        atMost
        value
      }
      reportsExpected {
        atLeast
        atMost
        value
      }
      reportsReceived {
        atLeast
        atMost
        value
      }
    }
    officerStatistics {
      id
      country
      targetGroup
      nominated {
        atLeast
        atMost
        value
      }
      members {
        atLeast
        atMost
        value
      }
      reportsExpected {
        atLeast
        atMost
        value
      }
      reportsReceived {
        atLeast
        atMost
        value
      }
    }
    expertStatistics {
      id
      country
      language
      experts {
        atLeast
        atMost
        value
      }
    }
  }
`);

export type StatisticsData = PageStatisticsQuery;
