import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  Resolver,
  Root,
} from 'type-graphql';
import type { EntityManager, ObjectLiteral } from 'typeorm';
import type { OrderKey } from '../../database/order.js';
import { findSame, toSameText, type Sameness } from '../../database/search/find-same.js';
import { toSearchText } from '../../database/search/search.js';
import { refuseInput } from '../../errors/hub-error.js';
import { violateRule } from '../../errors/rules.js';
import { Access, Self } from '../../identity/access.js';
import {
  checkVersion,
  findForChange,
  nextVersion,
  notFound,
  refuseDuplicate,
} from '../../partner/mutations/find-for-change.js';
import { createId, perform } from '../../partner/mutations/perform.js';
import { words } from '../../partner/words.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import {
  RemoveContactPointInput,
  SetContactPointInput,
  type ContactPointInput,
} from '../vocabulary/contact-point.input.js';
import type { ContactPointFields } from '../vocabulary/contact-point.type.js';

interface Body extends ObjectLiteral {
  readonly id: string;
}

/** The bodies that have contact points, and how a partner’s contract calls them. */
export interface ContactPointTables<Owner extends Body, Point extends ContactPointFields> {
  readonly owner: new () => Owner;
  readonly contactPoint: new () => Point;
  /** The field of the inputs that names the body: `unit`. */
  readonly argument: string;
  /** What that field is: ``Id of the unit: `lv:police`.`` */
  readonly about: string;
  /** What the names of the mutations have between verb and noun: `Unit`. */
  readonly infix: string;
  /** The tables of this partner’s own people, by whose addresses nobody else is reached. */
  readonly people: readonly (new () => ObjectLiteral)[];
}

const byFunction: readonly OrderKey[] = [
  { property: 'function', nullable: true },
  { property: 'id' },
];

/** A person with the address, in any case. */
const sameAddress: Sameness = {
  properties: ['email'],
  foundBy: 'email',
  keyOf: ({ email }: { email?: string | null }) => (email ? toSearchText(email.trim()) : null),
};

/** Equal for contact points that say the same function, mailbox and telephone. */
export const addressesOf = (point: Partial<ContactPointInput>): string =>
  JSON.stringify([
    toSameText(point.function),
    toSearchText(point.mailbox),
    point.telephone?.replaceAll(' ', '') ?? '',
  ]);

/** @throws HubError `BAD_USER_INPUT` without anything to reach it by; `RULE_VIOLATED` PERSONAL */
async function checkFunctional(
  manager: EntityManager,
  people: readonly (new () => ObjectLiteral)[],
  { mailbox, telephone, openingHours }: ContactPointInput,
): Promise<void> {
  if ((mailbox ?? telephone ?? openingHours ?? null) === null)
    refuseInput('input.set', 'A contact point needs a mailbox, a telephone or opening hours.');
  for (const table of people)
    if ((await findSame(manager, table, sameAddress, { email: mailbox })).length > 0)
      violateRule('PERSONAL', 'input.set.mailbox');
}

/** All of a contact point: what is left out is null. */
const toColumns = (given: ContactPointInput) => ({
  function: given.function ?? null,
  mailbox: given.mailbox ?? null,
  telephone: given.telephone ?? null,
  openingHours: given.openingHours ?? null,
  languages: given.languages ?? [],
  source: given.source,
  checkedOn: given.checkedOn,
});

/** Makes the field and the mutations of the contact points of a partner’s bodies. */
export function createContactPoints<Owner extends Body, Point extends ContactPointFields>(
  tables: ContactPointTables<Owner, Point>,
): Function {
  const { owner: Owner, contactPoint: Point, argument, about, infix, people } = tables;
  const idOf = (input: object): string => String(Reflect.get(input, argument));
  const findBody = (manager: EntityManager, id: string) =>
    findForChange(manager, Owner, id, `input.${argument}`);

  /** A contact point of that body. */
  async function findPoint(manager: EntityManager, id: string, ownerId: string): Promise<Point> {
    const name = 'input.contactPoint';
    const point = await findForChange<Point>(manager, Point, id, name);
    return point.ownerId === ownerId ? point : notFound(name);
  }

  /** @throws HubError `NOT_FOUND` `CONFLICT` `BAD_USER_INPUT` `RULE_VIOLATED` DUPLICATE, PERSONAL */
  const setPoint = (context: PartnerContext, input: SetContactPointInput): Promise<Owner> =>
    perform<Owner>(context, {
      name: `set${infix}ContactPoint`,
      input,
      async write(manager) {
        const body = await findBody(manager, idOf(input));
        if (body['mergedIntoId'] != null) violateRule('MERGED', `input.${argument}`);
        const { contactPoint, set } = input;
        const before =
          contactPoint == null ? null : await findPoint(manager, contactPoint, body.id);
        const version = nextVersion(before, input.version);
        await checkFunctional(manager, people, set);
        const others = await manager.findBy<ContactPointFields>(Point, { ownerId: body.id });
        const same = others.find(
          (other) => other.id !== before?.id && addressesOf(other) === addressesOf(set),
        );
        if (same) refuseDuplicate(same.id, 'input.set');
        const id = before?.id ?? createId(context);
        const row = { id, ownerId: body.id, ...toColumns(set), version };
        await manager.upsert<ContactPointFields>(Point, row, ['id']);
        return body;
      },
      find: findBody,
    });

  /** @throws HubError `NOT_FOUND` `CONFLICT` */
  const removePoint = (context: PartnerContext, input: RemoveContactPointInput): Promise<Owner> =>
    perform<Owner>(context, {
      name: `remove${infix}ContactPoint`,
      input,
      async write(manager) {
        const body = await findBody(manager, idOf(input));
        const point = await findPoint(manager, input.contactPoint, body.id);
        checkVersion(point, input.version);
        await manager.delete<ContactPointFields>(Point, { id: point.id });
        return body;
      },
    });

  @InputType(`Set${infix}ContactPointInput`, { description: words.ContactPoint.setInput })
  class SetInput extends SetContactPointInput {}
  @InputType(`Remove${infix}ContactPointInput`, { description: words.ContactPoint.removeInput })
  class RemoveInput extends RemoveContactPointInput {}
  for (const { prototype } of [SetInput, RemoveInput])
    Field(() => ID, { description: about })(prototype, argument);

  @Resolver(() => Owner)
  class ContactPointResolver {
    @FieldResolver(() => [Point], { nullable: true, description: words.ContactPoint.of })
    @Access('signedIn')
    @Self()
    contactPoints(@Root() { id }: Body, @Ctx() { loaders }: PartnerContext) {
      const points: new () => ContactPointFields = Point;
      return loaders.many(points, 'ownerId', { orderBy: byFunction }).load(id);
    }

    @Mutation(() => Owner, {
      name: `set${infix}ContactPoint`,
      nullable: true,
      description: words.ContactPoint.setFor,
    })
    @Access('coordinator')
    set(
      @Arg('input', () => SetInput, { description: words.Input.input }) input: SetInput,
      @Ctx() context: PartnerContext,
    ): Promise<Owner> {
      return setPoint(context, input);
    }

    @Mutation(() => Owner, {
      name: `remove${infix}ContactPoint`,
      nullable: true,
      description: words.ContactPoint.removeFor,
    })
    @Access('coordinator')
    remove(
      @Arg('input', () => RemoveInput, { description: words.Input.input }) input: RemoveInput,
      @Ctx() context: PartnerContext,
    ): Promise<Owner> {
      return removePoint(context, input);
    }
  }
  return ContactPointResolver;
}
