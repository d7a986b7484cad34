import { graphql } from '../../generated/gql.ts';

/** The mutations of visits, their stops, hosts and experts. */
export const visitMutations = {
  scheduleVisit: {
    input: 'ScheduleVisitInput',
    document: graphql(`
      mutation PageScheduleVisit($input: ScheduleVisitInput!) {
        scheduleVisit(input: $input) {
          id
        }
      }
    `),
  },
  copyVisit: {
    input: 'CopyVisitInput',
    document: graphql(`
      mutation PageCopyVisit($input: CopyVisitInput!) {
        copyVisit(input: $input) {
          id
        }
      }
    `),
  },
  addItineraryStop: {
    input: 'AddItineraryStopInput',
    document: graphql(`
      mutation PageAddItineraryStop($input: AddItineraryStopInput!) {
        addItineraryStop(input: $input) {
          id
        }
      }
    `),
  },
  changeVisit: {
    input: 'ChangeVisitInput',
    document: graphql(`
      mutation PageChangeVisit($input: ChangeVisitInput!) {
        changeVisit(input: $input) {
          id
        }
      }
    `),
  },
  assignExpert: {
    input: 'AssignExpertInput',
    document: graphql(`
      mutation PageAssignExpert($input: AssignExpertInput!) {
        assignExpert(input: $input) {
          id
        }
      }
    `),
  },
  releaseExpert: {
    input: 'ReleaseExpertInput',
    document: graphql(`
      mutation PageReleaseExpert($input: ReleaseExpertInput!) {
        releaseExpert(input: $input) {
          id
        }
      }
    `),
  },
  confirmStop: {
    input: 'ConfirmStopInput',
    document: graphql(`
      mutation PageConfirmStop($input: ConfirmStopInput!) {
        confirmStop(input: $input) {
          id
        }
      }
    `),
  },
  confirmRegionalStop: {
    input: 'ConfirmRegionalStopInput',
    document: graphql(`
      mutation PageConfirmRegionalStop($input: ConfirmRegionalStopInput!) {
        confirmRegionalStop(input: $input) {
          id
        }
      }
    `),
  },
  confirmNetworkStop: {
    input: 'ConfirmNetworkStopInput',
    document: graphql(`
      mutation PageConfirmNetworkStop($input: ConfirmNetworkStopInput!) {
        confirmNetworkStop(input: $input) {
          id
        }
      }
    `),
  },
  decideExpertLoan: {
    input: 'DecideExpertLoanInput',
    document: graphql(`
      mutation PageDecideExpertLoan($input: DecideExpertLoanInput!) {
        decideExpertLoan(input: $input) {
          id
        }
      }
    `),
  },
  offerHosting: {
    input: 'OfferHostingInput',
    document: graphql(`
      mutation PageOfferHosting($input: OfferHostingInput!) {
        offerHosting(input: $input) {
          id
        }
      }
    `),
  },
  offerRegionalHosting: {
    input: 'OfferRegionalHostingInput',
    document: graphql(`
      mutation PageOfferRegionalHosting($input: OfferRegionalHostingInput!) {
        offerRegionalHosting(input: $input) {
          id
        }
      }
    `),
  },
  confirmHosting: {
    input: 'DecideHostingInput',
    document: graphql(`
      mutation PageConfirmHosting($input: DecideHostingInput!) {
        confirmHosting(input: $input) {
          id
        }
      }
    `),
  },
  withdrawHosting: {
    input: 'DecideHostingInput',
    document: graphql(`
      mutation PageWithdrawHosting($input: DecideHostingInput!) {
        withdrawHosting(input: $input) {
          id
        }
      }
    `),
  },
  confirmRegionalHosting: {
    input: 'DecideRegionalHostingInput',
    document: graphql(`
      mutation PageConfirmRegionalHosting($input: DecideRegionalHostingInput!) {
        confirmRegionalHosting(input: $input) {
          id
        }
      }
    `),
  },
  withdrawRegionalHosting: {
    input: 'DecideRegionalHostingInput',
    document: graphql(`
      mutation PageWithdrawRegionalHosting($input: DecideRegionalHostingInput!) {
        withdrawRegionalHosting(input: $input) {
          id
        }
      }
    `),
  },
  recordDeparture: {
    input: 'RecordDateInput',
    document: graphql(`
      mutation PageRecordDeparture($input: RecordDateInput!) {
        recordDeparture(input: $input) {
          id
        }
      }
    `),
  },
  recordReturn: {
    input: 'RecordDateInput',
    document: graphql(`
      mutation PageRecordReturn($input: RecordDateInput!) {
        recordReturn(input: $input) {
          id
        }
      }
    `),
  },
} as const;
