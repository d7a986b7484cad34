import { Access } from '@hub/shared/policy';
import { isPoliceCode, ownerOf } from '@hub/shared/vocabulary';
import { Directive, Field, ID, InterfaceType, ObjectType } from 'type-graphql';

@InterfaceType('Site', {
  autoRegisterImplementations: false,
  resolveType: ({ id }: { readonly id: string }) =>
    isPoliceCode(ownerOf(id)) ? 'NationalSite' : 'RegionalSite',
  description: 'A place that a group visits.',
})
export abstract class Site {
  @Field(() => ID)
  id: string;
}

/** A police’s record. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('NationalSite', { implements: Site })
@Access('open')
export class NationalSite extends Site {}

/** The offices’ record. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('RegionalSite', { implements: Site })
@Access('open')
export class RegionalSite extends Site {}
