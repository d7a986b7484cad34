import {
  defaultFieldResolver,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLFieldResolver,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { violateRule } from '../../errors/rules.js';
import { firstDayOf, lastBegunDay } from '../../graphql/scalars/dates.js';
import { happenedMark } from '../../identity/access.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';

/**
 * Refuses a day of something that happened, if the day has not begun anywhere on Earth.
 * @param argument the day, as a dotted path
 * @throws HubError `RULE_VIOLATED` FUTURE
 */
export function checkHappened(
  on: string,
  { clock }: Pick<PartnerContext, 'clock'>,
  argument: string,
): void {
  if (firstDayOf(on) > lastBegunDay(clock())) violateRule('FUTURE', argument);
}

const sentence = 'Not later than today: rule FUTURE.';

/** True for a date that is marked by {@link Happened}. */
const isHappening = (type: GraphQLInputObjectType, field: string): boolean =>
  type.extensions[happenedMark(field)] === true;

/** Adds the rule to the description of each date that is marked by {@link Happened}. */
export function describeHappenings(classes: GraphQLSchema): void {
  for (const type of Object.values(classes.getTypeMap()).filter(isInputObjectType)) {
    for (const field of Object.values(type.getFields())) {
      if (isHappening(type, field.name))
        field.description = `${field.description ?? ''} ${sentence}`.trim();
    }
  }
}

type Check = (value: unknown, context: PartnerContext, argument: string) => void;

/** What is checked of a value of this type; undefined if nothing is. */
function checkOf(type: GraphQLInputType): Check | undefined {
  if (isNonNullType(type)) return checkOf(type.ofType);
  if (isListType(type)) {
    const check = checkOf(type.ofType);
    if (!check) return undefined;
    return (values, context, argument) => {
      for (const value of [values].flat()) check(value, context, argument);
    };
  }
  if (!isInputObjectType(type)) return undefined;
  const checks = Object.values(type.getFields()).flatMap((field) => {
    const check = isHappening(type, field.name) ? checkDay : checkOf(field.type);
    return check ? [{ name: field.name, check }] : [];
  });
  if (checks.length === 0) return undefined;
  return (value, context, argument) => {
    const given = (value ?? {}) as Readonly<Record<string, unknown>>;
    for (const { name, check } of checks) check(given[name], context, `${argument}.${name}`);
  };
}

const checkDay: Check = (on, context, argument) => {
  if (typeof on === 'string') checkHappened(on, context, argument);
};

/**
 * Lets every mutation of a schema check the days of its input that are marked by {@link Happened}.
 * @param classes the schema as type-graphql builds it: marks are not part of the SDL
 */
export function guardHappenings(schema: GraphQLSchema, classes: GraphQLSchema): void {
  const fields = schema.getMutationType()?.getFields() ?? {};
  for (const [name, { args }] of Object.entries(classes.getMutationType()?.getFields() ?? {})) {
    const checks = args.flatMap((argument) => {
      const check = checkOf(argument.type);
      return check ? [{ name: argument.name, check }] : [];
    });
    const field = fields[name];
    if (!field || checks.length === 0) continue;
    const resolve: GraphQLFieldResolver<unknown, PartnerContext> =
      field.resolve ?? defaultFieldResolver;
    field.resolve = (row: unknown, given, context: PartnerContext, info) => {
      for (const { name: argument, check } of checks) check(given[argument], context, argument);
      return resolve(row, given, context, info);
    };
  }
}
