import { HubError } from '@hub/shared/errors';
import type { dates } from '@hub/shared/graphql';
import { askWithLater, codes, type PartnerContext } from '@hub/shared/policy';
import {
  laterFields,
  readCoordinators,
  selectCoordinators,
  type CoordinatorsResponse,
} from '../sides/coordinators.js';

type WithHub = Pick<PartnerContext, 'askHub'>;

/**
 * The ids of the delegates of a group, whom the offices have selected.
 * @throws HubError `PARTNER_…`
 */
export async function askDelegates({ askHub }: WithHub, groupId: string): Promise<string[]> {
  const { group } = await askHub(
    'query DelegatesOf($id: ID!) { group(id: $id) { delegates { id } } }',
    { id: groupId },
  );
  const { delegates } = (group ?? {}) as {
    readonly delegates?: readonly { readonly id: string }[] | null;
  };
  if (!delegates) throw new HubError('PARTNER_UNAVAILABLE', { partner: codes.officesCode });
  return delegates.map(({ id }) => id);
}

/** What the offices have recorded of a group before its departure. */
export interface DelegatesReady {
  readonly count: number;
  readonly selectedOn: string | null;
  readonly briefedOn: string | null;
}

/**
 * Asks the offices whether their delegates are selected and briefed.
 * @throws HubError `PARTNER_…`
 */
export async function askDelegatesReady(
  { askHub }: WithHub,
  groupId: string,
): Promise<DelegatesReady> {
  const { group } = await askHub(
    'query DelegatesReady($id: ID!) { group(id: $id) { delegateCount delegatesSelectedOn delegatesBriefedOn } }',
    { id: groupId },
  );
  const { delegateCount, delegatesSelectedOn, delegatesBriefedOn } = (group ?? {}) as {
    readonly delegateCount?: number | null;
    readonly delegatesSelectedOn?: string | null;
    readonly delegatesBriefedOn?: string | null;
  };
  if (delegateCount == null)
    throw new HubError('PARTNER_UNAVAILABLE', { partner: codes.officesCode });
  const [selectedOn, briefedOn] = [delegatesSelectedOn ?? null, delegatesBriefedOn ?? null];
  return { count: delegateCount, selectedOn, briefedOn };
}

/**
 * The times in which the offices are open that co-ordinate the side a group travels from.
 * @throws HubError `PARTNER_…`
 */
export async function askOpenTimes(
  { askHub }: WithHub,
  groupId: string,
): Promise<readonly dates.Span[]> {
  const { group } = await askWithLater(
    (later) =>
      askHub(
        `query CoordinatorsOf($id: ID!) { group(id: $id) { from ${selectCoordinators(later)} } }`,
        { id: groupId },
      ),
    laterFields,
  );
  const { from } = group as { readonly from: CoordinatorsResponse };
  return (readCoordinators(from) ?? []).filter((office) => office !== null);
}
