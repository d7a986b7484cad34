import {
  coordinators,
  hasRole,
  isOneOf,
  isPerson,
  organisationOf,
  staff,
  type TypePolicy,
} from '@hub/shared/policy';
import type { PartnerContext } from '@hub/shared/server';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import type { Delegate } from '../entities/delegate.entity.js';
import type { ParticipantReport } from '../entities/participant-report.entity.js';
import { NominationStatus } from '../entities/vocabulary.js';
import { readGroupFacts } from './group-facts.js';

/** The network, which arranges every group. */
const network = 'nbnp';

/** People without their identity: for everybody whom an organisation vouches for. */
export const decidePeople = ({ reader }: PartnerContext): boolean => isPerson(reader);

const isOwnStaff = ({ reader, partner }: PartnerContext): boolean =>
  isOneOf(reader, partner, staff);

/** The groups that the offices have selected a delegate for: a nomination alone makes nobody one of a group. */
async function loadGroupIds(
  { loaders }: PartnerContext,
  delegateId: string,
): Promise<readonly string[]> {
  const nominations = await loaders.many(DelegateNomination, 'delegateId').load(delegateId);
  const selected = nominations.filter(({ status }) => status === NominationStatus.SELECTED);
  return [...new Set(selected.map(({ groupId }) => groupId))];
}

/** Of the people of these groups: the network, and the polices that host one of the visits. */
async function isReaderOfMember(
  context: PartnerContext,
  groupIds: readonly string[],
): Promise<boolean> {
  const organisation = organisationOf(context.reader);
  if (organisation === network) return groupIds.length > 0;
  const groups = await Promise.all(groupIds.map((id) => readGroupFacts(context, id)));
  return groups.some((group) => group?.hosts.has(organisation));
}

/** Who a delegate is: for the offices; of those in a group, for those who arrange it or host. */
async function decideIdentity(context: PartnerContext, delegateId: string): Promise<boolean> {
  if (isOwnStaff(context)) return true;
  if (!hasRole(context.reader, coordinators)) return false;
  return isReaderOfMember(context, await loadGroupIds(context, delegateId));
}

export const delegatePolicy: TypePolicy<Delegate> = {
  object: 'people',
  fields: {
    id: 'people',
    name: 'identity',
    email: 'identity',
    targetGroup: 'people',
    country: 'people',
    region: 'people',
    employer: 'identity',
    languages: 'people',
    office: 'people',
    nominations: 'people',
    report: 'people',
    version: 'people',
  },
  decide: (level, delegate, context) =>
    level === 'people' || !delegate ? decidePeople(context) : decideIdentity(context, delegate.id),
};

export const delegateNominationPolicy: TypePolicy<DelegateNomination> = {
  object: 'people',
  fields: {
    id: 'people',
    group: 'people',
    delegate: 'people',
    nominatedOn: 'people',
    status: 'people',
    decidedOn: 'people',
    localAuthority: 'people',
    reason: 'identity',
    version: 'people',
  },
  decide(level, nomination, context) {
    if (level === 'people' || !nomination) return decidePeople(context);
    if (isOwnStaff(context)) return true;
    if (!hasRole(context.reader, coordinators)) return false;
    // Who was selected for one group does not open what was written about her for another.
    const isMember = nomination.status === NominationStatus.SELECTED;
    return isReaderOfMember(context, isMember ? [nomination.groupId] : []);
  },
};

/** That a report came is open to all in the network; its text is for the offices and the network. */
export const participantReportPolicy: TypePolicy<ParticipantReport> = {
  object: 'people',
  fields: {
    id: 'people',
    group: 'people',
    visit: 'people',
    receivedOn: 'people',
    text: 'report',
  },
  async decide(level, report, context) {
    if (level === 'people' || !report) return decidePeople(context);
    if (isOwnStaff(context)) return true;
    if (!isOneOf(context.reader, network, coordinators)) return false;
    return (await loadGroupIds(context, report.delegateId)).includes(report.group);
  },
};
