import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Mutation,
  Resolver,
  Root,
} from 'type-graphql';
import type { EntityManager } from 'typeorm';
import { CountryCodeScalar, PartialDateScalar } from '../../graphql/scalars/scalars.js';
import { Access } from '../../identity/access.js';
import { notFound } from '../../partner/mutations/find-for-change.js';
import { pickGiven } from '../../partner/mutations/given-fields.js';
import { Happened, NotNull } from '../../partner/mutations/input-rules.js';
import { words } from '../../partner/words.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import type { ClaimFields } from '../vocabulary/claim.type.js';
import { Sector, SiteEvidence } from '../vocabulary/enums.js';
import { askOrganisation } from './ask-organisation.js';
import { RecordKeeper, type KeptRecord } from './keep-records.js';
import { createMerging, sameBy } from './merging.js';
import { StatedChangeInput, StatedInput } from './stated.input.js';

const about = {
  site: 'Id of the site.',
  register: 'A new site that groups can visit, and the page that states it.',
  change:
    'A change of a site. What is left out stays as it is; null removes a value. A value that another page stated stays as one of its `claims`.',
  close: 'The end of visits to a site, and the page that states it.',
  country: 'The country of the police force: `LV`.',
  organisation: 'Id of the organisation of the network’s directory to which it belongs.',
  kind: 'What kind of institution it is: `shelter`.',
  closedOn:
    'Day, month or year since which no group can visit it. Null, or left out, if groups can.',
  gone: 'Id of the site that goes: a second record of the other.',
};

/** What may be left out of a site. */
@InputType('SiteDetails')
abstract class SiteDetails extends StatedInput {
  @Field(() => String, { nullable: true, description: words.Site.city })
  city?: string | null;

  @Field(() => ID, { nullable: true, description: about.organisation })
  organisation?: string | null;

  @Field(() => String, { nullable: true, description: about.kind })
  kind?: string | null;

  @Field(() => PartialDateScalar, { nullable: true, description: words.Site.visitedOn })
  @Happened()
  visitedOn?: string | null;

  @Field(() => String, { nullable: true, description: words.Site.note })
  note?: string | null;

  @Field(() => Boolean, { nullable: true, description: words.Input.isAnother })
  isAnother?: boolean | null;
}

@InputType('RegisterSiteInput')
abstract class RegisterSiteInput extends SiteDetails {
  @Field(() => String, { description: words.Site.name })
  name: string;

  @Field(() => Sector, { description: words.Site.sector })
  sector: Sector;

  @Field(() => SiteEvidence, { description: words.Site.evidence })
  evidence: SiteEvidence;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: words.Rehearsal.given,
  })
  isRehearsal?: boolean | null;

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}

@InputType('ChangeSiteInput')
abstract class ChangeSiteInput extends SiteDetails {
  @Field(() => ID, { description: about.site })
  site: string;

  @Field(() => String, { nullable: true, description: words.Site.name })
  @NotNull()
  name?: string | null;

  @Field(() => Sector, { nullable: true, description: words.Site.sector })
  @NotNull()
  sector?: Sector | null;

  @Field(() => SiteEvidence, { nullable: true, description: words.Site.evidence })
  @NotNull()
  evidence?: SiteEvidence | null;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

@InputType('CloseSiteInput')
abstract class CloseSiteInput extends StatedChangeInput {
  @Field(() => ID, { description: about.site })
  site: string;

