import { Arg, Args, ArgsType, Ctx, Field, Query, Resolver } from 'type-graphql';
import { Paged, type PageArguments } from '../../database/pagination/paged.js';
import { HubError } from '../../errors/hub-error.js';
import { CountryCodeScalar } from '../../graphql/scalars/scalars.js';
import { Access } from '../../identity/access.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import { ChangeArguments, ChangeConnection } from '../../records/changes/change.type.js';
import { readChanges } from '../../records/changes/read-changes.js';
import { DisclosurePeriod } from '../../records/disclosure/disclosure-period.args.js';
import { DisclosureConnection } from '../../records/disclosure/disclosure.type.js';
import { readDisclosures } from '../../records/disclosure/read-disclosures.js';
import { readErasures } from './erase-elsewhere.js';
import { ErasureConnection } from './erasure.entity.js';

/** A root query, as the partner’s contract calls it. */
export interface NamedQuery {
  readonly name: string;
  readonly description: string;
  /** What its argument `country` is. Only servers that share a contract have one. @default it has none */
  readonly country?: string;
}

@ArgsType()
class ErasureArguments {
  @Field(() => Boolean, {
    nullable: true,
    description: 'Only what is outstanding, or only what is confirmed. Both if left out.',
  })
  outstanding?: boolean | null;
}

interface RecordQuery<Selection extends object> {
  readonly level: string;
  readonly result: Function;
  readonly selection: new () => Selection;
  read(context: PartnerContext, page: PageArguments, selected: Selection): Promise<object>;
}

const noArgument: ParameterDecorator = () => undefined;

function createResolver<Selection extends object>(
  { name, description, country: about }: NamedQuery,
  { level, result, selection, read }: RecordQuery<Selection>,
): Function {
  const Country =
    about === undefined
      ? noArgument
      : Arg('country', () => CountryCodeScalar, { description: about });

  @Resolver()
  class RecordResolver {
    @Query(() => result, { name, nullable: true, description })
    @Access(level)
    async read(
      @Paged() page: PageArguments,
      @Args(() => selection) selected: Selection,
      @Ctx() context: PartnerContext,
      @Country country: string | undefined,
    ): Promise<object> {
      // This server has no record of another one, even if a request reaches it for that.
      if (country !== undefined && country.toLowerCase() !== context.partner)
        throw new HubError('FORBIDDEN');
      return read(context, page, selected);
    }
  }
  return RecordResolver;
}

/** The resolvers of a partner’s queries of its record: what was changed, erased and read. */
export function createRecordQueries({
  changes,
  erasures,
  disclosures,
}: {
  readonly changes: NamedQuery;
  /** @default it has no people whom it may erase */
  readonly erasures?: NamedQuery;
  readonly disclosures: NamedQuery;
}): readonly Function[] {
  const ofChanges = createResolver(changes, {
    level: 'changes',
    result: ChangeConnection,
    selection: ChangeArguments,
    read: readChanges,
  });
  const ofErasures =
    erasures &&
    createResolver(erasures, {
      level: 'erasures',
      result: ErasureConnection,
      selection: ErasureArguments,
      read: (context, page, { outstanding }) => readErasures(context, page, outstanding),
    });
  const ofDisclosures = createResolver(disclosures, {
    level: 'disclosures',
    result: DisclosureConnection,
    selection: DisclosurePeriod,
    read: readDisclosures,
  });
  return [ofChanges, ...(ofErasures ? [ofErasures] : []), ofDisclosures];
}
