import { checkVersion, notFound, perform } from '@hub/shared/partner';
import { codes, type PartnerContext } from '@hub/shared/policy';
import { network } from '@hub/shared/programme';
import { Claim } from '../entities/claim.entity.js';
import { Membership, membershipSubject } from '../entities/network.entity.js';
import type { KnownParties } from './ask-parties.js';
import { askOtherParties, checkOtherParties } from './check-parties.js';
import type { ChangeMembershipInput } from './membership.input.js';

/** A membership with the id of its claims. */
type Row = Membership & { readonly id: string };

/**
 * Changes whom to contact in a member country, and since when it is one.
 * @throws HubError `NOT_FOUND` for another country, and a contact that is no unit of its police;
 * `CONFLICT` `PARTNER_…`
 */
export const changeMembership = (
  context: PartnerContext,
  input: ChangeMembershipInput,
): Promise<Membership> => {
  const { country, contact, since, source, on: checkedOn, version } = input;
  const named = { 'input.contact': contact == null ? [] : [contact] };
  return perform<Row, KnownParties>(context, {
    name: 'changeMembership',
    input,
    async ask() {
      if (contact != null && codes.ownerOf(contact) !== country.toLowerCase())
        notFound('input.contact');
      return askOtherParties(context, named);
    },
    async write(manager, known) {
      const stored = await manager.findOneBy(Membership, { country });
      if (!stored) notFound('input.country');
      checkVersion(stored, version);
      checkOtherParties(named, known, {});
      const changes = {
        ...(contact !== undefined && { contactId: contact }),
        ...(since !== undefined && { since }),
        source,
        checkedOn,
        version: version + 1,
      };
      await manager.update(Membership, { country }, changes);
      const before = Object.assign(new Membership(), stored, { id: membershipSubject(country) });
      const next = Object.assign(new Membership(), before, changes);
      const table = { entity: Claim, owner: 'subjectId' };
      await network.keepClaims<Row>(context, manager, table, ['since', 'contactId'], {
        before,
        next,
      });
      return next;
    },
  });
};
