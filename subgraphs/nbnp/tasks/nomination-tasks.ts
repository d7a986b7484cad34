import { networkCode, officesCode, ownerOf } from '@hub/shared/policy';
import { Direction, TaskKind } from '../entities/vocabulary.js';
import type { FindTasks } from './find-tasks.js';
import type { OpenGroup } from './own-facts.js';

interface OfficersResponse {
  readonly officerNominations:
    | readonly ({
        readonly id: string;
        readonly nominatedOn: string;
        readonly withdrawnOn: string | null;
      } | null)[]
    | null;
}

interface DelegatesResponse {
  readonly delegateNominations:
    | readonly { readonly id: string; readonly nominatedOn: string; readonly status: string }[]
    | null;
}

const toTask = (
  { group, departsOn }: OpenGroup,
  { id, nominatedOn }: { readonly id: string; readonly nominatedOn: string },
) => ({
  kind: TaskKind.DECIDE_NOMINATION,
  subject: id,
  group,
  visit: null,
  since: nominatedOn,
  dueOn: departsOn,
});

/** The network decides on the nominations of officers, the offices on those of delegates. */
export const findNominationTasks: FindTasks = async ({ organisation, groups }, ask) => {
  const preparing = groups.filter(({ hasDeparted }) => !hasDeparted);
  const going = (direction: Direction) =>
    preparing.filter(({ group }) => group.direction === direction);
  const ofOfficers = async (open: OpenGroup) => {
    const { known: response, isWholeOf } = await ask<OfficersResponse>({
      root: 'group',
      id: open.group.id,
      selection: 'officerNominations { id nominatedOn withdrawnOn }',
    });
    return (response?.officerNominations ?? []).flatMap((nomination, index) =>
      nomination &&
      nomination.withdrawnOn === null &&
      isWholeOf(ownerOf(nomination.id), 'officerNominations', index, 'withdrawnOn') &&
      !open.decided.has(nomination.id)
        ? toTask(open, nomination)
        : [],
    );
  };
  const ofDelegates = async (open: OpenGroup) => {
    const { known: response } = await ask<DelegatesResponse>({
      root: 'group',
      id: open.group.id,
      selection: 'delegateNominations { id nominatedOn status }',
    });
    const pending = (response?.delegateNominations ?? []).filter(
      ({ status }) => status === 'PENDING',
    );
    return pending.map((nomination) => toTask(open, nomination));
  };
  if (organisation === networkCode) {
    const found = going(Direction.NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA).map(ofOfficers);
    return (await Promise.all(found)).flat();
  }
  if (organisation !== officesCode) return [];
  const found = going(Direction.NORTH_WEST_RUSSIA_TO_NORDIC).map(ofDelegates);
  return (await Promise.all(found)).flat();
};
