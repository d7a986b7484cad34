import { Extensions } from 'type-graphql';

/**
 * Says who may read a field. On a class: who may know that such an object exists, and who may read
 * its fields without their own rule. A root field needs its own rule. A field without a rule is
 * denied to everybody.
 *
 * A class that extends another one inherits its rules, and must not repeat them with another level.
 * @param level one of `commonLevels`, or a level of the type's own policy
 * @example ```ts
 * @Field(() => String)
 * @Access('identity') name: string; ```
 */
export const Access = (level: string): MethodDecorator & PropertyDecorator & ClassDecorator =>
  Extensions({ access: level });

/**
 * Says that everybody may know where a field has no object, because an open field beside it says so
 * too. Without it, a caller who may not know of such objects is refused whether there is one or not.
 */
export const NoneIsOpen = (): MethodDecorator & PropertyDecorator =>
  Extensions({ noneIsOpen: true });

/** Whose rows a participant reads: her own, or those of her fellow members too. */
export type Whose = 'own' | 'fellow';

/**
 * A participant may read a field of her own rows, and with `fellow` of those of the other members of
 * her group; she may call a mutation whose input names her own record. The type’s level `self` (and
 * `fellow`) says which rows these are. What has no such mark she reads as everybody does.
 */
export const Self = (whose: Whose = 'own'): MethodDecorator & PropertyDecorator =>
  Extensions({ self: whose });

/**
 * Says whom the rows of a type are about, so that a reading of them can be found by that person.
 * @param find the person’s id. Null for a row that does not say
 * @example `@AboutPerson(({ officerId }: OfficerNomination) => officerId)`
 */
export const AboutPerson = <Row>(find: (row: Row) => string | null | undefined): ClassDecorator =>
  Extensions({ aboutPerson: find });

/** How often the values of a type change, as the seconds for which others may cache them. */
const maxAges = {
  /** Changes a few times a year. */
  reference: 30,
  /** Changes whenever people record something. */
  record: 10,
  /** The max age of the object that contains the value: for a claim, or the ends of a page. */
  inherited: Infinity,
} as const;

/**
 * For how long others may cache the open data of a type and return it to all callers. A write through
 * the hub clears the cache at once. Other changes are visible after that time. Not for data that
 * differs from caller to caller, such as counts of people. A type without it is not cached.
 */
export const MaxAge = (changes: keyof typeof maxAges): ClassDecorator =>
  Extensions({ maxAge: maxAges[changes] });
