import { Arg, Args, ArgsType, Ctx, Field, Query, Resolver } from 'type-graphql';
import { In, type EntityTarget, type ObjectLiteral } from 'typeorm';
import { readPage } from '../../database/keyset.js';
import { Paged, type PageArguments } from '../../database/pagination/paged.js';
import { HubError } from '../../errors/hub-error.js';
import { CountryCodeScalar } from '../../graphql/scalars/scalars.js';
import { Access } from '../../identity/access.js';
import { networkCode, ownerOf } from '../../policy/codes.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import { isOneOf, staff } from '../../policy/readers.js';
import { ChangeArguments, ChangeConnection } from '../../records/changes/change.type.js';
import { readChanges } from '../../records/changes/read-changes.js';
import { DisclosurePeriod } from '../../records/disclosure/disclosure-period.args.js';
import { DisclosureConnection } from '../../records/disclosure/disclosure.type.js';
import { readDisclosures } from '../../records/disclosure/read-disclosures.js';
import { readErasures } from '../journeys/erase-elsewhere.js';
import { ErasureConnection } from '../journeys/erasure.entity.js';
import { createReadings } from '../journeys/person-readings.js';
import { filter, readsEverybody } from '../sides/people.js';
import { PersonalDataKind } from '../vocabulary/enums.js';
import { type PersonalData } from './erase-person.js';
import { HoldConnection, RetentionHold } from './hold.entity.js';
import { createHolds } from './holds.js';
import { createPersonFile } from './person-file.js';
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

/** What ends soonest comes first. */
const byEnd = [{ property: 'until' }, { property: 'person' }] as const;

function readHolds(
  { source, clock }: Pick<PartnerContext, 'source' | 'clock'>,
  page: PageArguments,
): Promise<HoldConnection> {
  const today = clock().toISOString().slice(0, 10);
  const rows = source.manager.createQueryBuilder(RetentionHold, 'hold');
  return readPage(rows.where('hold.until >= :today', { today }), byEnd, page);
}

/** Records that are about people, and who may know of one. */
interface PeopleRecords<Row extends ObjectLiteral & { readonly id: string }> {
  readonly entity: EntityTarget<Row>;
  mayRead(context: PartnerContext, row: Row): boolean | Promise<boolean>;
}

interface ChangesQuery extends NamedQuery {
  /** The types whose records are about people. Changes of theirs are for those who may read them. */
  readonly people: readonly PeopleRecords<never>[];
}

/** Who reads every change: the organisation’s own people, and who reads of all its people. */
const readsEveryChange = (context: PartnerContext): boolean =>
  isOneOf(context.reader, context.partner, [...staff, 'auditor']) || readsEverybody(context);

/**
 * The changed records of which the caller may know: those of nobody, and those of people of whom the
 * caller may read. A record that is gone may have been a person’s.
 * @throws HubError `PARTNER_…` if the network is unavailable
 */
async function findReadable(
  context: PartnerContext,
  people: ChangesQuery['people'],
  subjects: readonly string[],
): Promise<ReadonlySet<string>> {
  // The network has no people of its own.
  const isOfNetwork = (subject: string) => ownerOf(subject) === networkCode;
  const readable = new Set(subjects.filter(isOfNetwork));
  const unknown = new Set(subjects.filter((subject) => !isOfNetwork(subject)));
  const load = async <Row extends { readonly id: string }>(
    entity: EntityTarget<Row>,
    select?: { readonly id: true },
  ): Promise<Row[]> => {
    if (unknown.size === 0) return [];
    const options = { where: { id: In([...unknown]) }, select };
    const rows = await context.source.manager.find(entity, options as object);
    for (const { id } of rows) unknown.delete(id);
    return rows;
  };
  for (const { entity, mayRead } of people) {
    const rows = await filter(context, await load(entity), (row) => mayRead(context, row as never));
    for (const { id } of rows) readable.add(id);
  }
  const others = context.source.entityMetadatas.filter(({ primaryColumns }) =>
    primaryColumns.some(({ propertyName }) => propertyName === 'id'),
  );
  for (const { target } of others)
    for (const { id } of await load(target as EntityTarget<{ readonly id: string }>, { id: true }))
      readable.add(id);
  return readable;
}

interface RecordQuery<Selection extends object> {
  readonly level: string;
  readonly result: Function;
  /** @default it has no arguments but those of a page */
  readonly selection?: new () => Selection;
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

  // Without a decorator, the argument behind it would take its place.
  const Selected = selection ? Args(() => selection) : Ctx();

  @Resolver()
  class RecordResolver {
    @Query(() => result, { name, nullable: true, description })
    @Access(level)
    async read(
      @Paged() page: PageArguments,
      @Selected selected: Selection,
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

/**
 * The resolvers of what a partner records: the readings and the file of each of its people, what holds
 * their data, what was changed, erased and read, and what is erased soon.
 */
export function createRecordResolvers({
  data = [],
  hold,
  changes,
  erasures,
  due,
  holds,
  disclosures,
}: {
  /** The data of its own people. @default it has none */
  readonly data?: readonly PersonalData[];
  /** The mutation by which co-ordinators hold personal data. */
  readonly hold: string;
  readonly changes: ChangesQuery;
  /** @default it has no people whom it may erase */
  readonly erasures?: NamedQuery;
  readonly due: NamedQuery;
  readonly holds: NamedQuery;
  readonly disclosures: NamedQuery;
}): readonly Function[] {
  const people = data.flatMap((one) => one.people ?? []);
  const ofPeople = [
    ...people.map(createReadings),
    ...data.flatMap((one) => (one.people ? [createPersonFile(one.people, one)] : [])),
    ...createHolds({ name: hold, people }),
  ];
  const ofChanges = createResolver(changes, {
    level: 'changes',
    result: ChangeConnection,
    selection: ChangeArguments,
    read: (context, page, selected) =>
      readChanges(
        context,
        page,
        selected,
        readsEveryChange(context)
          ? undefined
          : (subjects) => findReadable(context, changes.people, subjects),
      ),
  });
  const ofErasures =
    erasures &&
    createResolver(erasures, {
      level: 'erasures',
      result: ErasureConnection,
      selection: ErasureArguments,
      read: (context, page, { outstanding }) => readErasures(context, page, outstanding),
    });
  const ofDue = createResolver(due, {
    level: 'ownChanges',
    result: RetentionConnection,
    selection: RetentionArguments,
    read: readDue,
  });
  const ofHolds = createResolver(holds, {
    level: 'ownChanges',
    result: HoldConnection,
    read: readHolds,
  });
  const ofDisclosures = createResolver(disclosures, {
    level: 'disclosures',
    result: DisclosureConnection,
    selection: DisclosurePeriod,
    read: readDisclosures,
  });
  return [
    ...ofPeople,
    ofChanges,
    ...(ofErasures ? [ofErasures] : []),
    ofDue,
    ofHolds,
    ofDisclosures,
  ];
}
