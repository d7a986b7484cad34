import { graphql } from '../../generated/gql.ts';

export const acknowledgeInformation = graphql(`
  mutation MyAcknowledgement($input: AcknowledgeInformationInput!) {
    acknowledgeInformation(input: $input) {
      id
    }
  }
`);

const sayOfficerFormalityDone = graphql(`
  mutation MyOfficerFormality($input: SayOfficerFormalityDoneInput!) {
    sayOfficerFormalityDone(input: $input) {
      id
    }
  }
`);
const sayDelegateFormalityDone = graphql(`
  mutation MyDelegateFormality($input: SayDelegateFormalityDoneInput!) {
    sayDelegateFormalityDone(input: $input) {
      id
    }
  }
`);
const setOfficerTravelNeeds = graphql(`
  mutation MyOfficerTravelNeeds($input: SetOfficerTravelNeedsInput!) {
    setOfficerTravelNeeds(input: $input) {
      id
    }
  }
`);
const setDelegateTravelNeeds = graphql(`
  mutation MyDelegateTravelNeeds($input: SetDelegateTravelNeedsInput!) {
    setDelegateTravelNeeds(input: $input) {
      id
    }
  }
`);
const handInOfficerReport = graphql(`
  mutation MyOfficerReport($input: HandInOfficerReportInput!) {
    handInOfficerReport(input: $input) {
      id
    }
  }
`);
const handInDelegateReport = graphql(`
  mutation MyDelegateReport($input: HandInDelegateReportInput!) {
    handInDelegateReport(input: $input) {
      id
    }
  }
`);
const correctOfficerReport = graphql(`
  mutation MyOfficerCorrection($input: HandInOfficerReportInput!) {
    correctOfficerReport(input: $input) {
      id
    }
  }
`);
const correctDelegateReport = graphql(`
  mutation MyDelegateCorrection($input: HandInDelegateReportInput!) {
    correctDelegateReport(input: $input) {
      id
    }
  }
`);
const shareOfficerContact = graphql(`
  mutation MyOfficerContact($input: ShareOfficerContactInput!) {
    shareOfficerContact(input: $input) {
      id
    }
  }
`);
const shareDelegateContact = graphql(`
  mutation MyDelegateContact($input: ShareDelegateContactInput!) {
    shareDelegateContact(input: $input) {
      id
    }
  }
`);
const withdrawOfficerContact = graphql(`
  mutation MyOfficerWithdrawal($input: WithdrawOfficerContactInput!) {
    withdrawOfficerContact(input: $input) {
      id
    }
  }
`);
const withdrawDelegateContact = graphql(`
  mutation MyDelegateWithdrawal($input: WithdrawDelegateContactInput!) {
    withdrawDelegateContact(input: $input) {
      id
    }
  }
`);

/** What an officer and a delegate do alike, by the type of their record. */
const twins = {
  sayDone: [sayOfficerFormalityDone, sayDelegateFormalityDone],
  setNeeds: [setOfficerTravelNeeds, setDelegateTravelNeeds],
  handIn: [handInOfficerReport, handInDelegateReport],
  correct: [correctOfficerReport, correctDelegateReport],
  share: [shareOfficerContact, shareDelegateContact],
  withdraw: [withdrawOfficerContact, withdrawDelegateContact],
} as const;

type Deed = keyof typeof twins;
type Twin<Which extends Deed> = (typeof twins)[Which][0];

/** The person who does it, as her record says. */
export interface Doer {
  readonly __typename: string;
  readonly id: string;
}

/**
 * The mutation of her kind, and the input field that names her. Both kinds take the same input but
 * for that field.
 */
export function mutationOf<Which extends Deed>(
  { __typename, id }: Doer,
  which: Which,
): { readonly document: Twin<Which>; readonly her: { readonly officer: string } } {
  const isDelegate = __typename === 'Delegate';
  const [officer, delegate] = twins[which];
  return {
    document: (isDelegate ? delegate : officer) as Twin<Which>,
    her: (isDelegate ? { delegate: id } : { officer: id }) as { readonly officer: string },
  };
}
