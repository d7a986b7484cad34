import { Arg, Ctx, FieldResolver, ID, Int, Resolver, Root } from 'type-graphql';
import type { ObjectLiteral } from 'typeorm';
import { HubError } from '../../errors/hub-error.js';
import { Access, Self } from '../../identity/access.js';
import { words } from '../../partner/words.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import { readsGroup } from '../sides/people.js';
import { travelsWith } from '../visits/group-visits.js';
import { Outstanding } from '../vocabulary/enums.js';
import type { FormalityFields } from '../vocabulary/formality.type.js';
import type { ParticipantReportFields } from '../vocabulary/participant-report.type.js';
import type { TravelNeedsFields } from '../vocabulary/travel-needs.type.js';
import { countOpenFormalities } from './count-open-formalities.js';
import { countRefusedVisas } from './count-refused-visas.js';
import { findOutstanding } from './find-outstanding.js';

/** A person who travels. Her name is null after erasure. */
interface Traveller extends ObjectLiteral {
  readonly id: string;
  readonly name: string | null;
}

type Column<Row> = Extract<keyof Row, string>;

/** Where a side that sends people stores what it has recorded of them for their journeys. */
export interface PreparationTables<
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
