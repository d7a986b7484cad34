import { createDecisionReader } from '@hub/shared/policy';

type References = readonly ({ readonly id: string } | null)[] | null;

interface GroupResponse {
  readonly acceptedOfficers?: References;
  readonly declinedNominations?: References;
}

/** What the network has decided about those nominated for a group. */
interface NetworkDecisions {
  /** The officers whom it has accepted and not released. */
  readonly accepted: ReadonlySet<string>;
  /** The nominations that it has declined. */
  readonly declined: ReadonlySet<string>;
}

const idsOf = (references: References | undefined): ReadonlySet<string> =>
  new Set((references ?? []).flatMap((one) => one?.id ?? []));

/**
 * Most responses that need one of the two need the other, so that both are requested together.
 * They are the network’s own fields: no other partner can be missing.
 */
export const readNetworkDecisions = createDecisionReader<NetworkDecisions>({
  field: 'group',
  selection: '{ acceptedOfficers { id } declinedNominations { id } }',
  read: ({ acceptedOfficers, declinedNominations }: GroupResponse) => ({
    accepted: idsOf(acceptedOfficers),
    declined: idsOf(declinedNominations),
  }),
});
