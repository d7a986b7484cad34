import {
  In,
  type EntityTarget,
  type FindOperator,
  type FindOptionsWhere,
  type ObjectLiteral,
  type SelectQueryBuilder,
} from 'typeorm';
import { keepIds } from '../../database/chosen-ids.js';
import { networkCode } from '../../policy/codes.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import { hasRole, isOneOf, organisationOf, staff } from '../../policy/readers.js';
import { hasTask, readGroupTask } from './group-task.js';

export { hasTask, isLongAgo, type GroupTask } from './group-task.js';

/**
 * Who reads of all people of an organisation: its own staff and auditors, and the network’s staff.
 * The network has no people of its own, so its auditors read of nobody.
 */
export const readsEverybody = ({
  reader,
  partner,
}: Pick<PartnerContext, 'reader' | 'partner'>): boolean =>
  isOneOf(reader, networkCode, staff) ||
  (partner !== networkCode && isOneOf(reader, partner, [...staff, 'auditor']));

/**
 * Who reads of all people whom an organisation sends with a group: also those who have a task with
 * it.
 * @throws HubError `PARTNER_…` if the network is unavailable
 */
export async function readsGroup(context: PartnerContext, groupId: string): Promise<boolean> {
  if (readsEverybody(context)) return true;
  if (!hasRole(context.reader, staff)) return false;
  const group = await readGroupTask(context, groupId);
  return group != null && hasTask(organisationOf(context.reader), group, context);
}

/** The same in words, for the pages of access rules. */
export const peopleReaders =
  'staff and auditors of this organisation; staff of `nbnp`, and of the organisations that send, host, co-ordinate or decide on a group for which the person is nominated, hosts until 90 days after their return';

export const nominationReaders =
  'staff and auditors of this organisation; staff of `nbnp`, and, while it is neither declined nor withdrawn, of the organisations that send, host, co-ordinate or decide on the group, hosts until 90 days after their return';

export const groupReaders =
  'staff and auditors of this organisation; staff of `nbnp`, and of the organisations that send, host, co-ordinate or decide on this group of the person’s, hosts until 90 days after their return';

interface NominationRow extends ObjectLiteral {
  readonly id: string;
  readonly groupId: string;
}

interface PeopleKeeping<Nomination extends NominationRow> {
  readonly nomination: EntityTarget<Nomination>;
  /** The column with the id of the person. */
  readonly person: Extract<keyof Nomination, string>;
  /** Which nominations are neither withdrawn nor declined, as far as this organisation records it. */
  readonly standing: FindOptionsWhere<Nomination>;
}

/** What one caller may read: the ids of people and of nominations. */
interface Readable {
  readonly people: ReadonlySet<string>;
  readonly nominations: ReadonlySet<string>;
}

/** The decisions of each request. */
const decisions = new WeakMap<PartnerContext, Map<string, boolean | Promise<boolean>>>();

/** Decides about a record once in a request. Its further fields need no promise. */
export function decideOnce(
  context: PartnerContext,
  about: string,
  decide: () => Promise<boolean>,
): boolean | Promise<boolean> {
  let decided = decisions.get(context);
  if (!decided) decisions.set(context, (decided = new Map<string, boolean | Promise<boolean>>()));
  const known = decided.get(about);
  if (known !== undefined) return known;
  const decision = decide().then((isAllowed) => {
    decided.set(about, isAllowed);
    return isAllowed;
  });
  decided.set(about, decision);
  return decision;
}

/**
 * Who reads of an organisation’s people without their identity. One decision serves lists, counts,
 * entities and payloads.
 */
export class PeopleRights<Nomination extends NominationRow> {
  readonly #lists = new WeakMap<PartnerContext, Promise<Readable>>();

  constructor(private readonly keeping: PeopleKeeping<Nomination>) {}

  /**
   * Whether the caller may read of a person. Without one: whether the caller may learn that there is
   * none.
   * @throws HubError `PARTNER_…` if the network is unavailable
   */
  mayRead(context: PartnerContext, person: string | undefined): boolean | Promise<boolean> {
    return this.#decide(
      context,
      person,
      async (id) => (await this.#ofPerson(context, id)).length > 0,
    );
  }

