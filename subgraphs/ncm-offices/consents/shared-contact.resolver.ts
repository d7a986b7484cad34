import { byId, pagination, readPage } from '@hub/shared/database';
import { Access, Self } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { ContactSharing, sharing } from '@hub/shared/programme';
import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { DelegateLanguage } from '../entities/delegate-language.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { SharedContact } from '../entities/shared-contact.entity.js';
import { ShareDelegateContactInput, WithdrawDelegateContactInput } from './shared-contact.input.js';

/** What delegates share of themselves. */
export const contactSharing = new ContactSharing({
  person: Delegate,
  contact: SharedContact,
  field: 'delegate',
  column: 'delegateId',
  organisationOf: ({ employer }) => employer,
  async languagesOf({ id }, { loaders }) {
    const orderBy = [{ property: 'place' }];
    const spoken = await loaders.many(DelegateLanguage, 'delegateId', { orderBy }).load(id);
    return spoken.map(({ tag }) => tag);
  },
});

const { ConnectionType: SharedContactConnection } = pagination.createConnectionTypes(
  SharedContact,
  'SharedContact',
  { counts: 'none', access: 'sharedContacts', isShareable: true },
);

@Resolver(() => SharedContact)
export class SharedContactResolver {
  @Query(() => SharedContactConnection, {
    nullable: true,
    description: sharing.words.list,
  })
  @Access('sharedContacts')
  async sharedDelegateContacts(
    @Arg('with', () => sharing.SharedWith, { description: sharing.words.with })
    whom: sharing.SharedWith,
    @Arg('group', () => ID, { nullable: true, description: sharing.words.group })
    group: string | null,
    @Arg('programme', () => ID, { nullable: true, description: sharing.words.programme })
    programme: string | null,
    @pagination.Paged() page: pagination.PageArguments,
    @Ctx() context: PartnerContext,
  ): Promise<pagination.Connection<SharedContact>> {
    const shared = await contactSharing.find(context, { with: whom, group, programme });
    return readPage(shared, byId, page);
  }

  @Mutation(() => Delegate, { nullable: true, description: sharing.words.share })
  @Access('self')
  shareDelegateContact(
    @Arg('input', () => ShareDelegateContactInput, { description: words.Input.input })
    input: ShareDelegateContactInput,
    @Ctx() context: PartnerContext,
  ): Promise<Delegate> {
    return contactSharing.share(context, 'shareDelegateContact', input, input.delegate);
  }

  @Mutation(() => Delegate, { nullable: true, description: sharing.words.withdraw })
  @Access('coordinator')
  @Self()
  withdrawDelegateContact(
    @Arg('input', () => WithdrawDelegateContactInput, { description: words.Input.input })
    input: WithdrawDelegateContactInput,
    @Ctx() context: PartnerContext,
  ): Promise<Delegate> {
    return contactSharing.withdraw(context, 'withdrawDelegateContact', input, input.delegate);
  }
}
