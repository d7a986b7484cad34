import type { Levels } from '@hub/shared/policy';
import { decideAbsence } from '../access/decide-people.js';
import type { Absence } from '../entities/visit.entity.js';
import { mayReadPerson } from '../sides/people.js';

/** Why a member of a group did not travel. */
export const absencePolicy: Levels<Absence> = {
  people: {
    readers:
      'staff and auditors of the organisation that sends the participant; staff of `nbnp`, and of the organisations that send, host, co-ordinate or decide on the group, hosts until 90 days after their return',
    decide: (absence, context) =>
      absence !== undefined && mayReadPerson(context, absence.participantId, absence.groupId),
  },
  identity: {
    readers:
      'the organisation that sends the participant; co-ordinators of `nbnp`, of `ncm` if an office co-ordinates the group, and of police forces that host a visit of it, until 90 days after its end',
    decide: (absence, context) => absence !== undefined && decideAbsence(context, absence),
  },
};
