import type { dates } from '@hub/shared/graphql';
import { notFound } from '@hub/shared/partner';
import { FormalityRecorder } from '@hub/shared/programme';
import { OfficerFormality } from '../entities/officer-formality.entity.js';
import { Officer } from '../entities/officer.entity.js';

interface Membership {
  readonly groupId: string;
  readonly acceptedOn: string | null;
  readonly declinedOn: string | null;
}

/** Records formalities of officers whom the network has accepted, as members or reserves. */
export const officerFormalities = new FormalityRecorder({
  field: 'officer',
  column: 'officerId',
  person: Officer,
  formality: OfficerFormality,
  async askGroup({ askHub }, id) {
    const { group } = await askHub(
      'query FormalityGroup($id: ID!) { group(id: $id) { cancelledOn programme { startsOn endsOn } } }',
      { id },
    );
    const found = group as { cancelledOn: string | null; programme: dates.Span } | null;
    return found ?? notFound('input.group');
  },
  async askMember({ askHub }, id, group) {
    const { officer } = await askHub(
      'query FormalityMember($id: ID!) { officer(id: $id) { nominations { groupId acceptedOn declinedOn } } }',
      { id },
    );
    const found = officer as { nominations: readonly Membership[] | null } | null;
    if (!found) return notFound('input.officer');
    const isMember = (found.nominations ?? []).some(
      (one) => one.groupId === group && one.acceptedOn !== null && one.declinedOn === null,
    );
    return () => Promise.resolve(isMember);
  },
});
