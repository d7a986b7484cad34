import { Arg, Ctx, FieldResolver, ID, Int, Resolver, Root } from 'type-graphql';
import type { ObjectLiteral } from 'typeorm';
import { HubError } from '../../errors/hub-error.js';
import { Access, Self } from '../../identity/access.js';
import { words } from '../../partner/words.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import { createDecisionReader } from '../../policy/facts.js';
import { readsGroup } from '../sides/people.js';
import {
  type AbsencesResponse,
  absencesSelection,
  readAbsences,
  travelsWith,
} from '../visits/group-visits.js';
import { Outstanding } from '../vocabulary/enums.js';
import type { FormalityFields } from '../vocabulary/formality.type.js';
import type { ParticipantReportFields } from '../vocabulary/participant-report.type.js';
import type { TravelNeedsFields } from '../vocabulary/travel-needs.type.js';
import { countOpenFormalities } from './count-open-formalities.js';

/** The members of a group who are recorded as absent from a visit. */
const readAbsentees = createDecisionReader<ReadonlySet<string>>({
  field: 'group',
  selection: `{ ${absencesSelection} }`,
  read: ({ absences }: { readonly absences?: AbsencesResponse }) =>
    new Set(readAbsences(absences).map(({ participantId }) => participantId)),
});

/**
 * Counts the members of a group who got no visa, as their formalities say. Whoever is recorded as
 * absent is not counted: the absence says why. The network is asked only if a visa is refused.
 * @param recorded all records for the group, also of people who have left it
 * @param personOf the person of a record
 * @throws HubError `PARTNER_…` if the network is unavailable
 */
async function countRefusedVisas<Formality extends FormalityFields>(
  context: PartnerContext,
  { groupId, members }: { readonly groupId: string; readonly members: ReadonlySet<string> },
  recorded: readonly Formality[],
  personOf: (formality: Formality) => string,
): Promise<number> {
  const refused = recorded
    .filter(({ kind, status }) => kind === 'VISA' && status === 'REFUSED')
    .map(personOf)
    .filter((person) => members.has(person));
  if (refused.length === 0) return 0;
  const absent = await readAbsentees(context, groupId);
  return refused.filter((person) => !absent?.has(person)).length;
}

/** What one person’s own side has recorded of her. */
interface RecordedOfPerson {
  /** False after erasure: nothing can be recorded any more. */
  readonly isNamed: boolean;
  readonly formalities: readonly FormalityFields[];
  readonly reports: readonly ParticipantReportFields[];
  /** False for somebody who travels on no visit of the group: she owes no report. */
  travels(): Promise<boolean>;
}

/**
 * What a person’s own side still has to do for her and one group. The network is asked only if her
 * report is missing.
 * @throws HubError `PARTNER_…`
 */
export async function findOutstanding(
  groupId: string,
  { isNamed, formalities, reports, travels }: RecordedOfPerson,
): Promise<Outstanding[]> {
  if (!isNamed) return [];
  const ofGroup = formalities.filter((one) => one.groupId === groupId);
  const open = countOpenFormalities(new Set(['person']), ofGroup, () => 'person');
  const owesReport = !reports.some((one) => one.groupId === groupId) && (await travels());
  return [
    ...(open > 0 ? [Outstanding.FORMALITIES] : []),
    ...(owesReport ? [Outstanding.REPORT] : []),
  ];
}

/** A person who travels. Her name is null after erasure. */
interface Traveller extends ObjectLiteral {
  readonly id: string;
  readonly name: string | null;
}

type Column<Row> = Extract<keyof Row, string>;

/** Where a side that sends people stores what it has recorded of them for their journeys. */
interface PreparationTables<
  Person extends Traveller,
  Formality extends FormalityFields,
  Needs extends TravelNeedsFields,
  Report extends ParticipantReportFields,
> {
  readonly person: new () => Person;
  readonly formality: new () => Formality;
  readonly travelNeeds: new () => Needs;
  readonly report: new () => Report;
  /** The property that has the person’s id, of all three. */
  readonly key: Column<Formality> & Column<Needs> & Column<Report>;
  personOf(formality: Formality): string;
  readonly group: Function;
  /** The group’s fields, as the partner’s contract calls them. */
  readonly groupFields: { readonly open: string; readonly refused: string };
  /** What the first of them is. */
  readonly about: string;
  /** The ids of a group’s members whom this side sends. */
  loadMemberIds(context: PartnerContext, groupId: string): Promise<readonly string[]>;
}

/** A small count is for those who read of every member. */
async function showLarge(count: number, context: PartnerContext, groupId: string): Promise<number> {
  if (count < context.countThreshold && !(await readsGroup(context, groupId)))
    throw new HubError('FORBIDDEN');
  return count;
}

