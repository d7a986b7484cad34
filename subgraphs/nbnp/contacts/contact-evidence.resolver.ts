import { NoneIsOpen } from '@hub/shared/identity';
import type { PartnerContext } from '@hub/shared/policy';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { loadOne } from '../access/load-related.js';
import { Event } from '../entities/event.entity.js';
import { Membership } from '../entities/network.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Spokesmanship } from '../entities/spokesmanship.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { ContactBasis } from '../entities/vocabulary.js';
import { ContactEvidence } from './contact.js';
import { memberCountriesOf } from './membership-occasions.js';

/** The subject, if the evidence has one of these bases. */
const subjectOf = (
  { basis, subjectId }: ContactEvidence,
  ...bases: readonly ContactBasis[]
): string | null => (bases.includes(basis) ? subjectId : null);

@Resolver(() => ContactEvidence)
export class ContactEvidenceResolver {
  @FieldResolver(() => Event, {
    nullable: true,
    description: 'The event in which both took part. Set for the bases EVENT and REPRESENTATION.',
  })
  event(@Root() evidence: ContactEvidence, @Ctx() context: PartnerContext): Promise<Event | null> {
    const id = subjectOf(evidence, ContactBasis.EVENT, ContactBasis.REPRESENTATION);
    return loadOne(Event, id, context);
  }

  @FieldResolver(() => Visit, {
    nullable: true,
    description: 'The visit that brought both together. Set for the basis VISIT.',
  })
  @NoneIsOpen()
  visit(@Root() evidence: ContactEvidence, @Ctx() context: PartnerContext): Promise<Visit | null> {
    return loadOne(Visit, subjectOf(evidence, ContactBasis.VISIT), context);
  }

  @FieldResolver(() => Programme, {
    nullable: true,
    description: 'The programme in which both have a role. Set for the basis PROGRAMME.',
  })
  programme(
    @Root() evidence: ContactEvidence,
    @Ctx() context: PartnerContext,
  ): Promise<Programme | null> {
    return loadOne(Programme, subjectOf(evidence, ContactBasis.PROGRAMME), context);
  }

  @FieldResolver(() => [Membership], {
    description:
      'The memberships of the two, ordered by country; one if the other is the network itself. Set for the basis MEMBERSHIP, unless `spokesmanship` is.',
  })
  async memberships(
    @Root() { basis, subjectId }: ContactEvidence,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Membership[]> {
    if (basis !== ContactBasis.MEMBERSHIP) return [];
    const countries = memberCountriesOf(subjectId);
    const found = countries.map((id) => loaders.one(Membership, 'country').load(id));
    return (await Promise.all(found)).filter((membership) => membership !== null);
  }

  @FieldResolver(() => Spokesmanship, {
    nullable: true,
    description:
      'The term in which one of the two held the spokesmanship of the other. Set for the basis MEMBERSHIP, unless `memberships` is.',
  })
  spokesmanship(
    @Root() evidence: ContactEvidence,
    @Ctx() context: PartnerContext,
  ): Promise<Spokesmanship | null> {
    return loadOne(Spokesmanship, subjectOf(evidence, ContactBasis.MEMBERSHIP), context);
  }
}
