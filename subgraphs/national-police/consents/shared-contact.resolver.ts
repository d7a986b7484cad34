import { byId, pagination, readPage } from '@hub/shared/database';
import { Access, Self } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { ContactSharing, sharing } from '@hub/shared/programme';
import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { Officer, OfficerLanguage } from '../entities/officer.entity.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';
import { SharedContact } from '../entities/shared-contact.entity.js';
import { ShareOfficerContactInput, WithdrawOfficerContactInput } from './shared-contact.input.js';

/** What officers share of themselves. */
export const contactSharing = new ContactSharing({
  person: Officer,
  contact: SharedContact,
  field: 'officer',
  column: 'officerId',
  organisationOf: async ({ unitId }, { loaders }) =>
    (await loaders.one(PoliceUnit).load(unitId))?.name ?? null,
  async languagesOf({ id }, { loaders }) {
    const orderBy = [{ property: 'position' }];
    const spoken = await loaders.many(OfficerLanguage, 'officerId', { orderBy }).load(id);
    return spoken.map(({ language }) => language);
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
  async sharedOfficerContacts(
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

  @Mutation(() => Officer, { nullable: true, description: sharing.words.share })
  @Access('self')
  shareOfficerContact(
    @Arg('input', () => ShareOfficerContactInput, { description: words.Input.input })
    input: ShareOfficerContactInput,
    @Ctx() context: PartnerContext,
  ): Promise<Officer> {
    return contactSharing.share(context, 'shareOfficerContact', input, input.officer);
  }

  @Mutation(() => Officer, { nullable: true, description: sharing.words.withdraw })
  @Access('coordinator')
  @Self()
  withdrawOfficerContact(
    @Arg('input', () => WithdrawOfficerContactInput, { description: words.Input.input })
    input: WithdrawOfficerContactInput,
    @Ctx() context: PartnerContext,
  ): Promise<Officer> {
    return contactSharing.withdraw(context, 'withdrawOfficerContact', input, input.officer);
  }
}
