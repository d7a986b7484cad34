import { createFactReader } from '@hub/shared/policy';
import {
  type GroupProgress,
  type ProgressResponse,
  progressSelection,
  readProgress,
} from '@hub/shared/programme';

/** The network’s facts about a group that decide whose report is expected. */
export interface Membership extends GroupProgress {
  /** Accepted, and not released. */
  readonly acceptedIds: readonly string[];
}

interface GroupResponse extends ProgressResponse {
  readonly acceptedOfficers?: readonly ({ readonly id: string } | null)[] | null;
}

export const readMembership = createFactReader<Membership>({
  field: 'group',
  selection: `{ acceptedOfficers { id } ${progressSelection} }`,
  read: ({ acceptedOfficers, ...group }: GroupResponse) => ({
    acceptedIds: (acceptedOfficers ?? []).flatMap((officer) => (officer ? [officer.id] : [])),
    ...readProgress(group),
  }),
});
