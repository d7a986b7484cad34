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
import type { Expert } from '../entities/expert.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import type { Officer } from '../entities/officer.entity.js';
import type { ParticipantReport } from '../entities/participant-report.entity.js';
import { readGroupFacts, type GroupFacts } from './group-facts.js';

/** The network, which arranges every group. */
const network = 'nbnp';
const offices = 'ncm';

/** People without their identity: for everybody whom an organisation vouches for. */
export const decidePeople = ({ reader }: PartnerContext): boolean => isPerson(reader);

/** True for this police’s own people who prepare journeys, and its servers. */
export const isOwnStaff = ({ reader, partner }: PartnerContext): boolean =>
  isOneOf(reader, partner, staff);

/** Those who work with a group read who its people are: the network, the co-ordinating office, the polices that host. */
async function isReaderOfMember(
  context: PartnerContext,
  officerId: string,
  groupIds: readonly string[],
  mayRead: (organisation: string, group: GroupFacts) => boolean,
): Promise<boolean> {
  const { reader } = context;
  if (!hasRole(reader, coordinators)) return false;
  const groups = await Promise.all(groupIds.map((id) => readGroupFacts(context, id)));
  return groups.some(
    (group) => group?.memberIds.has(officerId) && mayRead(organisationOf(reader), group),
  );
}

const isArranger = (organisation: string, { hasOffice }: GroupFacts): boolean =>
  organisation === network || (organisation === offices && hasOffice);

const isArrangerOrHost = (organisation: string, group: GroupFacts): boolean =>
  isArranger(organisation, group) || group.hosts.has(organisation);

async function decideIdentity(context: PartnerContext, officerId: string): Promise<boolean> {
  if (isOwnStaff(context)) return true;
  if (!hasRole(context.reader, coordinators)) return false;
  const nominations = await context.loaders.many(OfficerNomination, 'officerId').load(officerId);
  const groupIds = [...new Set(nominations.map(({ groupId }) => groupId))];
  return isReaderOfMember(context, officerId, groupIds, isArrangerOrHost);
}

export const officerPolicy: TypePolicy<Officer> = {
  object: 'people',
  fields: {
    id: 'people',
    name: 'identity',
    email: 'identity',
    rank: 'identity',
    unit: 'people',
    targetGroup: 'people',
    country: 'people',
    languages: 'people',
    nominations: 'people',
    report: 'people',
    version: 'people',
  },
  decide: (level, officer, context) =>
    level === 'people' || !officer ? decidePeople(context) : decideIdentity(context, officer.id),
};

export const officerNominationPolicy: TypePolicy<OfficerNomination> = {
  object: 'people',
  fields: {
    id: 'people',
    groupId: 'people',
    officer: 'people',
    nominatedOn: 'people',
    withdrawnOn: 'people',
    motivation: 'identity',
    version: 'people',
  },
  decide(level, nomination, context) {
    if (level === 'people' || !nomination) return decidePeople(context);
    if (isOwnStaff(context)) return true;
    // Who was accepted for one group does not open what was written about her for another.
    return isReaderOfMember(context, nomination.officerId, [nomination.groupId], isArrangerOrHost);
  },
};

/** That a report came is open to all in the network; its text is for the sender and those who arrange the group. */
export const participantReportPolicy: TypePolicy<ParticipantReport> = {
  object: 'people',
  fields: {
    id: 'people',
    group: 'people',
    visit: 'people',
    receivedOn: 'people',
    text: 'report',
  },
  decide(level, report, context) {
    if (level === 'people' || !report) return decidePeople(context);
    if (isOwnStaff(context)) return true;
    return isReaderOfMember(context, report.officerId, [report.groupId], isArranger);
  },
};

/**
 * An expert is lent by its police and assigned by the network: those two read who it is. Who hosts a visit is not known
 * to be served by an expert to the expert’s own police.
 */
export const expertPolicy: TypePolicy<Expert> = {
  object: 'people',
  fields: {
    id: 'people',
    name: 'identity',
    email: 'identity',
    unit: 'people',
    country: 'people',
    roles: 'people',
    languages: 'people',
    fields: 'people',
  },
  decide(level, expert, context) {
    if (level === 'people' || !expert) return decidePeople(context);
    return isOwnStaff(context) || isOneOf(context.reader, network, coordinators);
  },
};
