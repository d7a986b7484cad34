import { createId, findForChange, perform, refuseDuplicate } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { checkMayWrite, findOrganisers } from '../access/event.policy.js';
import { Link } from '../entities/link.entity.js';
import { findSubject } from './find-subject.js';
import type { RecordLinkInput, RemoveLinkInput } from './link.input.js';

/**
 * Records a page about an event or an organisation, the last in the list.
 * @throws HubError `FORBIDDEN` `NOT_FOUND` `CONFLICT` `RULE_VIOLATED` DUPLICATE, MERGED
 */
export const recordLink = (context: PartnerContext, input: RecordLinkInput): Promise<Link> =>
  perform<Link>(context, {
    name: 'recordLink',
    input,
    async write(manager) {
      const { about, url, label = null, on: checkedOn } = input;
      checkMayWrite(context.reader, await findOrganisers(manager, about));
      const subject = await findSubject(manager, about, ['eventId', 'organisationId']);
      const others = await manager.findBy(Link, subject);
      const same = others.find((one) => one.url === url);
      if (same) refuseDuplicate(same.id, 'input.url');
      const position = Math.max(-1, ...others.map((one) => one.position)) + 1;
      const blank = { eventId: null, organisationId: null };
      const row = { ...blank, ...subject, position, url, label, checkedOn };
      const link = Object.assign(new Link(), row, { id: createId(context) });
      await manager.insert(Link, link);
      return link;
    },
    find: (manager, id) => manager.findOneBy(Link, { id }),
  });

/** @throws HubError `FORBIDDEN` `NOT_FOUND` */
export async function removeLink(context: PartnerContext, input: RemoveLinkInput): Promise<true> {
  await perform<Link>(context, {
    name: 'removeLink',
    input,
    reason: input.reason,
    async write(manager) {
      const link = await findForChange(manager, Link, input.link, 'input.link');
      const { eventId } = link;
      const organisers = eventId === null ? [] : await findOrganisers(manager, eventId);
      checkMayWrite(context.reader, organisers);
      await manager.delete(Link, { id: link.id });
      return link;
    },
  });
  return true;
}
