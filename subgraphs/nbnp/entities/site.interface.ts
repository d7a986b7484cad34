import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { codes } from '@hub/shared/policy';
import { Directive, Field, ID, InterfaceType, ObjectType } from 'type-graphql';

@InterfaceType('Site', {
  autoRegisterImplementations: false,
  resolveType: ({ id }: { readonly id: string }) =>
    codes.isPoliceCode(codes.ownerOf(id)) ? 'NationalSite' : 'RegionalSite',
  description: words.Site.about,
})
export abstract class Site {
  @Field(() => ID, { description: words.Site.id })
  id: string;
}

/** A record of a police force. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('NationalSite', { implements: Site, description: words.NationalSite.about })
@Access('open')
export class NationalSite extends Site {}

/** A record of the offices. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('RegionalSite', { implements: Site, description: words.RegionalSite.about })
@Access('open')
export class RegionalSite extends Site {}
