import { graphql } from '../../generated/gql.ts';
import type { PageWarnedVisitFragment, PageWarningsFragment } from '../../generated/graphql.ts';

/** Whom and what the warnings of a programme are about, by name, for those who take part in its visits. */
export const warnedQuery = graphql(`
  query PageWarned($programme: ID!) {
    programme(id: $programme) {
      groups {
        id
        visits {
          ...PageWarnedVisit
        }
      }
    }
  }

  fragment PageWarnings on Group {
    warnings {
      code
      subject
      owner
      dueOn
      count
      expected
      deadline
      isOverdue
    }
  }

  fragment PageWarnedVisit on Visit {
    id
    title
    stops {
      id
      title
    }
    experts {
      id
      expert {
        id
        name
      }
    }
    hostings {
      id
      unit {
        id
        name
      }
    }
    regionalHostings {
      id
      office {
        id
        name
      }
    }
  }
`);

export type Warning = NonNullable<PageWarningsFragment['warnings']>[number];
export type WarnedVisit = Pick<PageWarnedVisitFragment, 'id' | 'title'> &
  Partial<PageWarnedVisitFragment>;
