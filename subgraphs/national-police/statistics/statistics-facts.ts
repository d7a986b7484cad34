import { createFactReader } from '@hub/shared/policy';

/** The network’s facts about a group that decide whose report is expected. */
export interface Membership {
  /** Accepted, and not released. */
  readonly acceptedIds: readonly string[];
  /** True once it has departed on a visit. */
  readonly hasSetOut: boolean;
}

interface GroupResponse {
  readonly acceptedOfficers?: readonly ({ readonly id: string } | null)[] | null;
  readonly visits?: readonly ({ readonly departedOn?: string | null } | null)[] | null;
}

/** Selects only the network’s own fields, so that no other partner can be missing. */
export const readMembership = createFactReader<Membership>({
  field: 'group',
  selection: '{ acceptedOfficers { id } visits { departedOn } }',
  read(answer) {
    const { acceptedOfficers, visits }: GroupResponse = answer;
    return {
      acceptedIds: (acceptedOfficers ?? []).flatMap((officer) => (officer ? [officer.id] : [])),
      hasSetOut: (visits ?? []).some((visit) => visit?.departedOn != null),
    };
  },
});
