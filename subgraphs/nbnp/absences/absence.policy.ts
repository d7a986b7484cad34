import type { Levels } from '@hub/shared/policy';
import { decideAbsence } from '../access/decide-people.js';
import type { Absence } from '../entities/visit.entity.js';

/** Why a member of a group did not travel. */
export const absencePolicy: Levels<Absence> = {
  identity: {
    readers:
      'the organisation that sends the participant; co-ordinators of `nbnp`, of `ncm` if an office co-ordinates the group, and of police forces that host a visit of it',
    decide: (absence, context) => absence !== undefined && decideAbsence(context, absence),
  },
};
