import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Event } from '../entities/event.entity.js';
import { Link } from '../entities/link.entity.js';
import { Organisation } from '../entities/organisation.entity.js';
import { ChangeLinkInput, RecordLinkInput, RemoveLinkInput } from './link.input.js';
import { changeLink, recordLink, removeLink } from './record-link.js';

const orderBy = [{ property: 'position' }, { property: 'id' }];

@Resolver(() => Event)
export class EventLinksResolver {
  @Mutation(() => Link, {
    nullable: true,
    description:
      'Records a page about an event, for those who may correct the event, or about an organisation, for the network (else `FORBIDDEN`). `NOT_FOUND` for an unknown one. Rules: DUPLICATE, MERGED.',
  })
  @Access('organisers')
  recordLink(
    @Arg('input', () => RecordLinkInput, { description: words.Input.input })
    input: RecordLinkInput,
    @Ctx() context: PartnerContext,
  ): Promise<Link> {
    return recordLink(context, input);
  }

  @Mutation(() => Link, {
    nullable: true,
    description:
      'Corrects a link, or notes that somebody has read its page again, for those who may record one (else `FORBIDDEN`). `NOT_FOUND` for an unknown one; `CONFLICT` with `currentVersion` if it has changed since. Rules: DUPLICATE.',
  })
  @Access('organisers')
  changeLink(
    @Arg('input', () => ChangeLinkInput, { description: words.Input.input })
    input: ChangeLinkInput,
    @Ctx() context: PartnerContext,
  ): Promise<Link> {
    return changeLink(context, input);
  }

  @Mutation(() => Boolean, {
    nullable: true,
    description:
      'Removes a link. `NOT_FOUND` for an unknown one, `FORBIDDEN` for all but those who may record one. The reason is kept in the changes. True once it is gone.',
  })
  @Access('organisers')
  removeLink(
    @Arg('input', () => RemoveLinkInput, { description: words.Input.input })
    input: RemoveLinkInput,
    @Ctx() context: PartnerContext,
  ): Promise<boolean> {
    return removeLink(context, input);
  }

  @FieldResolver(() => [Link], { description: 'Pages about the event, as the source lists them.' })
  links(@Root() { id }: Event, @Ctx() { loaders }: PartnerContext): Promise<Link[]> {
    return loaders.many(Link, 'eventId', { orderBy }).load(id);
  }
}

@Resolver(() => Organisation)
export class OrganisationLinksResolver {
  @FieldResolver(() => [Link], {
    description: 'Pages about the organisation, as the source lists them.',
  })
  links(@Root() { id }: Organisation, @Ctx() { loaders }: PartnerContext): Promise<Link[]> {
    return loaders.many(Link, 'organisationId', { orderBy }).load(id);
  }
}
