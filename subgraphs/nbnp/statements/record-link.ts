import {
  checkVersion,
  createId,
  findForChange,
  perform,
  pickGiven,
  refuseDuplicate,
} from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { EntityManager } from 'typeorm';
import { checkMayWrite, findOrganisers } from '../access/event.policy.js';
import { Link } from '../entities/link.entity.js';
import { findSubject } from './find-subject.js';
import type { ChangeLinkInput, RecordLinkInput, RemoveLinkInput } from './link.input.js';

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
      const row = { ...blank, ...subject, position, url, label, checkedOn, version: 1 };
      const link = Object.assign(new Link(), row, { id: createId(context) });
      await manager.insert(Link, link);
      return link;
    },
    find: (manager, id) => manager.findOneBy(Link, { id }),
  });

/** Finds a link for callers who may write it. */
async function findLink(
  { reader }: PartnerContext,
  manager: EntityManager,
  { link: id, version }: ChangeLinkInput | RemoveLinkInput,
): Promise<Link> {
  const link = await findForChange(manager, Link, id, 'input.link');
  const { eventId } = link;
  checkMayWrite(reader, eventId === null ? [] : await findOrganisers(manager, eventId));
  if (version != null) checkVersion(link, version);
  return link;
}

/**
 * Corrects a link, or notes that somebody has read its page again.
 * @throws HubError `FORBIDDEN` `NOT_FOUND` `CONFLICT` `RULE_VIOLATED` DUPLICATE
 */
export const changeLink = (context: PartnerContext, input: ChangeLinkInput): Promise<Link> =>
  perform<Link>(context, {
    name: 'changeLink',
    input,
    async write(manager) {
      const link = await findLink(context, manager, input);
      const given = pickGiven(input, ['url', 'label']) as Partial<Link>;
      const next = { ...given, checkedOn: input.on, version: link.version + 1 };
      const { eventId, organisationId } = link;
      const others = await manager.findBy(
        Link,
        eventId ? { eventId } : { organisationId: organisationId ?? '' },
      );
      const same = others.find(({ id, url }) => id !== link.id && url === next.url);
      if (same) refuseDuplicate(same.id, 'input.url');
      await manager.update(Link, { id: link.id }, next);
      return Object.assign(link, next);
    },
  });

/** @throws HubError `FORBIDDEN` `NOT_FOUND` `CONFLICT` */
export async function removeLink(context: PartnerContext, input: RemoveLinkInput): Promise<true> {
  await perform<Link>(context, {
    name: 'removeLink',
    input,
    reason: input.reason,
    async write(manager) {
      const link = await findLink(context, manager, input);
      await manager.delete(Link, { id: link.id });
      return link;
    },
  });
  return true;
}
