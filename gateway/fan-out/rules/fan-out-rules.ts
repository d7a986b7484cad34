import { formOfScalar } from '@hub/shared/graphql';
import { UserError } from '@hub/shared/system';
import {
  buildASTSchema,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  valueFromASTUntyped,
  type ASTNode,
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { classifyMerge, connectionNode, type MergeKind } from './merge-kind.js';

/**
 * The code of the partner that owns a value: the prefix of an ID (`dk:…`), or the lower-case form
 * of another value. Null if no partner owns it. Undefined if the value does not have the form of
 * its scalar.
 */
export function findOwner(
  value: unknown,
  scalar: string,
  partners: readonly string[],
): string | null | undefined {
  // A custom scalar may be an object, which nobody owns and which may have no text.
  const text = typeof value === 'object' ? '' : String(value);
  if (formOfScalar(scalar)?.isOfForm(text) === false) return undefined;
  const owner =
    scalar === 'ID' ? text.slice(0, Math.max(0, text.indexOf(':'))) : text.toLowerCase();
  return partners.includes(owner) ? owner : null;
}

/** `@route(by:)`: the value at this path names the one partner that serves the field. */
export interface RouteRule {
  readonly by: readonly string[];
  /** The scalar type at the path, which decides how its values name their owner. */
  readonly scalar: string;
}

/** `@gather`: every partner serves the field, and the results are merged. */
export interface GatherRule {
  readonly mergeKind: MergeKind;
  /** The sort keys of a list’s items or a connection’s nodes. The last one is unique. */
  readonly orderBy: readonly string[];
  readonly narrowBy: readonly RouteRule[];
  /**
   * The arguments, and the values of enums, that only one partner may get. Without a value of
   * `narrowBy`, they are refused.
   */
  readonly ownerOnly: readonly (readonly string[])[];
  /** The sort keys of the orders that the argument `orderBy` names, but for the usual one. */
  readonly orders: ReadonlyMap<string, GatherOrder>;
}

interface GatherOrder {
  readonly keys: readonly string[];
  /**
   * True if only one partner may get it, so that the hub need not merge it. Its keys are not
   * selected, because nobody but that partner’s staff may read them.
   */
  readonly isOwnerOnly: boolean;
}

/** The fields by which partners’ rows are merged: those of the usual order first. */
export const sortFieldsOf = ({ orderBy, orders }: GatherRule): readonly string[] => [
  ...new Set([
    ...orderBy,
    ...[...orders.values()].flatMap(({ keys, isOwnerOnly }) => (isOwnerOnly ? [] : keys)),
  ]),
];

/**
 * How the partners share one schema, by schema coordinate (`Query.officers`) and by entity type.
 */
export interface FanOutRules {
  /** The owners of records. */
  readonly partners: readonly string[];
  /** Those of them that have rows: a partner that was removed has none any more. */
  readonly contributors: readonly string[];
  readonly routedFields: ReadonlyMap<string, RouteRule>;
  readonly gatheredFields: ReadonlyMap<string, GatherRule>;
  readonly routedTypes: ReadonlyMap<string, RouteRule>;
}

/** A contract that the hub cannot fan out without losing rows. The message lists every error. */
export class FanOutRuleError extends UserError {
  override readonly name = 'FanOutRuleError';
}

interface WithDirectives {
  readonly astNode?: (ASTNode & { readonly directives?: readonly ConstDirectiveNode[] }) | null;
}

function readDirective(element: WithDirectives, name: string): Record<string, unknown> | undefined {
  const node = element.astNode?.directives?.find((directive) => directive.name.value === name);
  if (!node) return undefined;
  return Object.fromEntries(
    (node.arguments ?? []).map((argument) => [
      argument.name.value,
      valueFromASTUntyped(argument.value),
    ]),
  );
}

const asList = (value: unknown): string[] =>
  (Array.isArray(value) ? value : value == null ? [] : [value]).map(String);

/** True if a contract has fan-out directives, however many partners serve it at present. */
export function isFannedOut(contractSdl: string): boolean {
  return parse(contractSdl).definitions.some(
    (definition) =>
      definition.kind === Kind.DIRECTIVE_DEFINITION &&
      ['route', 'gather'].includes(definition.name.value),
  );
}

/**
 * Reads `@route` and `@gather` from a contract that many partners serve.
 * @throws {@link FanOutRuleError} if one partner would respond for all, or if a rule refers to
 * something unknown
 */
export function readFanOutRules(
  contractSdl: string,
  partners: readonly string[],
  contributors = partners,
): FanOutRules {
  const schema = buildASTSchema(parse(contractSdl), { assumeValid: true, assumeValidSDL: true });
  return new RuleReader(schema, partners, contributors).read();
}

class RuleReader {
  readonly #failures: string[] = [];
  readonly #routedFields = new Map<string, RouteRule>();
  readonly #gatheredFields = new Map<string, GatherRule>();
  readonly #routedTypes = new Map<string, RouteRule>();

  constructor(
    readonly schema: GraphQLSchema,
    readonly partners: readonly string[],
    readonly contributors: readonly string[],
  ) {}

  read(): FanOutRules {
    for (const root of [this.schema.getQueryType(), this.schema.getMutationType()]) {
      if (root)
        for (const field of Object.values(root.getFields())) this.#readRootField(root, field);
    }
    for (const type of Object.values(this.schema.getTypeMap())) {
      if (isObjectType(type) && !this.#isRoot(type)) this.#readType(type);
    }
    this.#refuseHiddenGathers();
    if (this.#failures.length > 0) throw new FanOutRuleError(this.#failures.join('\n'));
    return {
      partners: this.partners,
      contributors: this.contributors,
      routedFields: this.#routedFields,
      gatheredFields: this.#gatheredFields,
      routedTypes: this.#routedTypes,
    };
  }

  #isRoot(type: GraphQLObjectType): boolean {
    return type === this.schema.getQueryType() || type === this.schema.getMutationType();
  }

  #readRootField(root: GraphQLObjectType, field: GraphQLField<unknown, unknown>): void {
    const coordinate = `${root.name}.${field.name}`;
    const route = readDirective(field, 'route');
    const gather = readDirective(field, 'gather');
    if (route && !gather) {
      const rule = this.#routeByArgument(coordinate, field, String(route.by));
      if (rule) this.#routedFields.set(coordinate, rule);
    } else if (gather && !route) {
      if (root === this.schema.getMutationType()) {
        this.#failures.push(`${coordinate}: a mutation goes to one partner and is never gathered.`);
        return;
      }
      this.#readGather(coordinate, field, gather);
    } else {
      this.#failures.push(`${coordinate}: a root field needs @route or @gather, and not both.`);
    }
  }

  #readType(type: GraphQLObjectType): void {
    const route = readDirective(type, 'route');
    const gathered = Object.values(type.getFields()).filter((field) =>
      readDirective(field, 'gather'),
    );
    for (const field of gathered) {
      if (classifyMerge(field.type) === 'connection') {
        this.#failures.push(
          `${type.name}.${field.name}: a connection is gathered on a root field only.`,
        );
      }
      this.#readGather(`${type.name}.${field.name}`, field, readDirective(field, 'gather') ?? {});
    }
    if (route) {
      const by = String(route.by);
      const field = type.getFields()[by];
      if (!field) this.#failures.push(`${type.name}: @route names ${by}, which does not exist.`);
      else if (gathered.length > 0)
        this.#failures.push(`${type.name}: a routed entity must not have gathered fields.`);
      else this.#routedTypes.set(type.name, { by: [by], scalar: getNamedType(field.type).name });
    } else if (gathered.length === 0 && this.#isResolvableEntity(type)) {
      this.#failures.push(`${type.name}: an entity needs @route, or fields with @gather.`);
    }
  }

  #isResolvableEntity(type: GraphQLObjectType): boolean {
    const key = readDirective(type, 'key');
    return key !== undefined && key.resolvable !== false;
  }

  #routeByArgument(
    coordinate: string,
    field: GraphQLField<unknown, unknown>,
    path: string,
  ): RouteRule | undefined {
    const [argumentName = '', ...rest] = path.split('.');
    let type = field.args.find(({ name }) => name === argumentName)?.type;
    for (const name of rest) {
      const input = type && getNamedType(type);
      const isValue = isEnumType(input) && input.getValue(name);
      type = isInputObjectType(input) ? input.getFields()[name]?.type : isValue ? input : undefined;
    }
    if (type) return { by: path.split('.'), scalar: getNamedType(type).name };
    this.#failures.push(`${coordinate}: there is no argument ${path}.`);
    return undefined;
  }

  #readGather(
    coordinate: string,
    field: GraphQLField<unknown, unknown>,
    gather: Record<string, unknown>,
  ): void {
    const orderBy = asList(gather.orderBy);
    const narrowBy = asList(gather.narrowBy).flatMap(
      (path) => this.#routeByArgument(coordinate, field, path) ?? [],
    );
    const ownerOnly = asList(gather.ownerOnly).flatMap((path) => {
      const argument = this.#routeByArgument(coordinate, field, path);
      return argument ? [argument.by] : [];
    });
    if (ownerOnly.length > 0 && narrowBy.length === 0)
      this.#failures.push(`${coordinate}: @gather with ownerOnly needs narrowBy.`);
    const mergeKind = classifyMerge(field.type);
    if (!mergeKind) {
      this.#failures.push(`${coordinate}: only a list, a connection or an Int can be gathered.`);
      return;
    }
    if (isNonNullType(field.type)) {
      this.#failures.push(
        `${coordinate}: a gathered field must be nullable, because its partners may be unavailable.`,
      );
    }
    if (mergeKind !== 'sum') this.#checkOrder(coordinate, field.type, mergeKind, orderBy);
    const orders = new Map<string, GatherOrder>();
    for (const named of Array.isArray(gather.orders) ? gather.orders : []) {
      const [name = '', ...keys] = asList(named);
      const isOwnerOnly = ownerOnly.some((by) => by.join('.') === `orderBy.${name}`);
      if (mergeKind === 'connection') this.#checkOrder(coordinate, field.type, mergeKind, keys);
      orders.set(name, { keys, isOwnerOnly });
    }
    this.#checkOrders(coordinate, field, orders);
    this.#gatheredFields.set(coordinate, { mergeKind, orderBy, narrowBy, ownerOnly, orders });
  }

  /** The hub must know the keys of every order that a client may choose. */
  #checkOrders(
    coordinate: string,
    { args }: GraphQLField<unknown, unknown>,
    orders: ReadonlyMap<string, GatherOrder>,
  ): void {
    const { type, defaultValue } = args.find(({ name }) => name === 'orderBy') ?? {};
    const names = isEnumType(type) ? type.getValues().map(({ name }) => name) : [];
    const chosen = names.filter((name) => name !== defaultValue);
    if (chosen.join() !== [...orders.keys()].join())
      this.#failures.push(
        `${coordinate}: @gather(orders:) must have the keys of the orders ${chosen.join(', ')}.`,
      );
  }

  #checkOrder(
    coordinate: string,
    type: GraphQLOutputType,
    mergeKind: Exclude<MergeKind, 'sum'>,
    orderBy: readonly string[],
  ): void {
    const item = mergeKind === 'list' ? getNamedType(type) : connectionNode(type);
    if (orderBy.length === 0) this.#failures.push(`${coordinate}: @gather needs orderBy.`);
    if (!isObjectType(item) && !isInterfaceType(item)) return;
    const unknown = orderBy.find((key) => !item.getFields()[key]);
    if (unknown)
      this.#failures.push(
        `${coordinate}: @gather is ordered by ${unknown}, which ${item.name} does not have.`,
      );
  }

  /**
   * If another field led to a type with gathered fields, one partner would respond for all of them.
   */
  #refuseHiddenGathers(): void {
    const gathering = new Set(
      [...this.#gatheredFields.keys()].map((coordinate) => coordinate.split('.')[0]),
    );
    for (const type of Object.values(this.schema.getTypeMap())) {
      if (!isObjectType(type) && !isInterfaceType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        for (const target of this.#objectsBehind(field.type)) {
          if (!gathering.has(target.name) || this.#isRoot(target)) continue;
          this.#failures.push(
            `${type.name}.${field.name}: leads to ${target.name}, whose gathered fields can only be fetched through _entities.`,
          );
        }
      }
    }
  }

  #objectsBehind(fieldType: GraphQLOutputType): readonly GraphQLObjectType[] {
    const type = getNamedType(fieldType);
    if (isObjectType(type)) return [type];
    return isCompositeType(type) ? this.schema.getPossibleTypes(type) : [];
  }
}
