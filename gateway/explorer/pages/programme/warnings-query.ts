import { graphql } from '../../generated/gql.ts';
import type { PageWarnedVisitFragment, PageWarningsFragment } from '../../generated/graphql.ts';
import { person } from '../../session/session.ts';

/** Whom and what the warnings of a group are about, by name, for those who take part in its visits. */
export const warnedQuery = graphql(`
  query PageWarned($group: ID!, $readsExperts: Boolean!) {
    group(id: $group) {
      id
      visits {
        ...PageWarnedVisit
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
        name @include(if: $readsExperts)
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

/**
 * Whether a page may ask for the names of experts: the network’s co-ordinators read all of them. Others
 * would be refused some before they are lent, and each refusal is recorded.
 */
export const readsExperts = (): boolean =>
  person.value?.organisation === 'nbnp' && person.value.role === 'coordinator';

export type Warning = NonNullable<PageWarningsFragment['warnings']>[number];
export type WarnedVisit = Pick<PageWarnedVisitFragment, 'id' | 'title'> &
  Partial<PageWarnedVisitFragment>;
