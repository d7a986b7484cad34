import { graphql } from '../../generated/gql.ts';

/** What waits for the reader’s organisation. */
export const tasksQuery = graphql(`
  query PageTasks {
    # The most that a page may have.
    tasks(first: 1000) {
      totalCount
      nodes {
        id
        kind
        subject
        isRehearsal
        since
        dueOn
        isOverdue
        cause
        isUncertain
        group {
          id
          name
        }
        visit {
          id
          title
        }
      }
    }
  }
`);
