import type { PartnerContext } from '@hub/shared/context';
import { Access } from '@hub/shared/policy';
import { words } from '@hub/shared/vocabulary';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Hosting } from '../entities/hosting.entity.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';
import { confirmHosting, withdrawHosting } from './decide-hosting.js';
import { DecideHostingInput, OfferHostingInput } from './hosting.input.js';
import { offerHosting } from './offer-hosting.js';

@Resolver(() => Hosting)
export class HostingResolver {
  @Mutation(() => Hosting, {
    nullable: true,
    description:
      'Offers to host a visit; any police force may. An offer gives no access to the visit. Rules: CANCELLED, RETURNED.',
  })
  @Access('liaison')
  offerHosting(
    @Arg('input', () => OfferHostingInput, { description: words.Input.input })
    input: OfferHostingInput,
    @Ctx() context: PartnerContext,
  ): Promise<Hosting> {
    return offerHosting(context, input);
  }

  @Mutation(() => Hosting, {
    nullable: true,
    description:
      'Confirms an offer for a visit that this country hosts. Rules: WITHDRAWN, ALREADY_DECIDED, HOST_COUNTRY, CANCELLED, RETURNED, OUTSIDE_PROGRAMME.',
  })
  @Access('liaison')
  confirmHosting(
    @Arg('input', () => DecideHostingInput, { description: words.Input.input })
    input: DecideHostingInput,
    @Ctx() context: PartnerContext,
  ): Promise<Hosting> {
    return confirmHosting(context, input);
  }

  @Mutation(() => Hosting, {
    nullable: true,
    description:
      'Withdraws an offer, confirmed or not. Rules: WITHDRAWN, DATE_ORDER, CANCELLED, RETURNED, OUTSIDE_PROGRAMME.',
  })
  @Access('liaison')
  withdrawHosting(
    @Arg('input', () => DecideHostingInput, { description: words.Input.input })
    input: DecideHostingInput,
    @Ctx() context: PartnerContext,
  ): Promise<Hosting> {
    return withdrawHosting(context, input);
  }

  @FieldResolver(() => PoliceUnit, { description: 'The police unit that makes the offer.' })
  unit(
    @Root() { unitId }: Hosting,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<PoliceUnit | null> {
    return loaders.one(PoliceUnit).load(unitId);
  }
}
