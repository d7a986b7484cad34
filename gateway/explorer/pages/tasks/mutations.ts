import { graphql } from '../../generated/gql.ts';

/** The mutations that do what a task asks for, by their names in the schema. */
export const mutations = {
  acceptOfficer: {
    input: 'AcceptOfficerInput',
    document: graphql(`
      mutation PageAcceptOfficer($input: AcceptOfficerInput!) {
        acceptOfficer(input: $input) {
          id
        }
      }
    `),
  },
  declineOfficer: {
    input: 'DeclineOfficerInput',
    document: graphql(`
      mutation PageDeclineOfficer($input: DeclineOfficerInput!) {
        declineOfficer(input: $input) {
          id
        }
      }
    `),
  },
  selectDelegate: {
    input: 'DecideNominationInput',
    document: graphql(`
      mutation PageSelectDelegate($input: DecideNominationInput!) {
        selectDelegate(input: $input) {
          id
        }
      }
    `),
  },
  declineDelegate: {
    input: 'DecideNominationInput',
    document: graphql(`
      mutation PageDeclineDelegate($input: DecideNominationInput!) {
        declineDelegate(input: $input) {
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
  recordOfficerFormality: {
    input: 'RecordOfficerFormalityInput',
    document: graphql(`
      mutation PageRecordOfficerFormality($input: RecordOfficerFormalityInput!) {
        recordOfficerFormality(input: $input) {
          id
        }
      }
    `),
  },
  recordDelegateFormality: {
    input: 'RecordDelegateFormalityInput',
    document: graphql(`
      mutation PageRecordDelegateFormality($input: RecordDelegateFormalityInput!) {
        recordDelegateFormality(input: $input) {
          id
        }
      }
    `),
  },
  recordGroupMeeting: {
    input: 'RecordGroupMeetingInput',
    document: graphql(`
      mutation PageRecordGroupMeeting($input: RecordGroupMeetingInput!) {
        recordGroupMeeting(input: $input) {
          id
        }
      }
    `),
  },
  recordDelegatesMeeting: {
    input: 'RecordDelegatesMeetingInput',
    document: graphql(`
      mutation PageRecordDelegatesMeeting($input: RecordDelegatesMeetingInput!) {
        recordDelegatesMeeting(input: $input) {
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
  handInOfficerReport: {
    input: 'HandInOfficerReportInput',
    document: graphql(`
      mutation PageHandInOfficerReport($input: HandInOfficerReportInput!) {
        handInOfficerReport(input: $input) {
          id
        }
      }
    `),
  },
  handInDelegateReport: {
    input: 'HandInDelegateReportInput',
    document: graphql(`
      mutation PageHandInDelegateReport($input: HandInDelegateReportInput!) {
        handInDelegateReport(input: $input) {
          id
        }
      }
    `),
  },
  draftEvaluation: {
    input: 'DraftEvaluationInput',
    document: graphql(`
      mutation PageDraftEvaluation($input: DraftEvaluationInput!) {
        draftEvaluation(input: $input) {
          id
        }
      }
    `),
  },
  draftOfficeEvaluation: {
    input: 'DraftOfficeEvaluationInput',
    document: graphql(`
      mutation PageDraftOfficeEvaluation($input: DraftOfficeEvaluationInput!) {
        draftOfficeEvaluation(input: $input) {
          id
        }
      }
    `),
  },
  signEvaluation: {
    input: 'SignEvaluationInput',
    document: graphql(`
      mutation PageSignEvaluation($input: SignEvaluationInput!) {
        signEvaluation(input: $input) {
          id
        }
      }
    `),
  },
  signOfficeEvaluation: {
    input: 'SignOfficeEvaluationInput',
    document: graphql(`
      mutation PageSignOfficeEvaluation($input: SignOfficeEvaluationInput!) {
        signOfficeEvaluation(input: $input) {
          id
        }
      }
    `),
  },
} as const;
