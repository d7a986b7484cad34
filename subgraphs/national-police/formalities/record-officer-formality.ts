import { violateRule } from '@hub/shared/errors';
import { dates } from '@hub/shared/graphql';
import { findPerson, nextVersion, notFound, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { OfficerFormality } from '../entities/officer-formality.entity.js';
import { Officer } from '../entities/officer.entity.js';
import type { RecordOfficerFormalityInput } from './formality.input.js';

interface FormalityFacts {
  readonly group: { readonly cancelledOn: string | null; readonly programme: dates.Span };
  readonly isMember: boolean;
}

interface Membership {
  readonly groupId: string;
  readonly acceptedOn: string | null;
  readonly declinedOn: string | null;
}

const factsQuery = `query FormalityFacts($officer: ID!, $group: ID!) {
  officer(id: $officer) { nominations { groupId acceptedOn declinedOn } }
  group(id: $group) { cancelledOn programme { startsOn endsOn } }
}`;

async function askFacts(
  { askHub }: PartnerContext,
  { officer: officerId, group: groupId }: RecordOfficerFormalityInput,
): Promise<FormalityFacts> {
  const response = await askHub(factsQuery, { officer: officerId, group: groupId });
  const officer = response['officer'] as { nominations: readonly Membership[] | null } | null;
  const group = response['group'] as FormalityFacts['group'] | null;
  if (!officer) return notFound('input.officer');
  if (!group) return notFound('input.group');
  const isMember = (officer.nominations ?? []).some(
    (one) => one.groupId === groupId && one.acceptedOn !== null && one.declinedOn === null,
  );
  return { group, isMember };
}

/**
 * Records one formality of an accepted officer, and replaces its earlier record. A late one is
 * recorded after the departure too.
 * @throws HubError `BAD_USER_INPUT`, `NOT_FOUND`, `CONFLICT`, `PARTNER_…`; `RULE_VIOLATED`
 * NOT_MEMBER, OUTSIDE_PROGRAMME, CANCELLED, ERASED
 */
export async function recordOfficerFormality(
  context: PartnerContext,
  input: RecordOfficerFormalityInput,
): Promise<Officer> {
  const { officer: officerId, group: groupId, kind, status, on, note = null } = input;
  return perform(context, {
    name: 'recordOfficerFormality',
    input,
    ask: () => askFacts(context, input),
    async write(manager, { group, isMember }) {
      const officer = await findPerson(manager, Officer, officerId, 'input.officer');
      if (group.cancelledOn !== null) violateRule('CANCELLED', 'input.group');
      if (!isMember) violateRule('NOT_MEMBER', 'input.officer');
      if (!dates.isWithin(on, group.programme)) violateRule('OUTSIDE_PROGRAMME', 'input.on');
      const known = await manager.findOneBy(OfficerFormality, { officerId, groupId, kind });
      const version = nextVersion(known, input.version);
      const formality = { officerId, groupId, kind, status, on, note, version };
      await manager.upsert(OfficerFormality, formality, ['officerId', 'groupId', 'kind']);
      return officer;
    },
  });
}