/** Makes the resolvers of what a person must have and needs for a journey, and of a group’s counts of it. */
export function createPreparationFields<
  Person extends Traveller,
  Formality extends FormalityFields,
  Needs extends TravelNeedsFields,
  Report extends ParticipantReportFields,
>(
  tables: PreparationTables<Person, Formality, Needs, Report>,
): { readonly ofPerson: Function; readonly ofGroup: Function } {
  const { person, formality, travelNeeds, report, key, personOf } = tables;
  const { group, groupFields, about, loadMemberIds } = tables;
  const byKind = [{ property: 'kind' }, { property: 'groupId' }];
  const byDay = [{ property: 'receivedOn' }, { property: 'id' }];
  // Each has it, which TypeScript does not see of a class that it does not know yet.
  const ofGroups = 'groupId' as Column<Formality>;
  const byPerson = [{ property: key }, { property: 'kind' }];

  const loadFormalities = ({ loaders }: PartnerContext, id: string): Promise<Formality[]> =>
    loaders.many(formality, key, { orderBy: byKind }).load(id);

  /**
   * This side’s members of a group, and all formalities recorded for it. Nothing can be recorded of
   * an erased member, so nothing of her is open.
   */
  async function loadRecorded(context: PartnerContext, id: string) {
    const { loaders } = context;
    const ids = await loadMemberIds(context, id);
    const people = await Promise.all(ids.map((one) => loaders.one(person).load(one)));
    const members = new Set(people.flatMap((one) => (one && one.name !== null ? one.id : [])));
    if (members.size === 0) return { members, formalities: [] };
    const ofGroup = loaders.many(formality, ofGroups, { orderBy: byPerson });
    return { members, formalities: await ofGroup.load(id) };
  }

  @Resolver(() => person)
  class PersonPreparations {
    @FieldResolver(() => [formality], { nullable: true, description: words.Formality.ofPerson })
    @Access('formalities')
    @Self()
    async formalities(
      @Root() { id }: Traveller,
      @Arg('group', () => ID, { description: words.Formality.group }) groupId: string,
      @Ctx() context: PartnerContext,
    ): Promise<Formality[]> {
      return (await loadFormalities(context, id)).filter((one) => one.groupId === groupId);
    }

    @FieldResolver(() => travelNeeds, { nullable: true, description: words.TravelNeeds.ofPerson })
    @Access('travelNeeds')
    @Self()
    travelNeeds(
      @Root() { id }: Traveller,
      @Ctx() { loaders }: PartnerContext,
    ): Promise<Needs | null> {
      return loaders.one(travelNeeds, key).load(id);
    }

    @FieldResolver(() => [Outstanding], {
      nullable: true,
      description: words.Formality.outstanding,
    })
    @Access('formalities')
    @Self()
    async outstanding(
      @Root() { id, name }: Traveller,
      @Arg('group', () => ID, { description: words.Formality.group }) groupId: string,
      @Ctx() context: PartnerContext,
    ): Promise<Outstanding[]> {
      const [formalities, reports] = await Promise.all([
        loadFormalities(context, id),
        context.loaders.many(report, key, { orderBy: byDay }).load(id),
      ]);
      const travels = () => travelsWith(context, groupId, id);
      return findOutstanding(groupId, { isNamed: name !== null, formalities, reports, travels });
    }
  }

  @Resolver(() => group)
  class GroupPreparations {
    /** @throws HubError `FORBIDDEN` for a small count, to callers without a task with the group */
    @FieldResolver(() => Int, { name: groupFields.open, nullable: true, description: about })
    async open(@Root() { id }: { id: string }, @Ctx() context: PartnerContext): Promise<number> {
      const { members, formalities } = await loadRecorded(context, id);
      if (members.size === 0) return 0;
      return showLarge(countOpenFormalities(members, formalities, personOf), context, id);
    }

    /** @throws HubError `FORBIDDEN` for a small count, to callers without a task with the group */
    @FieldResolver(() => Int, {
      name: groupFields.refused,
      nullable: true,
      description: words.Group.visasRefused,
    })
    async refused(@Root() { id }: { id: string }, @Ctx() context: PartnerContext): Promise<number> {
      const { members, formalities } = await loadRecorded(context, id);
      if (members.size === 0) return 0;
      const recorded = { groupId: id, members };
      const count = await countRefusedVisas(context, recorded, formalities, personOf);
      return showLarge(count, context, id);
    }
  }
  return { ofPerson: PersonPreparations, ofGroup: GroupPreparations };
}
