import { Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import {
  LessThan,
  type FindOptionsWhere,
  type ObjectLiteral,
  type SelectQueryBuilder,
} from 'typeorm';
import { whereText } from '../../database/where-text.js';
import { HubError } from '../../errors/hub-error.js';
import { violateRule } from '../../errors/rules.js';
import { addDays } from '../../graphql/scalars/dates.js';
import { LanguageTagScalar } from '../../graphql/scalars/scalars.js';
import { Access } from '../../identity/access.js';
import { findPerson, notFound, type PersonRow } from '../../partner/mutations/find-for-change.js';
import { createId, perform, performOwnErasure } from '../../partner/mutations/perform.js';
import type { ChoreContext, PartnerContext } from '../../policy/context/partner-context.js';
import type { OwnLevels } from '../../policy/levels.js';
import {
  askHasMember,
  askIsMember,
  isSharedWith,
  mayReadShared,
  sharedContactLevels,
  sharedListLevels,
  todayOf,
} from './decide-shared.js';
import {
  words,
  type Scope,
  type ShareContactInput,
  type SharedContactFields,
  type WithdrawContactInput,
} from './shared-contact.type.js';

/** A consent ends at the latest after so many days. */
const longestDays = 731;

/** Where a side that sends people stores what they share, and what it knows of them. */
interface SharingTables<Person extends PersonRow, Contact extends SharedContactFields> {
  readonly person: new () => Person;
  readonly contact: new () => Contact;
  /** The input’s field with the id of the person: `officer`. */
  readonly field: string;
  /** The property with the id of the person: `officerId`. */
  readonly column: Extract<keyof Contact, string>;
  /** Where she works, as others may read it. */
  organisationOf(person: Person, context: PartnerContext): Promise<string | null> | string | null;
  languagesOf(person: Person, context: PartnerContext): Promise<string[]>;
}

/** The contacts that people share: to give, to take back, and to read those of others. */
export class ContactSharing<Person extends PersonRow, Contact extends SharedContactFields> {
  /** The resolvers of the contact, and of the person’s own list. */
  readonly resolvers: readonly Function[];

  constructor(private readonly tables: SharingTables<Person, Contact>) {
    this.resolvers = this.#createResolvers();
  }

  readonly #ownerOf = (contact: Contact): string => String(contact[this.tables.column]);

  /** Who may read the contacts, lists of them, and a person’s own. */
  get levels(): OwnLevels {
    return {
      Query: sharedListLevels,
      SharedContact: sharedContactLevels(this.#ownerOf),
      SharedContactEdge: sharedListLevels,
      SharedContactConnection: sharedListLevels,
      [this.tables.person.name]: sharedListLevels,
    };
  }

  /**
   * Gives a consent, or changes the one that she gave to the same people.
   * @throws HubError `NOT_FOUND`, `BAD_USER_INPUT`, `PARTNER_…`; `RULE_VIOLATED` ERASED, NOT_MEMBER,
   * CONSENT_TIME
   */
  share(
    context: PartnerContext,
    name: string,
    input: ShareContactInput,
    id: string,
  ): Promise<Person> {
    const { person, contact: target, field, column } = this.tables;
    const scope = scopeOf(input);
    const today = todayOf(context);
    if (input.until < today || input.until > addDays(today, longestDays))
      violateRule('CONSENT_TIME', 'input.until');
    return perform<Person>(context, {
      name,
      input,
      check: (manager) => findPerson(manager, person, id, `input.${field}`),
      async ask() {
        if (!(await isMemberFor(context, scope, id))) violateRule('NOT_MEMBER', `input.${field}`);
      },
      async write(manager) {
        const found = await findPerson(manager, person, id, `input.${field}`);
        const own = await manager.findBy(target, { [column]: id } as FindOptionsWhere<Contact>);
        const same = own.find((one) => isSameScope(one, scope));
        const row: ObjectLiteral = {
          [column]: id,
          ...scope,
          id: same?.id ?? createId(context),
          givenOn: today,
          workAddress: input.workAddress ?? null,
          until: input.until,
          version: (same?.version ?? 0) + 1,
        };
        await manager.upsert<ObjectLiteral>(target, row, ['id']);
        return found;
      },
    });
  }

  /**
   * Takes a consent back: nobody can read it from now on.
   * @throws HubError `NOT_FOUND`
   */
  withdraw(
    context: PartnerContext,
    name: string,
    input: WithdrawContactInput,
    id: string,
  ): Promise<Person> {
    const { person, contact: target, field, column } = this.tables;
    return perform<Person>(context, {
      name,
      input,
      async write(manager) {
        const found = await findPerson(manager, person, id, `input.${field}`);
        const { contact } = input;
        const where: ObjectLiteral = { id: contact, [column]: id };
        const isThere =
          !contact.includes('\0') && (await manager.existsBy<ObjectLiteral>(target, where));
        if (!isThere) notFound('input.contact');
        await manager.delete<ObjectLiteral>(target, where);
        return found;
      },
    });
  }

  /**
   * The contacts that are shared with a scope to which the caller belongs. None for other callers.
   * @throws HubError `BAD_USER_INPUT`, `PARTNER_…`
   */
  async find(context: PartnerContext, asked: Scope): Promise<SelectQueryBuilder<Contact>> {
    const scope = scopeOf(asked, '');
    const contacts = context.source
      .getRepository(this.tables.contact)
      .createQueryBuilder('contact')
      .where('contact.with = :with AND contact.until >= :today', {
        with: scope.with,
        today: todayOf(context),
      });
    const { group, programme } = scope;
    if (group !== null) whereText(contacts, 'contact.group = :group', { group });
    if (programme !== null) whereText(contacts, 'contact.programme = :programme', { programme });
    if (!(await isSharedWith(context, scope))) contacts.andWhere('1 = 0');
    return contacts;
  }

  /** Removes the consents that have ended. */
  readonly removeEnded = async (context: ChoreContext): Promise<boolean> => {
    const { contact } = this.tables;
    const until = LessThan(todayOf(context));
    const ended = { until } as FindOptionsWhere<Contact>;
    if (await context.source.manager.existsBy(contact, ended))
      await performOwnErasure(context, { name: 'removeEndedContacts' }, async (manager) => {
        await manager.delete(contact, ended);
      });
    return true;
  };

  #createResolvers(): readonly Function[] {
    const { person, contact, column, organisationOf, languagesOf } = this.tables;
    const ownerOf = this.#ownerOf;
    const load = ({ loaders }: PartnerContext, row: Contact) =>
      loaders.one(person).load(ownerOf(row));

    @Resolver(() => contact)
    class ContactParts {
      @FieldResolver(() => ID, { description: words.person })
      person(@Root() row: Contact): string {
        return ownerOf(row);
      }

      @FieldResolver(() => String, { nullable: true, description: words.name })
      async name(@Root() row: Contact, @Ctx() context: PartnerContext): Promise<string | null> {
        return (await load(context, row))?.name ?? null;
      }

      @FieldResolver(() => String, {
        nullable: true,
        description: words.organisation,
      })
      async organisation(
        @Root() row: Contact,
        @Ctx() context: PartnerContext,
      ): Promise<string | null> {
        const found = await load(context, row);
        return found && organisationOf(found, context);
      }

      @FieldResolver(() => [LanguageTagScalar], {
        nullable: true,
        description: words.languages,
      })
      async languages(
        @Root() row: Contact,
        @Ctx() context: PartnerContext,
      ): Promise<string[] | null> {
        const found = await load(context, row);
        return found && languagesOf(found, context);
      }
    }

    @Resolver(() => person)
    class PersonContacts {
      @FieldResolver(() => [contact], {
        nullable: true,
        description: words.ofPerson,
      })
      @Access('sharedContacts')
      async sharedContacts(
        @Root() { id }: Person,
        @Ctx() context: PartnerContext,
      ): Promise<Contact[]> {
        const orderBy = [{ property: 'id' }];
        const rows = await context.loaders.many(contact, column, { orderBy }).load(id);
        const shown = await Promise.all(rows.map((row) => mayReadShared(context, row, id)));
        return rows.filter((_row, index) => shown[index]);
      }
    }

    return [ContactParts, PersonContacts];
  }
}

/** The whole scope of a consent: just the id that its kind needs. */
function scopeOf({ with: whom, group = null, programme = null }: Scope, prefix = 'input.') {
  const needed = { GROUP: 'group', PROGRAMME: 'programme', NETWORK: null }[whom];
  for (const [name, id] of Object.entries({ group, programme })) {
    if ((id !== null) === (name === needed)) continue;
    const message = `\`${name}\` must${name === needed ? '' : ' not'} be given for ${whom}.`;
    throw new HubError('BAD_USER_INPUT', { argument: `${prefix}${name}`, message });
  }
  return { with: whom, group, programme };
}

const isSameScope = (one: Scope, other: Scope): boolean =>
  one.with === other.with && one.group === other.group && one.programme === other.programme;

/** A consent needs the membership that its readers have in common with her. */
async function isMemberFor(
  context: PartnerContext,
  { group, programme }: ReturnType<typeof scopeOf>,
  person: string,
): Promise<boolean> {
  if (group !== null) return askIsMember(context, group, person);
  return programme === null || askHasMember(context, programme, person);
}
