import type { PartnerContext } from '@hub/shared/policy';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Event } from '../entities/event.entity.js';
import { Link } from '../entities/link.entity.js';
import { Organisation } from '../entities/organisation.entity.js';

const orderBy = [{ property: 'position' }, { property: 'id' }];

@Resolver(() => Event)
export class EventLinksResolver {
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
