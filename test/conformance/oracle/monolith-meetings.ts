import { sortBy } from './lists.js';
import type { Resolvers } from './resolvers.js';
import type { Row, Rows } from './rows.js';

type Owners = Pick<Rows, 'network' | 'offices'>;

/** The meetings that the network recorded, and those that an office did. */
const byNetwork = ({ network }: Owners, { id }: Row): Row[] =>
  sortBy(
    (network.meetings ?? []).filter(({ group_id }) => group_id === id),
    'kind',
  );
const byOffice = ({ offices }: Owners, { id }: Row): Row[] =>
  sortBy(
    (offices.group_meetings ?? []).filter(({ group_id }) => group_id === id),
    'kind',
  );

/** The meeting of a kind, of the side that sends the group. */
export const meetingOf = (rows: Owners, group: Row, kind: string): Row | undefined =>
  (group.direction === 'NORTH_WEST_RUSSIA_TO_NORDIC' ? byOffice : byNetwork)(rows, group).find(
    (row) => row.kind === kind,
  );

/** Those of the members now whom the record of who came does not name; null without such a record. */
export function missedOf({ network, offices }: Owners, meeting: Row): number | null {
  const { group_id: group, attendees } = meeting as {
    group_id: string;
    attendees: string[] | null;
  };
  if (attendees === null) return null;
  const members =
    'office_id' in meeting
      ? (offices.delegate_nominations ?? [])
          .filter((row) => row.group_id === group && row.status === 'SELECTED' && !row.reserve)
          .map(({ delegate_id }) => delegate_id as string)
      : (network.officer_nominations ?? [])
          .filter((row) => row.group_id === group && row.accepted_on !== null && !row.reserve)
          .filter(({ declined_on }) => declined_on === null)
          .map(({ officer_id }) => officer_id as string);
  return members.filter((member) => !attendees.includes(member)).length;
}

export function meetingResolvers(rows: Rows): Resolvers {
  const dayOf = (meetings: readonly Row[], kind: string): unknown =>
    meetings.find((row) => row.kind === kind)?.held_on;
  return {
    'Group.meetings': (group) => byNetwork(rows, group),
    'Group.briefedOn': (group) => dayOf(byNetwork(rows, group), 'BRIEFING'),
    'Group.debriefedOn': (group) => dayOf(byNetwork(rows, group), 'DEBRIEFING'),
    'Group.delegateMeetings': (group) => byOffice(rows, group),
    'Group.delegatesBriefedOn': (group) => dayOf(byOffice(rows, group), 'BRIEFING'),
    'Group.delegatesDebriefedOn': (group) => dayOf(byOffice(rows, group), 'DEBRIEFING'),
    'GroupMeeting.on': ({ held_on }) => held_on,
    'GroupMeeting.attended': ({ attendees }) => (attendees as string[] | null)?.length,
    'GroupMeeting.missed': (meeting) => missedOf(rows, meeting),
  };
}
