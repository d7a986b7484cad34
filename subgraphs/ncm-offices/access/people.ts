import { people } from '@hub/shared/programme';
import { In } from 'typeorm';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { NominationStatus } from '../entities/vocabulary.js';

/** Who reads of the delegates. A nomination stands from the proposal until it is declined or withdrawn. */
export const delegateRights = new people.PeopleRights<DelegateNomination>({
  nomination: DelegateNomination,
  person: 'delegateId',
  standing: { status: In([NominationStatus.PENDING, NominationStatus.SELECTED]) },
});
