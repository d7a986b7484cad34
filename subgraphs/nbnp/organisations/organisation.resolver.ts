import { pagination, readOrdered } from '@hub/shared/database';
import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { loadClaims, loadParty } from '../access/load-related.js';
import { Claim } from '../entities/claim.entity.js';
import { Organisation } from '../entities/organisation.entity.js';
import { Party } from '../entities/party.interface.js';
import { Spokesmanship } from '../entities/spokesmanship.entity.js';
import { OrganisationOrder } from '../entities/vocabulary.js';
import { spokesmanshipOrder } from '../network/find-spokesmanship.js';
import { findOrganisations, organisationOrders } from './find-organisations.js';
import {
  changeOrganisation,
  closeOrganisation,
  registerOrganisation,
} from './keep-organisation.js';
import {
  ChangeOrganisationInput,
  CloseOrganisationInput,
  OrganisationFilter,
  RegisterOrganisationInput,
} from './organisation.input.js';

const { ConnectionType: OrganisationConnection } = pagination.createConnectionTypes(
  Organisation,
  'Organisation',
  { counts: 'exact', access: 'open', isCached: true },
);

@Resolver(() => Organisation)
export class OrganisationResolver {
  @Query(() => Organisation, {
    nullable: true,
    description: 'One organisation of the directory; null if none has this id.',
  })
  @Access('open')
  organisation(
    @Arg('id', () => ID, { description: 'Id of the organisation: `nbnp:iacis`.' }) id: string,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Organisation | null> {
    return loaders.one(Organisation).load(id);
  }

  @Query(() => OrganisationConnection, {
    nullable: true,
    description: 'The directory of organisations, by id, or as `orderBy` says.',
  })
  @Access('open')
  organisations(
    @Arg('filter', () => OrganisationFilter, {
      nullable: true,
      description: 'The whole directory if left out.',
    })
    filter: OrganisationFilter | null,
    @Arg('orderBy', () => OrganisationOrder, {
      nullable: true,
      defaultValue: 'ID',
      description: words.List.orderBy,
    })
    orderBy: OrganisationOrder | null,
    @pagination.Paged() page: pagination.PageArguments,
    @Ctx() { source }: PartnerContext,
  ): Promise<pagination.Connection<Organisation>> {
    return readOrdered(findOrganisations(source, filter ?? {}), organisationOrders, orderBy, page);
  }

  @Mutation(() => Organisation, {
    nullable: true,
    description:
      'Registers an organisation of the directory. `NOT_FOUND` for an unknown parent. Rules: DUPLICATE, DATE_ORDER, MERGED.',
  })
  @Access('coordinator')
  registerOrganisation(
    @Arg('input', () => RegisterOrganisationInput, { description: words.Input.input })
    input: RegisterOrganisationInput,
    @Ctx() context: PartnerContext,
  ): Promise<Organisation> {
    return registerOrganisation(context, input);
  }

  @Mutation(() => Organisation, {
    nullable: true,
    description:
      'Changes what is known of an organisation. `NOT_FOUND` for an unknown parent. Rules: DUPLICATE, DATE_ORDER, MERGED.',
  })
  @Access('coordinator')
  changeOrganisation(
    @Arg('input', () => ChangeOrganisationInput, { description: words.Input.input })
    input: ChangeOrganisationInput,
    @Ctx() context: PartnerContext,
  ): Promise<Organisation> {
    return changeOrganisation(context, input);
  }

  @Mutation(() => Organisation, {
    nullable: true,
    description:
      'Records when an organisation ended, or without `closedOn` that it exists after all. Rules: DATE_ORDER, MERGED.',
  })
  @Access('coordinator')
  closeOrganisation(
    @Arg('input', () => CloseOrganisationInput, { description: words.Input.input })
    input: CloseOrganisationInput,
    @Ctx() context: PartnerContext,
  ): Promise<Organisation> {
    return closeOrganisation(context, input);
  }

  @FieldResolver(() => Party, {
    nullable: true,
    description: 'The body of which it is a part or to which it reports; null if none.',
  })
  parent(
    @Root() { parentId }: Organisation,
    @Ctx() context: PartnerContext,
  ): Promise<object | null> {
    return loadParty(parentId, context);
  }

  /** Null if no chair is documented, which does not mean that there was none. */
  @FieldResolver(() => [Spokesmanship], {
    nullable: true,
    description: 'The spokesmanships that one of its people held, the earliest first.',
  })
  async chairs(
    @Root() { id }: Organisation,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Spokesmanship[] | null> {
    const chairs = await loaders
      .many(Spokesmanship, 'bodyId', { orderBy: spokesmanshipOrder })
      .load(id);
    return chairs.length > 0 ? chairs : null;
  }

  @FieldResolver(() => [Claim], {
    nullable: true,
    description: words.Claim.all,
  })
  claims(@Root() { id }: Organisation, @Ctx() context: PartnerContext): Promise<Claim[]> {
    return loadClaims(id, context);
  }
}
