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
import { HubError, refuseInput } from '../../errors/hub-error.js';
import { violateRule } from '../../errors/rules.js';
import { addDays } from '../../graphql/scalars/dates.js';
import { DateScalar } from '../../graphql/scalars/scalars.js';
import { Access } from '../../identity/access.js';
import { nextVersion } from '../../partner/mutations/find-for-change.js';
import { perform } from '../../partner/mutations/perform.js';
import { words } from '../../partner/words.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import { isHeldOn, RetentionHold } from './hold.entity.js';
import { RetentionNotice } from './retention.entity.js';

/** The longest hold. It can be set anew. */
const mostDays = 1_827;

const dayOf = ({ clock }: Pick<PartnerContext, 'clock'>): string =>
  clock().toISOString().slice(0, 10);

@InputType({ description: 'Holds the data of a person, changes the hold, or lifts it.' })
class HoldPersonalDataInput {
  @Field(() => ID, {
    description:
      'Id of the person, or of the row of a visit that names whom to call there: `RetentionDue.person`.',
  })
  person: string;

  @Field(() => String, { description: 'Why, as text. It is in the file that the person gets.' })
  reason: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The last day: today or later, within five years. Null lifts the hold.',
  })
  until?: string | null;

  @Field(() => Int, { nullable: true, description: words.Input.versionOrNone })
  version?: number | null;
}

/**
 * Refuses to erase or remove somebody whose data is held (GDPR, 17(3) and 18(2)).
 * @throws HubError `RULE_VIOLATED` HELD
 */
export async function checkNotHeld(
  manager: EntityManager,
  context: Pick<PartnerContext, 'clock'>,
  person: string,
  argument: string,
): Promise<void> {
  const hold = await manager.findOneBy(RetentionHold, { person });
  if (isHeldOn(hold, dayOf(context))) violateRule('HELD', argument);
}

interface HoldsOptions {
  /** `holdPoliceData` */
  readonly name: string;
  /** @default it has no people of its own */
  readonly people?: readonly (new () => { readonly id: string })[];
}

type HeldClass = NonNullable<HoldsOptions['people']>[number];

type ContactsClass = new () => { readonly id: string; readonly visitId: string };

/** The tables of a partner that name whom to call during a visit. */
const listContacts = ({ source }: Pick<PartnerContext, 'source'>): readonly ContactsClass[] =>
  source.entityMetadatas.flatMap(({ columns, target }) =>
    columns.some(({ propertyName }) => propertyName === 'contactOnTheSpot')
      ? (target as ContactsClass)
      : [],
  );

function holdData(
  context: PartnerContext,
  { name, people = [] }: HoldsOptions,
  input: HoldPersonalDataInput,
): Promise<RetentionHold & { readonly id: string }> {
  const { person, reason, until = null } = input;
  const today = dayOf(context);
  if (until !== null && (until < today || until > addDays(today, mostDays)))
    refuseInput('input.until', '`until` must be today or later, and within five years.');
  return perform(context, {
    name,
    input,
    async write(manager) {
      // PostgreSQL rejects a text with NUL, and no record has one.
      const id = person.includes('\0') ? '' : person;
      const held = [...people, ...listContacts(context)];
      const found = await Promise.all(held.map((of) => manager.existsBy(of, { id })));
      if (!found.includes(true)) throw new HubError('NOT_FOUND', { argument: 'input.person' });
      const known = await manager.findOneBy(RetentionHold, { person });
      const version = nextVersion(known, input.version);
      const hold = { person, reason, until, setOn: today, version };
      await manager.upsert(RetentionHold, hold, ['person']);
      return { ...hold, id: person };
    },
  });
}

/** The hold of a person that is in force. */
async function loadHold(
  { loaders, clock }: Pick<PartnerContext, 'loaders' | 'clock'>,
  person: string,
): Promise<RetentionHold | null> {
  const hold = await loaders.one(RetentionHold, 'person').load(person);
  return isHeldOn(hold, dayOf({ clock })) ? hold : null;
}

/** The hold on the record of a person, of whom nothing need be due. */
function createHoldOf(of: HeldClass): Function {
  @Resolver(() => of)
  class HoldOfPerson {
    @FieldResolver(() => RetentionHold, {
      nullable: true,
      description: 'What stops the erasure of the person’s data now. Null without a hold.',
    })
    @Access('ownChanges')
    hold(
      @Root() { id }: { readonly id: string },
      @Ctx() context: PartnerContext,
    ): Promise<RetentionHold | null> {
      return loadHold(context, id);
    }
  }
  return HoldOfPerson;
}

/** The visit whose contacts a notice or a hold is about. All partners of one process share the rows’ classes. */
function createVisitOf(row: typeof RetentionNotice | typeof RetentionHold): Function {
  @Resolver(() => row)
  class VisitOfContacts {
    @FieldResolver(() => ID, {
      nullable: true,
      description:
        'The id of the visit, if this is about whom to call during it. Null for the data of a person.',
    })
    async visit(
      @Root() { person }: { readonly person: string },
      @Ctx() context: PartnerContext,
    ): Promise<string | null> {
      const found = await Promise.all(
        listContacts(context).map((rows) => context.loaders.one(rows).load(person)),
      );
      return found.find((one) => one !== null)?.visitId ?? null;
    }
  }
  return VisitOfContacts;
}

/** The resolvers by which co-ordinators hold the personal data that a partner stores. */
export function createHolds(options: HoldsOptions): readonly Function[] {
  @Resolver(() => RetentionNotice)
  class Holds {
    @Mutation(() => RetentionHold, {
      name: options.name,
      nullable: true,
      description:
        'Holds the data of a person, or the contacts that a row of a visit names, until a day, so that nothing of it is erased, neither by age nor on request, or lifts the hold. `CONFLICT` with `currentVersion` if it has changed since.',
    })
    @Access('coordinator')
    holdData(
      @Arg('input', () => HoldPersonalDataInput, { description: words.Input.input })
      input: HoldPersonalDataInput,
      @Ctx() context: PartnerContext,
    ): Promise<RetentionHold> {
      return holdData(context, options, input);
    }

    @FieldResolver(() => RetentionHold, {
      nullable: true,
      description: 'What stops the erasure now. Null without a hold.',
    })
    hold(
      @Root() { person }: RetentionNotice,
      @Ctx() context: PartnerContext,
    ): Promise<RetentionHold | null> {
      return loadHold(context, person);
    }
  }
  return [
    Holds,
    ...(options.people ?? []).map(createHoldOf),
    ...[RetentionNotice, RetentionHold].map(createVisitOf),
  ];
}
