import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { violateRule } from '../../errors/rules.js';
import { isWithin, type Span } from '../../graphql/scalars/dates.js';
import {
  findPerson,
  nextVersion,
  type PersonRow,
} from '../../partner/mutations/find-for-change.js';
import { performEach } from '../../partner/mutations/perform-each.js';
import { perform } from '../../partner/mutations/perform.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import type { OneFormalityInput, SaidFormalityInput } from '../vocabulary/formality.input.js';
import type { FormalityFields, FormalityResults } from '../vocabulary/formality.type.js';

/** What a formality needs to know of its group. */
interface FormalityGroup {
  readonly cancelledOn: string | null;
  readonly programme: Span;
}

/** Whether a person is a member or a reserve, as the transaction that writes finds it. */
type FindMember = (manager: EntityManager) => Promise<boolean>;

interface Facts {
  readonly group: FormalityGroup;
  readonly isMember: FindMember;
}

/** The people of one side, and how their formalities are stored. */
interface FormalityKeeping<Field extends string, Person extends PersonRow> {
  /** The input’s field with the id of the person: `officer`. */
  readonly field: Field;
  /** The column with the id of the person: `officerId`. */
  readonly column: `${Field}Id`;
  readonly person: EntityTarget<Person>;
  readonly formality: EntityTarget<ObjectLiteral>;
  /** @throws HubError `NOT_FOUND` with `input.group`, `PARTNER_…` */
  askGroup(context: PartnerContext, group: string): Promise<FormalityGroup>;
  /** @throws HubError `NOT_FOUND` with the person’s argument, `PARTNER_…` */
  askMember(context: PartnerContext, person: string, group: string): Promise<FindMember>;
}

type ItemOf<Field extends string> = OneFormalityInput & Readonly<Record<Field, string>>;

/** An input about one person and her group. */
type PersonsInput<Field extends string, Input> = Input &
  Readonly<Record<Field, string>> & { readonly group: string };

const isOpen = ({ status }: FormalityFields): boolean =>
  status === 'REQUESTED' || status === 'REFUSED';

/**
 * Records formalities of the people of one side, one or several at once. Each replaces the earlier
 * record of its kind. A late one is recorded after the departure too.
 */
export class FormalityRecorder<Field extends string, Person extends PersonRow> {
  constructor(private readonly keeping: FormalityKeeping<Field, Person>) {}

  /**
   * Records one.
   * @throws HubError `BAD_USER_INPUT`, `NOT_FOUND`, `CONFLICT`, `PARTNER_…`; `RULE_VIOLATED`
   * NOT_MEMBER, OUTSIDE_PROGRAMME, CANCELLED, ERASED
   */
  record(
    context: PartnerContext,
    name: string,
    input: PersonsInput<Field, OneFormalityInput>,
  ): Promise<Person> {
    return this.#perform(context, name, input, (manager, facts) =>
      this.#write(manager, input.group, input, facts),
    );
  }

  /**
   * A member or reserve says that she has one. It stays as it is recorded until her side records it
   * again; one that is not recorded yet is then requested.
   * @throws HubError `NOT_FOUND`, `CONFLICT`, `PARTNER_…`; `RULE_VIOLATED` NOT_MEMBER, CANCELLED,
   * OUTSIDE_PROGRAMME, ERASED, and ALREADY_DECIDED for what is received or not needed
   */
  sayDone(
    context: PartnerContext,
    name: string,
    input: PersonsInput<Field, SaidFormalityInput>,
  ): Promise<Person> {
    const today = context.clock().toISOString().slice(0, 10);
    return this.#perform(context, name, input, async (manager, facts) => {
      const { person, key, known } = await this.#find(manager, input.group, input, facts);
      if (known && !isOpen(known)) violateRule('ALREADY_DECIDED', 'input.kind');
      if (!known && !isWithin(today, facts.group.programme))
        violateRule('OUTSIDE_PROGRAMME', 'input.group');
      const version = nextVersion(known, input.version);
      const said = { saidDoneOn: today, saidNote: input.note ?? null, version };
      const { status, on, note } = known ?? { status: 'REQUESTED', on: today, note: null };
      await this.#save(manager, { ...key, status, on, note, ...said });
      return person;
    });
  }

  /**
   * Records several for one group, each as if alone.
   * @throws HubError as `record`, for what concerns the group
   */
  async recordEach(
    context: PartnerContext,
    name: string,
    input: {
      readonly group: string;
      readonly formalities: readonly ItemOf<Field>[];
      readonly idempotencyKey?: string | null;
    },
  ): Promise<FormalityResults> {
    const { field, askGroup, askMember } = this.keeping;
    const { group: id, formalities } = input;
    let asked: Promise<FormalityGroup> | undefined;
    const askOnce = () => (asked ??= askGroup(context, id));
    const members = new Map<string, Promise<FindMember>>();
    const results = await performEach<Facts>(context, {
      name,
      input,
      record: id,
      list: 'formalities',
      common: ['group'],
      async ask() {
        const { cancelledOn } = await askOnce();
        if (cancelledOn !== null) violateRule('CANCELLED', 'input.group');
      },
      items: formalities.map((item) => ({
        id: item[field],
        async ask() {
          const person = item[field];
          const known = members.get(person) ?? askMember(context, person, id);
          members.set(person, known);
          return { group: await askOnce(), isMember: await known };
        },
        write: (manager, facts) => this.#write(manager, id, item, facts),
      })),
    });
    return {
      results: formalities.map((item, place) => ({
        participant: item[field],
        kind: item.kind,
        refusal: results[place]?.refusal ?? null,
      })),
    };
  }

  #perform(
    context: PartnerContext,
    name: string,
    input: PersonsInput<Field, object>,
    write: (manager: EntityManager, facts: Facts) => Promise<Person>,
  ): Promise<Person> {
    const { field, askGroup, askMember } = this.keeping;
    return perform<Person, Facts>(context, {
      name,
      input,
      async ask() {
        const [isMember, group] = await Promise.all([
          askMember(context, input[field], input.group),
          askGroup(context, input.group),
        ]);
        return { group, isMember };
      },
      write,
    });
  }

  async #find(
    manager: EntityManager,
    groupId: string,
    item: Readonly<Record<Field, string>> & Pick<FormalityFields, 'kind'>,
    { group, isMember }: Facts,
  ) {
    const { field, column, person: target, formality } = this.keeping;
    const person = await findPerson(manager, target, item[field], `input.${field}`);
    if (group.cancelledOn !== null) violateRule('CANCELLED', 'input.group');
    if (!(await isMember(manager))) violateRule('NOT_MEMBER', `input.${field}`);
    const key = { [column]: item[field], groupId, kind: item.kind };
    const known = (await manager.findOneBy(formality, key)) as FormalityFields | null;
    return { person, key, known };
  }

  async #write(
    manager: EntityManager,
    groupId: string,
    item: ItemOf<Field>,
    facts: Facts,
  ): Promise<Person> {
    const { person, key, known } = await this.#find(manager, groupId, item, facts);
    const { status, on, note = null } = item;
    if (!isWithin(on, facts.group.programme)) violateRule('OUTSIDE_PROGRAMME', 'input.on');
    const version = nextVersion(known, item.version);
    const said = { saidDoneOn: null, saidNote: null };
    await this.#save(manager, { ...key, status, on, note, ...said, version });
    return person;
  }

  async #save(manager: EntityManager, row: object): Promise<void> {
    const { column, formality } = this.keeping;
    await manager.upsert(formality, row, [column, 'groupId', 'kind']);
  }
}
