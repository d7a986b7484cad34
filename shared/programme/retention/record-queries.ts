import { Arg, Args, ArgsType, Ctx, Field, Query, Resolver } from 'type-graphql';
import { readPage } from '../../database/keyset.js';
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
import { readErasures } from '../journeys/erase-elsewhere.js';
import { ErasureConnection } from '../journeys/erasure.entity.js';
import { PersonalDataKind } from '../vocabulary/enums.js';
import { RetentionConnection, RetentionNotice } from './retention.entity.js';

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

@ArgsType()
class RetentionArguments {
  @Field(() => PersonalDataKind, {
    nullable: true,
    description: 'Only this kind. All if left out.',
  })
  kind?: PersonalDataKind | null;
}

/** What is due soonest comes first. */
const byDay = [{ property: 'dueOn' }, { property: 'person' }, { property: 'kind' }] as const;

function readDue(
  { source }: Pick<PartnerContext, 'source'>,
  page: PageArguments,
  { kind }: RetentionArguments,
): Promise<RetentionConnection> {
  const rows = source.manager.createQueryBuilder(RetentionNotice, 'notice');
  rows.where('notice.noticedOn IS NOT NULL');
  if (kind != null) rows.andWhere('notice.kind = :kind', { kind });
  return readPage(rows, byDay, page);
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

/** The resolvers of a partner’s queries of its record: what was changed, erased and read, and what is erased soon. */
export function createRecordQueries({
  changes,
  people,
  disclosures,
}: {
  readonly changes: NamedQuery;
  /** @default it has no people whom it may erase */
  readonly people?: { readonly erasures: NamedQuery; readonly due: NamedQuery };
  readonly disclosures: NamedQuery;
}): readonly Function[] {
  const ofChanges = createResolver(changes, {
    level: 'changes',
    result: ChangeConnection,
    selection: ChangeArguments,
    read: readChanges,
  });
  const ofPeople = people && [
    createResolver(people.erasures, {
      level: 'erasures',
      result: ErasureConnection,
      selection: ErasureArguments,
      read: (context, page, { outstanding }) => readErasures(context, page, outstanding),
    }),
    createResolver(people.due, {
      level: 'ownChanges',
      result: RetentionConnection,
      selection: RetentionArguments,
      read: readDue,
    }),
  ];
  const ofDisclosures = createResolver(disclosures, {
    level: 'disclosures',
    result: DisclosureConnection,
    selection: DisclosurePeriod,
    read: readDisclosures,
  });
  return [ofChanges, ...(ofPeople ?? []), ofDisclosures];
}
