import { graphql } from '../../../generated/gql.ts';
import type { PageProgrammeQuery } from '../../../generated/graphql.ts';

export const boardQuery = graphql(`
  query PageProgramme {
    regions {
      code
      name
    }
    programmes {
      ...PageBoardProgramme
    }
  }

  fragment PageBoardProgramme on Programme {
    id
    isRehearsal
    title
    startsOn
    endsOn
    source
    plannedGroups
    sides {
      id
      name
      countries
      regions {
        code
      }
      selectors {
        id
        name
      }
      hosts {
        id
        name
      }
      coordinators {
        id
        name
      }
      unansweredIn
    }
    plannedJourneys {
      from {
        id
        name
      }
      to {
        id
        name
      }
      destination
      weeks
    }
    deadlines {
      kind
      days
    }
    evaluation {
      ...PageEvaluation
      status
      signOffs {
        organisation
        signedOn
      }
    }
    officeEvaluation {
      ...PageOfficeEvaluation
    }
    groups {
      id
      isRehearsal
      name
      from {
        id
        name
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
      coordinatingOffice {
        id
        name
      }
      visits {
        id
        isRehearsal
        title
        startsOn
        endsOn
        departedOn
        returnedOn
        cancelledOn
        hostCountries
      }
    }
  }

  fragment PageEvaluation on Evaluation {
    version
    summary
    findings {
      title
      text
      sector
    }
    recommendations
  }

  fragment PageOfficeEvaluation on OfficeEvaluation {
    version
    summary
    findings {
      title
      text
      sector
    }
    recommendations
  }
`);

/** How far the plan of a visit is, for those who take part in it. */
export const planQuery = graphql(`
  query PageUpcomingPlan($visit: ID!) {
    visit(id: $visit) {
      stops {
        status
        confirmed
      }
    }
  }
`);

/** Who sends the members of a group, by their ids. */
export const sendersQuery = graphql(`
  query PageUpcomingSenders($group: ID!) {
    group(id: $group) {
      members {
        id
      }
    }
  }
`);

/** One programme, with what it is for. */
export const programmeQuery = graphql(`
  query PageOneProgramme($id: ID!) {
    regions {
      code
      name
    }
    programme(id: $id) {
      statements(kind: AIM) {
        id
        text
      }
      events {
        id
        title
        startsOn
        endsOn
        isRehearsal
      }
      ...PageBoardProgramme
    }
  }
`);

export type BoardRegion = NonNullable<PageProgrammeQuery['regions']>[number];
export type BoardProgramme = NonNullable<PageProgrammeQuery['programmes']>[number];
export type BoardEvaluation = NonNullable<BoardProgramme['evaluation']>;
export type BoardGroup = NonNullable<BoardProgramme['groups']>[number];
export type BoardVisit = NonNullable<BoardGroup['visits']>[number];
