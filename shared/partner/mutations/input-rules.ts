import {
  defaultFieldResolver,
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLFieldResolver,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { Extensions } from 'type-graphql';
import { refuseInput } from '../../errors/hub-error.js';
import { violateRule } from '../../errors/rules.js';
import { firstDayOf, lastBegunDay } from '../../graphql/scalars/dates.js';
import { checkRange, longestArgument } from '../../graphql/scalars/scalars.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';

type Input = Readonly<Record<string, unknown>>;

/** Where a checked value stands. */
interface Place {
  /** The value as a dotted path, with the numbers of items: `input.aims.1`. */
  readonly argument: string;
  readonly input: Input;
  readonly context: PartnerContext;
}

/** What a value of a field of an input must be. A value that is left out is not checked. */
class InputRule {
  constructor(
    /** Is added to the description of the field. */
    readonly sentence: string,
    /** @throws HubError `BAD_USER_INPUT` or `RULE_VIOLATED` with `argument`, never with the value */
    readonly check: (value: unknown, place: Place) => void,
  ) {}
}

/**
 * Marks a field with a rule. The mark stands on the class, because type-graphql gives what a class
 * extends its own extensions, and a field that is inherited none.
 */
const mark =
  (rule: InputRule): PropertyDecorator =>
  (prototype, field) => {
    Extensions({ [`${String(field)}: ${rule.sentence}`]: rule })(prototype.constructor);
  };

/** The value must be as the sentence says. Null is valid. */
export const Must = (
  sentence: string,
  isValid: (value: unknown) => boolean,
  message = sentence,
): PropertyDecorator =>
  mark(
    new InputRule(sentence, (value, { argument }) => {
      if (value !== null && !isValid(value)) refuseInput(argument, message);
    }),
  );

/** A number must be at least so great. Null is valid. */
export const AtLeast = (least: number, sentence: string): PropertyDecorator =>
  Must(sentence, (value) => Number(value) >= least);

/** The items of a list must be different, and at least so many. Null is valid. */
export const Distinct = (atLeast = 0): PropertyDecorator =>
  Must(
    atLeast > 0 ? `At least ${atLeast}, each once.` : 'Each once.',
    (list) => {
      const items = [list].flat().map((item) => JSON.stringify(item));
      return items.length >= atLeast && new Set(items).size === items.length;
    },
    `The items of a list must be different, and at least ${atLeast}.`,
  );

/** As many items as are decided in one meeting, and as one response can wait for. */
const mostItems = 50;

/**
 * The items of a mutation of several: some, not too many, and none twice.
 * @param fields the fields of an item by which two are the same
 */
export const Items = (...fields: readonly string[]): PropertyDecorator =>
  Must(
    `1 to ${mostItems}, each ${fields.map((field) => `\`${field}\``).join(' and ')} once.`,
    (list) => {
      const items = [list].flat() as readonly Input[];
      const keys = new Set(items.map((item) => JSON.stringify(fields.map((one) => item[one]))));
      return items.length > 0 && items.length <= mostItems && keys.size === items.length;
    },
  );

const notNull = new InputRule('Not null.', (value, { argument }) => {
  if (value !== null) return;
  const field = argument.slice(argument.lastIndexOf('.') + 1);
  refuseInput(argument, `\`${field}\` must not be null. Leave it out to keep its value.`);
});

/** A change must leave a value. It may leave the field out, which keeps its value. */
export const NotNull = (): PropertyDecorator => mark(notNull);

const dateIn = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The end of a range must not be before its start, if both are given. */
export const NotBefore = (start: string): PropertyDecorator =>
  mark(
    new InputRule(`Not before \`${start}\`.`, (end, { argument, input }) =>
      checkRange(dateIn(input[start]), dateIn(end), argument),
    ),
  );

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

const happened = new InputRule(
  'Not later than today: rule FUTURE.',
  (on, { argument, context }) => {
    if (typeof on === 'string') checkHappened(on, context, argument);
  },
);

/**
 * The date is the day of something that happened. A date without this mark is a plan.
 * @example ```ts
 * @Field(() => DateScalar, { description: 'The day of the decision.' })
 * @Happened() on: string; ```
 */
export const Happened = (): PropertyDecorator => mark(happened);

const mayBeBlank = new InputRule('May be blank.', () => undefined);

/** A text of spaces alone is valid, and counts as none. */
export const MayBeBlank = (): PropertyDecorator => mark(mayBeBlank);

/** NUL, which PostgreSQL rejects, and half surrogate pairs, which a database would change. */
const unwritable = /\0|\p{Surrogate}/u;