  @Field(() => PartialDateScalar, { nullable: true, description: about.closedOn })
  closedOn?: string | null;
}

/** A site, whoever keeps it. */
interface SiteRecord extends KeptRecord {
  readonly sector: Sector;
  readonly evidence: SiteEvidence;
  readonly city: string | null;
  readonly country: string;
  readonly organisationId: string | null;
  readonly eventId: string | null;
  readonly kind: string | null;
  readonly visitedOn: string | null;
  readonly note: string | null;
  readonly closedOn: string | null;
  readonly isRehearsal: boolean;
}

/** What a source states of a site. */
interface SiteClaim extends ClaimFields {
  readonly siteId: string;
  /** The claims of a site keep the order in which they came. */
  readonly position: number;
}

/** The sites that a partner keeps. */
export interface SiteTables<Row extends SiteRecord> {
  readonly entity: new () => Row;
  readonly claims: new () => SiteClaim;
  /** The partner’s type of a claim, about whatever it is. */
  readonly claimType: new () => ClaimFields;
  /** What the names of the mutations have after their verbs: `NationalSite`. */
  readonly noun: string;
  /** Where all of them lie. */
  countryOf(context: PartnerContext): string;
  /** Whether a new one names that country, by which the hub finds the partner. */
  readonly isRouted: boolean;
  /** What else of this partner’s own a site names. */
  readonly place: {
    /** The field of the inputs: `unit`. */
    readonly argument: string;
    readonly property: keyof Row & string;
    readonly description: string;
    /** The rules by which it may be refused. */
    readonly rules?: readonly string[];
    /** @throws HubError `NOT_FOUND` */
    find(context: PartnerContext, manager: EntityManager, id: string): Promise<unknown>;
  };
  /** @throws HubError for what cannot be together */
  check?(site: Row): void;
  /** Its columns for searches. */
  derive(site: Row): Partial<Row>;
}

const details = ['city', 'kind', 'visitedOn', 'note'] as const;
const stated = ['name', 'sector', 'evidence', ...details] as const;

/**
 * Makes the mutations by which a partner’s own people register, change, close and merge its sites.
 */
export function createSites<Row extends SiteRecord>(tables: SiteTables<Row>): readonly Function[] {
  const { entity, claims, claimType, noun, place, check, derive, countryOf, isRouted } = tables;
  const keeper = new RecordKeeper<Row>({
    entity,
    argument: 'site',
    same: sameBy('city'),
    stated: [...stated, 'closedOn', 'organisationId', place.property],
    claims: { entity: claims, owner: 'siteId' },
    references: [],
    derive,
  });
  const placeIn = (input: object) =>
    Reflect.get(input, place.argument) as string | null | undefined;

  /** What is at the place: something of this partner’s own, or an organisation of the network. */
  const withPlace = (context: PartnerContext, input: SiteDetails) => ({
    async ask(): Promise<void> {
      const { organisation } = input;
      if (organisation != null) await askOrganisation(context, organisation, 'input.organisation');
    },
    async check(manager: EntityManager, next: Row): Promise<void> {
      const own = placeIn(input);
      if (own != null) await place.find(context, manager, own);
      check?.(next);
    },
  });

  @InputType(`Register${noun}Input`, { description: about.register })
  class Register extends RegisterSiteInput {}
  @InputType(`Change${noun}Input`, { description: about.change })
  class Change extends ChangeSiteInput {}
  @InputType(`Close${noun}Input`, { description: about.close })
  class Close extends CloseSiteInput {}
  for (const { prototype } of [Register, Change])
    Field(() => ID, { nullable: true, description: place.description })(prototype, place.argument);
  if (isRouted)
    Field(() => CountryCodeScalar, { description: about.country })(Register.prototype, 'country');

  const rules = ['DUPLICATE', ...(place.rules ?? [])];
  const unknown = `\`NOT_FOUND\` for an unknown ${place.argument} or organisation.`;
  @Resolver(() => entity)
  class SiteResolver {
    @FieldResolver(() => [claimType], { nullable: true, description: words.Claim.all })
    claims(@Root() { id }: SiteRecord, @Ctx() { loaders }: PartnerContext): Promise<SiteClaim[]> {
      return loaders.many(claims, 'siteId', { orderBy: [{ property: 'position' }] }).load(id);
    }

    @Mutation(() => entity, {
      name: `register${noun}`,
      nullable: true,
      description: `Registers a site that groups can visit. ${unknown} Rules: ${rules.join(', ')}.`,
    })
    @Access('coordinator')
    register(
      @Arg('input', () => Register, { description: words.Input.input }) input: Register,
      @Ctx() context: PartnerContext,
    ): Promise<Row> {
      const country = countryOf(context);
      if (isRouted && Reflect.get(input, 'country') !== country) notFound('input.country');
      const { name, sector, evidence, isRehearsal, organisation } = input;
      const values = {
        ...Object.fromEntries(details.map((property) => [property, input[property] ?? null])),
        name,
        sector,
        evidence,
        country,
        [place.property]: placeIn(input) ?? null,
        organisationId: organisation ?? null,
        eventId: null,
        isRehearsal: isRehearsal ?? false,
        closedOn: null,
      };
      return keeper.register(
        context,
        { name: `register${noun}`, input, ...withPlace(context, input) },
        values as unknown as Partial<Row>,
      );
    }

    @Mutation(() => entity, {
      name: `change${noun}`,
      nullable: true,
      description: `Changes what is known of a site. ${unknown} Rules: DUPLICATE, MERGED.`,
    })
    @Access('coordinator')
    change(
      @Arg('input', () => Change, { description: words.Input.input }) input: Change,
      @Ctx() context: PartnerContext,
    ): Promise<Row> {
      const [own, { organisation }] = [placeIn(input), input];
      const changes = {
        ...pickGiven(input, stated),
        ...(own !== undefined && { [place.property]: own }),
        ...(organisation !== undefined && { organisationId: organisation }),
      };
      return keeper.change(
        context,
        { name: `change${noun}`, input, ...withPlace(context, input) },
        changes as Partial<Row>,
      );
    }

    @Mutation(() => entity, {
      name: `close${noun}`,
      nullable: true,
      description:
        'Records since when no group can visit a site. Stops at it stay as planned. Rules: MERGED.',
    })
    @Access('coordinator')
    close(
      @Arg('input', () => Close, { description: words.Input.input }) input: Close,
      @Ctx() context: PartnerContext,
    ): Promise<Row> {
      const closedOn: Partial<SiteRecord> = { closedOn: input.closedOn ?? null };
      return keeper.change(context, { name: `close${noun}`, input }, closedOn as Partial<Row>);
    }
  }
  return [SiteResolver, createMerging(keeper, `${noun}s`, about.gone)];
}
