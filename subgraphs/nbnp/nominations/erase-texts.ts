import { findBatchKeys } from '@hub/shared/partner';
import { codes, readers, type Levels, type PartnerContext } from '@hub/shared/policy';
import {
  createNetworkPersonFile,
  erasePerson,
  findNotErased,
  type PersonalData,
} from '@hub/shared/programme';
import { GroupMeeting } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Absence, ExpertAssignment, InformationRead } from '../entities/visit.entity.js';
import { AbsenceReason } from '../entities/vocabulary.js';

/** Who may ask for it: those who could erase the person, and their server. */
export const erasers: Levels = {
  erasers: {
    readers: 'co-ordinators and the server of the organisation whose person was erased',
    decide: (_row, { reader }, { person }) =>
      typeof person === 'string' &&
      readers.isOneOf(reader, codes.ownerOf(person), readers.coordinators),
  },
};

/** What the network has written about people of other organisations. */
export const othersData: PersonalData = {
  of: 'Participant',
  stays: [
    { entity: ExpertAssignment, person: 'expertId' },
    { entity: GroupMeeting, person: 'attendees', isList: true },
  ],
  tables: [
    {
      entity: OfficerNomination,
      person: 'officerId',
      kind: 'DECISIONS',
      erased: { declineReason: null },
      keys: { record: 'groupId', mutations: ['declineOfficer'] },
    },
    {
      entity: Absence,
      person: 'participantId',
      kind: 'DECISIONS',
      erased: { reason: AbsenceReason.OTHER },
      keys: { record: 'groupId', mutations: ['recordAbsence'] },
    },
    {
      entity: InformationRead,
      person: 'participantId',
      kind: 'FORMALITIES',
      erased: 'rows',
      keys: { record: 'visitId', mutations: ['acknowledgeInformation'] },
    },
  ],
};

/** All that the network holds about a person, in her file. */
export const networkFile = createNetworkPersonFile(othersData);

/**
 * Removes what the network has written about a person whom her organisation has erased: why she was
 * declined, and why she did not travel. That she was, and did not, stays. Nor can a reason that was
 * refused among others be guessed from the hash of its input, nor be found what was read about her.
 * @returns true, since nothing is left then
 */
export async function eraseTexts(context: PartnerContext, person: string): Promise<boolean> {
  const { manager } = context.source;
  if (person.includes('\0')) return true;
  const left = await findNotErased(manager, othersData, [person]);
  if (left.size > 0 || (await findBatchKeys(manager, [person])).length > 0)
    await erasePerson(context, 'eraseTexts', othersData, person);
  return true;
}
