import { graphql } from '../../generated/gql.ts';
import { visitMutations } from './visit-mutations.ts';

/** The mutations that do what a task asks for, by their names in the schema. */
export const mutations = {
  ...visitMutations,
  nominateOfficer: {
    input: 'NominateOfficerInput',
    document: graphql(`
      mutation PageNominateOfficer($input: NominateOfficerInput!) {
        nominateOfficer(input: $input) {
          id
        }
      }
    `),
  },
  nominateDelegate: {
    input: 'NominateDelegateInput',
    document: graphql(`
      mutation PageNominateDelegate($input: NominateDelegateInput!) {
        nominateDelegate(input: $input) {
          id
        }
      }
    `),
  },
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
