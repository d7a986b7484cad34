import { Extensions } from 'type-graphql';

/**
 * Says who may read a field. On a class: who may know that such an object exists, and who reads its
 * fields without a rule of their own. A root field needs a rule of its own. A field without a rule
 * is denied to everybody.
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
 * For how many seconds others may cache what is open of a type, and give it to everybody. A write that passes the hub ends
 * it at once; a change by another way is seen that much later. Not for what differs from caller to caller, such as counts
 * of people. A type without it is not cached.
 */
export const MaxAge = (seconds: number): ClassDecorator => Extensions({ maxAge: seconds });

/** How often the values of a type change, as seconds for `@MaxAge`. */
export const maxAges = {
  /** Changes a few times a year. */
  reference: 30,
  /** Changes whenever people record something. */
  record: 10,
  /** The max age of the object that contains the value: of a claim, or of a page's ends. */
  inherited: Infinity,
} as const;