/** Where a value stands that may be one of several. */
const placeOf = (argument: string, values: unknown, index: number): string =>
  Array.isArray(values) ? `${argument}.${index}` : argument;

/** What every text must be that a mutation may write. Its name decides how long it may be. */
function createTextRule(name: string, isBlankValid: boolean): InputRule {
  const most = longestArgument(name, 'String');
  return new InputRule(`1 to ${most.toLocaleString('en')} characters.`, (texts, { argument }) => {
    for (const [index, text] of [texts].flat().entries()) {
      if (typeof text !== 'string' || (isBlankValid && text.trim() === '')) continue;
      if (text.trim() === '' || text.length > most || unwritable.test(text))
        refuseInput(
          placeOf(argument, texts, index),
          `A text must have 1 to ${most} valid characters, without NUL.`,
        );
    }
  });
}

/** @param isWritten true in the input of a mutation */
function rulesOf(
  { extensions }: GraphQLInputObjectType,
  { name, type }: GraphQLInputField,
  isWritten: boolean,
): readonly InputRule[] {
  const marks = Object.entries(extensions).flatMap(([key, rule]) =>
    key.startsWith(`${name}: `) && rule instanceof InputRule ? [rule] : [],
  );
  if (!isWritten || String(getNamedType(type)) !== 'String') return marks;
  return [...marks, createTextRule(name, marks.includes(mayBeBlank))];
}

/** This type of input, and those in it. */
function inputsIn(type: GraphQLInputType): GraphQLInputObjectType[] {
  const input = getNamedType(type);
  if (!isInputObjectType(input)) return [];
  return [input, ...Object.values(input.getFields()).flatMap((field) => inputsIn(field.type))];
}

/** Adds the rules of each field of an input to its description. */
export function describeInputRules(classes: GraphQLSchema): void {
  const mutations = Object.values(classes.getMutationType()?.getFields() ?? {});
  const written = new Set(
    mutations.flatMap(({ args }) => args.flatMap(({ type }) => inputsIn(type))),
  );
  for (const type of Object.values(classes.getTypeMap()).filter(isInputObjectType)) {
    for (const field of Object.values(type.getFields())) {
      const sentences = rulesOf(type, field, written.has(type)).map((rule) => rule.sentence);
      field.description = [field.description ?? '', ...sentences].join(' ').trim();
    }
  }
}

type Check = (value: unknown, argument: string, context: PartnerContext) => void;

/** What is checked of a value of this type; undefined if nothing is. */
function checkOf(type: GraphQLInputType, isWritten: boolean): Check | undefined {
  if (isNonNullType(type)) return checkOf(type.ofType, isWritten);
  if (isListType(type)) {
    const check = checkOf(type.ofType, isWritten);
    return (
      check &&
      ((values, argument, context) => {
        for (const [index, value] of [values].flat().entries())
          check(value, placeOf(argument, values, index), context);
      })
    );
  }
  if (!isInputObjectType(type)) return undefined;
  const checks = Object.values(type.getFields()).flatMap((field) => {
    const rules = rulesOf(type, field, isWritten);
    const check = checkOf(field.type, isWritten);
    return rules.length > 0 || check ? [{ name: field.name, rules, check }] : [];
  });
  if (checks.length === 0) return undefined;
  return (value, argument, context) => {
    const input = (value ?? {}) as Input;
    for (const { name, rules, check } of checks) {
      const given = input[name];
      if (given === undefined) continue;
      const place = { argument: `${argument}.${name}`, input, context };
      for (const rule of rules) rule.check(given, place);
      check?.(given, place.argument, context);
    }
  };
}

/**
 * Lets every field of a schema check its input by the rules of the input’s fields, before its own
 * rules.
 * @param classes the schema as type-graphql builds it: marks are not part of the SDL
 */
export function guardInputs(schema: GraphQLSchema, classes: GraphQLSchema): void {
  for (const type of Object.values(classes.getTypeMap()).filter(isObjectType)) {
    const own = schema.getType(type.name);
    for (const { name, args } of Object.values(type.getFields())) {
      const checks = args.flatMap((argument) => {
        const check = checkOf(argument.type, type === classes.getMutationType());
        return check ? [{ name: argument.name, check }] : [];
      });
      const field = isObjectType(own) ? own.getFields()[name] : undefined;
      if (!field || checks.length === 0) continue;
      const resolve: GraphQLFieldResolver<unknown, PartnerContext> =
        field.resolve ?? defaultFieldResolver;
      field.resolve = (row: unknown, given, context: PartnerContext, info) => {
        for (const { name: argument, check } of checks) check(given[argument], argument, context);
        return resolve(row, given, context, info);
      };
    }
  }
}
