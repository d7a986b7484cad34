import type { Levels } from '@hub/shared/policy';
import { people } from '@hub/shared/programme';
import { decideFormalities, decideIdentity, decideTravelNeeds } from '../access/decide-people.js';
import { delegateRights } from '../access/people.js';
import type { DelegateFormality } from '../entities/delegate-formality.entity.js';
import type { DelegateTravelNeeds } from '../entities/delegate-travel-needs.entity.js';
import type { Delegate } from '../entities/delegate.entity.js';

const formalityReaders =
  'staff of this organisation; for a member of the group also co-ordinators of `nbnp`, until 90 days after its end';

const travelNeedsReaders =
  'staff of this organisation; for a member of a group also co-ordinators of `nbnp`, and of police forces that host a visit of it, from 30 days before its departure until its return, of `nbnp` until 90 days after the end of the group';

/** The identity of a delegate, and what she must have and needs for a journey. */
export const delegatePolicy: Levels<Delegate> = {
  people: {
    readers: people.peopleReaders,
    decide: (delegate, context) => delegateRights.mayRead(context, delegate?.id),
  },
  identity: {
    readers:
      'staff of this organisation; for a member of a group also co-ordinators of `nbnp`, and of police forces that host a visit of it, until 90 days after its end',
    decide: (delegate, context) => delegate !== undefined && decideIdentity(context, delegate.id),
  },
  formalities: {
    readers: formalityReaders,
    decide: (delegate, context, { group }) =>
      delegate !== undefined && decideFormalities(context, delegate.id, group),
  },
  travelNeeds: {
    readers: travelNeedsReaders,
    decide: (delegate, context) =>
      delegate !== undefined && decideTravelNeeds(context, delegate.id),
  },
};

/** Callers who may read an empty list or null of the delegate are decided there. */
export const formalityPolicy: Levels<DelegateFormality> = {
  formalities: {
    readers: formalityReaders,
    decide: (formality, context) =>
      formality === undefined ||
      decideFormalities(context, formality.delegateId, formality.groupId),
  },
};

export const travelNeedsPolicy: Levels<DelegateTravelNeeds> = {
  travelNeeds: {
    readers: travelNeedsReaders,
    decide: (needs, context) => needs === undefined || decideTravelNeeds(context, needs.delegateId),
  },
};
