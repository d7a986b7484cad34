import { Extensions } from 'type-graphql';

/**
 * Who reads a field. On a class: who may know that there is such an object, and who reads those of its fields that have
 * no rule of their own. A root field has a rule of its own. What has no rule is denied to everybody.
 *
 * A class that extends another one has the rules of that class, and must not repeat them with another level.
 * @param level one of `commonLevels`, or a level of the type's own policy
 * @example
 * ```ts
 * @Field(() => String)
 * @Access('identity')
 * name: string;
 * ```
 */
export const Access = (level: string): MethodDecorator & PropertyDecorator & ClassDecorator =>
  Extensions({ access: level });

/**
 * For how many seconds others may cache what is open of a type, and give it to everybody. A write that passes the hub ends
 * it at once; a change by another way is seen that much later. Not for what differs from caller to caller, such as counts
 * of people. A type without it is not cached.
 */
export const MaxAge = (seconds: number): ClassDecorator => Extensions({ maxAge: seconds });

/** How often what a type holds changes, as seconds for `@MaxAge`. */
export const maxAges = {
  /** What changes a few times a year. */
  reference: 30,
  /** What people record as it happens. */
  record: 10,
  /** That of the object which the value is a part of: a claim, a page's ends. */
  inherited: Infinity,
} as const;
