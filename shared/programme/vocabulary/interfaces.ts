import { Field, ID, InterfaceType } from 'type-graphql';
import { CountryCodeScalar } from '../../graphql/scalars/scalars.js';
import { words } from '../../partner/words.js';
import { Sector, TargetGroup } from './enums.js';

type AbstractClass<Fields> = abstract new () => Fields;

/** An owner’s fields of a party. */
export interface PartyFields {
  id: string;
  name: string | null;
  country: string | null;
}

/**
 * The contract’s `Party`. Each subgraph makes its own class: its field resolvers must not reach the
 * schemas of others that run in the same process.
 * @param resolveType the name of the type of a party that comes as its key alone
 */
export function createPartyType(
  resolveType?: (party: { readonly id: string }) => string,
): AbstractClass<PartyFields> {
  @InterfaceType('Party', {
    autoRegisterImplementations: false,
    resolveType,
    description: words.Party.about,
  })
  abstract class Party implements PartyFields {
    @Field(() => ID, { description: words.Party.id })
    id: string;

    @Field(() => String, { nullable: true, description: words.Party.name })
    name: string | null;

    @Field(() => CountryCodeScalar, { nullable: true, description: words.Party.country })
    country: string | null;
  }
  return Party;
}

/** An owner’s fields of a participant. */
export interface ParticipantFields {
  id: string;
  name: string | null;
  targetGroup: TargetGroup | null;
  /** Left out if a field resolver resolves it. */
  country?: string | null;
}

/**
 * The contract’s `Participant`, for those who send people; one class for each subgraph, as for
 * `Party`.
 */
export function createParticipantType(): AbstractClass<ParticipantFields> {
  @InterfaceType('Participant', {
    autoRegisterImplementations: false,
    description: words.Participant.about,
  })
  abstract class Participant implements ParticipantFields {
    @Field(() => ID, { description: words.Participant.id })
    id: string;

    @Field(() => String, { nullable: true, description: words.Participant.name })
    name: string | null;

    @Field(() => TargetGroup, { nullable: true, description: words.Participant.targetGroup })
    targetGroup: TargetGroup | null;

    @Field(() => CountryCodeScalar, { nullable: true, description: words.Participant.country })
    country?: string | null;
  }
  return Participant;
}

/** An owner’s fields of a site. */
export interface SiteFields {
  id: string;
  name: string | null;
  sector: Sector | null;
  city: string | null;
  country: string | null;
}

/** The contract’s `Site`, for those who keep sites; one class for each subgraph, as for `Party`. */
export function createSiteType(): AbstractClass<SiteFields> {
  @InterfaceType('Site', { autoRegisterImplementations: false, description: words.Site.about })
  abstract class Site implements SiteFields {
    @Field(() => ID, { description: words.Site.id })
    id: string;

    @Field(() => String, { nullable: true, description: words.Site.name })
    name: string | null;

    @Field(() => Sector, { nullable: true, description: words.Site.sector })
    sector: Sector | null;

    @Field(() => String, { nullable: true, description: words.Site.city })
    city: string | null;

    @Field(() => CountryCodeScalar, { nullable: true, description: words.Site.country })
    country: string | null;
  }
  return Site;
}
