import { DateScalar } from '@hub/shared/graphql';
import { Access, Self } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { consents, vocabulary } from '@hub/shared/programme';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver, Root } from 'type-graphql';
import { Office } from '../entities/office.entity.js';
import { Party } from '../entities/party.interface.js';
import { RegionalHosting } from '../entities/regional-hosting.entity.js';
import { changeRegionalHosting } from './change-regional-hosting.js';
import { confirmRegionalHosting, withdrawRegionalHosting } from './decide-regional-hosting.js';
import { offerRegionalHosting } from './offer-regional-hosting.js';
import {
  ChangeRegionalHostingInput,
  DecideRegionalHostingInput,
  OfferRegionalHostingInput,
} from './regional-hosting.input.js';

@Resolver(() => RegionalHosting)
export class RegionalHostingResolver {
  @Mutation(() => RegionalHosting, {
    nullable: true,
    description:
      'Offers to arrange a visit in a country that the offices host for. The office must be in Russia, or named by a side of the group for the country, and open at the time of the visit. Rules: HOST_COUNTRY, MERGED, CLOSED, CANCELLED, RETURNED, REHEARSAL.',
  })
  @Access('liaison')
  offerRegionalHosting(
    @Arg('input', () => OfferRegionalHostingInput, { description: words.Input.input })
    input: OfferRegionalHostingInput,
    @Ctx() context: PartnerContext,
  ): Promise<RegionalHosting> {
    return offerRegionalHosting(context, input);
  }

  @Mutation(() => RegionalHosting, {
    nullable: true,
    description:
      'Changes what the office arranges, before or after the confirmation. `CONFLICT` with `currentVersion` if the offer has changed since. Rules: WITHDRAWN, CANCELLED, RETURNED.',
  })
  @Access('liaison')
  changeRegionalHosting(
    @Arg('input', () => ChangeRegionalHostingInput, { description: words.Input.input })
    input: ChangeRegionalHostingInput,
    @Ctx() context: PartnerContext,
  ): Promise<RegionalHosting> {
    return changeRegionalHosting(context, input);
  }

  @Mutation(() => RegionalHosting, {
    nullable: true,
    description:
      'Confirms an offer, if the office still arranges it and is open then, for the present days of the visit. If it moves outside them, the offer must be confirmed again. `CONFLICT` with the visit’s `currentVersion` if its days have changed since `visitVersion`. Rules: WITHDRAWN, ALREADY_DECIDED, HOST_COUNTRY, CLOSED, REHEARSAL, CANCELLED, RETURNED, OUTSIDE_PROGRAMME.',
  })
  @Access('liaison')
  confirmRegionalHosting(
    @Arg('input', () => DecideRegionalHostingInput, { description: words.Input.input })
    input: DecideRegionalHostingInput,
    @Ctx() context: PartnerContext,
  ): Promise<RegionalHosting> {
    return confirmRegionalHosting(context, input);
  }

  @Mutation(() => RegionalHosting, {
    nullable: true,
    description:
      'Withdraws an offer, confirmed or not. Rules: WITHDRAWN, DATE_ORDER, CANCELLED, RETURNED, OUTSIDE_PROGRAMME.',
  })
  @Access('liaison')
  withdrawRegionalHosting(
    @Arg('input', () => DecideRegionalHostingInput, { description: words.Input.input })
    input: DecideRegionalHostingInput,
    @Ctx() context: PartnerContext,
  ): Promise<RegionalHosting> {
    return withdrawRegionalHosting(context, input);
  }

  @FieldResolver(() => Office, { description: 'The office that makes the offer.' })
  @Self()
  office(
    @Root() { officeId }: RegionalHosting,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Office | null> {
    return loaders.one(Office).load(officeId);
  }

  @FieldResolver(() => Party, { nullable: true, description: words.Hosting.host })
  @Self()
  host(@Root() hosting: RegionalHosting, @Ctx() context: PartnerContext): Promise<Party | null> {
    return this.office(hosting, context);
  }

  @FieldResolver(() => vocabulary.HostingStatus, { description: words.Hosting.status })
  @Self()
  status(
    @Root() hosting: RegionalHosting,
    @Ctx() context: PartnerContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<vocabulary.HostingStatus> {
    return consents.readOfferStatus(context, info, hosting);
  }

  @FieldResolver(() => Boolean, { nullable: true, description: words.Hosting.isPutBack })
  isPutBack(@Root() hosting: RegionalHosting, @Ctx() context: PartnerContext): Promise<boolean> {
    return consents.isOfferPutBack(context, hosting);
  }

  @FieldResolver(() => DateScalar, { nullable: true, description: words.Hosting.decidedOn })
  async decidedOn(
    @Root() hosting: RegionalHosting,
    @Ctx() context: PartnerContext,
  ): Promise<string | null> {
    return (await consents.isOfferPutBack(context, hosting)) ? null : hosting.decidedOn;
  }
}
