import type { Resolvers } from './resolvers.js';
import type { Row, Rows } from './rows.js';

/** Whether a list has the row, of what was made for rehearsals. */
export const isTaken = (row: Row, rehearsals: unknown): boolean =>
  rehearsals === true || row.is_rehearsal !== true;

/** Whether the programme with this id is a rehearsal. */
export const isRehearsed = ({ network }: Rows, programme: unknown): boolean =>
  network.programmes?.find(({ id }) => id === programme)?.is_rehearsal === true;

export function rehearsalResolvers(rows: Rows): Resolvers {
  const { network, offices, police } = rows;
  const ofGroup = (id: unknown): boolean =>
    isRehearsed(rows, network.groups?.find((row) => row.id === id)?.programme_id);
  const ofVisit = (id: unknown): boolean =>
    ofGroup(network.visits?.find((row) => row.id === id)?.group_id);
  const ofPerson = ({ officer_id, delegate_id }: Row): boolean =>
    [...(police.officers ?? []), ...(offices.delegates ?? [])].find(
      ({ id }) => id === (officer_id ?? delegate_id),
    )?.is_rehearsal === true;
  return {
    'Group.isRehearsal': ({ id }) => ofGroup(id),
    'Visit.isRehearsal': ({ id }) => ofVisit(id),
    'ItineraryStop.isRehearsal': ({ visit_id }) => ofVisit(visit_id),
    'ExpertAssignment.isRehearsal': ({ visit_id }) => ofVisit(visit_id),
    'Event.isRehearsal': ({ programme_id }) => isRehearsed(rows, programme_id),
    'Task.isRehearsal': ({ group, subject }) =>
      group ? ofGroup(group.id) : isRehearsed(rows, subject),
    'OfficerNomination.isRehearsal': ofPerson,
    'DelegateNomination.isRehearsal': ofPerson,
    'ParticipantReport.isRehearsal': ofPerson,
  };
}