  /** The same of a nomination. Those that are withdrawn or declined are no task of others. */
  mayReadNomination(
    context: PartnerContext,
    nomination: Nomination | undefined,
  ): boolean | Promise<boolean> {
    return this.#decide(context, nomination?.id, async (id) => {
      const person: string = nomination?.[this.keeping.person] as string;
      return (await this.#ofPerson(context, person)).some((one) => one.id === id);
    });
  }

  /** The same of what a person did or has for one group: for those with a task with that group. */
  mayReadOfGroup(
    context: PartnerContext,
    person: string | undefined,
    groupId: string | undefined,
  ): boolean | Promise<boolean> {
    const about =
      person === undefined || groupId === undefined ? undefined : `${person} ${groupId}`;
    return this.#decide(context, about, async () =>
      (await this.#ofPerson(context, person ?? '')).some((one) => one.groupId === groupId),
    );
  }

  /** Keeps the people of whom the caller may read, before a page is cut and rows are counted. */
  async keepPeople<Person extends ObjectLiteral>(
    people: SelectQueryBuilder<Person>,
    context: PartnerContext,
  ): Promise<void> {
    if (!readsEverybody(context)) keepIds(people, [...(await this.#list(context)).people]);
  }

  /** The same as a condition, for the people of a parent. */
  async wherePeople(
    context: PartnerContext,
  ): Promise<{ readonly id: FindOperator<string> } | Record<string, never>> {
    return readsEverybody(context) ? {} : { id: In([...(await this.#list(context)).people]) };
  }

  async keepNominations(
    nominations: SelectQueryBuilder<Nomination>,
    context: PartnerContext,
  ): Promise<void> {
    if (!readsEverybody(context))
      keepIds(nominations, [...(await this.#list(context)).nominations]);
  }

  /** Leaves out of loaded nominations those that the caller may not read. */
  filterNominations(
    context: PartnerContext,
    nominations: readonly Nomination[],
  ): Promise<Nomination[]> {
    return filter(context, nominations, (one) => this.mayReadNomination(context, one));
  }

  /** Leaves out of loaded people those of whom the caller may not read. */
  filterPeople<Person extends { readonly id: string }>(
    context: PartnerContext,
    people: readonly Person[],
  ): Promise<Person[]> {
    return filter(context, people, ({ id }) => this.mayRead(context, id));
  }

  #decide(
    context: PartnerContext,
    id: string | undefined,
    decide: (id: string) => Promise<boolean>,
  ): boolean | Promise<boolean> {
    if (readsEverybody(context)) return true;
    if (id === undefined || !hasRole(context.reader, staff)) return false;
    return decideOnce(context, id, () => decide(id));
  }

  async #ofPerson(context: PartnerContext, person: string): Promise<Nomination[]> {
    const { nomination, person: column, standing: where } = this.keeping;
    const nominations = await context.loaders.many(nomination, column, { where }).load(person);
    return this.#keepTasks(context, nominations);
  }

  /** The nominations for groups that are a task of the caller’s organisation. */
  async #keepTasks(
    context: PartnerContext,
    nominations: readonly Nomination[],
  ): Promise<Nomination[]> {
    const ids = [...new Set(nominations.map(({ groupId }) => groupId))];
    const groups = new Map(
      await Promise.all(ids.map(async (id) => [id, await readGroupTask(context, id)] as const)),
    );
    const organisation = organisationOf(context.reader);
    return nominations.filter(({ id, groupId }) => {
      const group = groups.get(groupId);
      return group && hasTask(organisation, group, context) && !group.declined.has(id);
    });
  }

  #list(context: PartnerContext): Promise<Readable> {
    const known = this.#lists.get(context) ?? this.#readList(context);
    this.#lists.set(context, known);
    return known;
  }

  async #readList(context: PartnerContext): Promise<Readable> {
    const { nomination, person, standing } = this.keeping;
    if (!hasRole(context.reader, staff)) return { people: new Set(), nominations: new Set() };
    const all = await context.source.getRepository(nomination).findBy(standing);
    const kept = await this.#keepTasks(context, all);
    return {
      people: new Set(kept.map((one) => one[person] as string)),
      nominations: new Set(kept.map(({ id }) => id)),
    };
  }
}

export async function filter<Row>(
  { reader }: PartnerContext,
  rows: readonly Row[],
  isKept: (row: Row) => boolean | Promise<boolean>,
): Promise<Row[]> {
  // The marks beside the fields decide what a participant reads of each.
  if (reader.kind === 'participant') return [...rows];
  const kept = await Promise.all(rows.map(async (row) => isKept(row)));
  return rows.filter((_, index) => kept[index]);
}
