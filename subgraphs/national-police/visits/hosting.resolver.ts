import { DateScalar } from '@hub/shared/graphql';
import { Access, Self } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { consents, vocabulary } from '@hub/shared/programme';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver, Root } from 'type-graphql';
import { Hosting } from '../entities/hosting.entity.js';
import { Party } from '../entities/party.interface.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';
import { changeHosting } from './change-hosting.js';
import { confirmHosting, withdrawHosting } from './decide-hosting.js';
import { ChangeHostingInput, DecideHostingInput, OfferHostingInput } from './hosting.input.js';
import { offerHosting } from './offer-hosting.js';

@Resolver(() => Hosting)
export class HostingResolver {
  @Mutation(() => Hosting, {
    nullable: true,
    description:
      'Offers to host a visit that this police force hosts, by a unit that exists then. An offer gives no access to the visit. Rules: HOST_COUNTRY, MERGED, CLOSED, CANCELLED, RETURNED.',
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
      'Changes what the host arranges, before or after the confirmation. `CONFLICT` with `currentVersion` if the offer has changed since. Rules: WITHDRAWN, CANCELLED, RETURNED.',
  })
  @Access('liaison')
  changeHosting(
    @Arg('input', () => ChangeHostingInput, { description: words.Input.input })
    input: ChangeHostingInput,
    @Ctx() context: PartnerContext,
  ): Promise<Hosting> {
    return changeHosting(context, input);
  }

  @Mutation(() => Hosting, {
    nullable: true,
    description:
      'Confirms an offer for a visit that this country hosts, for its present days. If the visit moves outside them, the offer must be confirmed again. `CONFLICT` with `currentVersion` if the offer has changed since `version`, or the days of its visit since `visitVersion`. Rules: WITHDRAWN, ALREADY_DECIDED, HOST_COUNTRY, CLOSED, CANCELLED, RETURNED, OUTSIDE_PROGRAMME.',
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
      'Withdraws an offer, confirmed or not. `CONFLICT` with `currentVersion` if the offer has changed since `version`. Rules: WITHDRAWN, DATE_ORDER, CANCELLED, RETURNED, OUTSIDE_PROGRAMME.',
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
  @Self()
  unit(
    @Root() { unitId }: Hosting,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<PoliceUnit | null> {
    return loaders.one(PoliceUnit).load(unitId);
  }

  @FieldResolver(() => Party, { nullable: true, description: words.Hosting.host })
  @Self()
  host(@Root() hosting: Hosting, @Ctx() context: PartnerContext): Promise<Party | null> {
    return this.unit(hosting, context);
  }

  @FieldResolver(() => vocabulary.HostingStatus, { description: words.Hosting.status })
  @Self()
  status(
    @Root() hosting: Hosting,
    @Ctx() context: PartnerContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<vocabulary.HostingStatus> {
    return consents.readOfferStatus(context, info, hosting);
  }

  @FieldResolver(() => Boolean, { nullable: true, description: words.Hosting.isPutBack })
  isPutBack(@Root() hosting: Hosting, @Ctx() context: PartnerContext): Promise<boolean> {
    return consents.isOfferPutBack(context, hosting);
  }

  @FieldResolver(() => DateScalar, { nullable: true, description: words.Hosting.decidedOn })
  async decidedOn(
    @Root() hosting: Hosting,
    @Ctx() context: PartnerContext,
  ): Promise<string | null> {
    const { confirmedOn, withdrawnOn } = hosting;
    return (await consents.isOfferPutBack(context, hosting)) ? null : (withdrawnOn ?? confirmedOn);
  }
}
