import type { Levels } from '@hub/shared/policy';
import { people } from '@hub/shared/programme';
import { decideFormalities, decideIdentity, decideTravelNeeds } from '../access/decide-people.js';
import { officerRights } from '../access/people.js';
import type { OfficerFormality } from '../entities/officer-formality.entity.js';
import type { OfficerTravelNeeds } from '../entities/officer-travel-needs.entity.js';
import type { Officer } from '../entities/officer.entity.js';

const formalityReaders =
  'staff of this organisation; for a member of the group also co-ordinators of `nbnp`, and of `ncm` if an office co-ordinates the group, until 90 days after its end';

const travelNeedsReaders =
  'staff of this organisation; for a member of a group also co-ordinators of `nbnp`, and of the police forces, for Russia of `ncm`, that host a visit of it, from 30 days before its departure until its return, of `nbnp` until 90 days after the end of the group';

/** The identity of an officer, and what she must have and needs for a journey. */
export const officerPolicy: Levels<Officer> = {
  people: {
    readers: people.peopleReaders,
    decide: (officer, context) => officerRights.mayRead(context, officer?.id),
  },
  identity: {
    readers:
      'staff of this organisation; for a member of a group also co-ordinators of `nbnp`, of `ncm` if an office co-ordinates the group, and of police forces that host a visit of it, until 90 days after its end; of a nominee co-ordinators of `nbnp` until they decide, of a reserve until the group departs',
    decide: (officer, context) => officer !== undefined && decideIdentity(context, officer.id),
  },
  formalities: {
    readers: formalityReaders,
    decide: (officer, context, { group }) =>
      officer !== undefined && decideFormalities(context, officer.id, group),
  },
  travelNeeds: {
    readers: travelNeedsReaders,
    decide: (officer, context) => officer !== undefined && decideTravelNeeds(context, officer.id),
  },
};

/** Callers who may read an empty list or null of the officer are decided there. */
export const formalityPolicy: Levels<OfficerFormality> = {
  formalities: {
    readers: formalityReaders,
    decide: (formality, context) =>
      formality === undefined || decideFormalities(context, formality.officerId, formality.groupId),
  },
};

export const travelNeedsPolicy: Levels<OfficerTravelNeeds> = {
  travelNeeds: {
    readers: travelNeedsReaders,
    decide: (needs, context) => needs === undefined || decideTravelNeeds(context, needs.officerId),
  },
};
