import {
  buildASTSchema,
  getNamedType,
  isCompositeType,
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
import { classifyJoin, connectionNode, type JoinKind } from './merge-kind.js';

/** `@route(by:)`: one partner answers, the one that the value at this path belongs to. */
export interface RouteRule {
  readonly by: readonly string[];
  /** The scalar at the path: how its values name their owner. */
  readonly scalar: string;
}

/** `@gather`: every partner answers, and the answers are joined. */
export interface GatherRule {
  readonly join: JoinKind;
  /** The sort keys of a list’s items or a connection’s nodes; the last one is unique. */
  readonly orderBy: readonly string[];
  readonly narrowBy: readonly RouteRule[];
}

/** How one schema is spread over many partners, by schema coordinate (`Query.officers`) and by entity type. */
export interface SpreadRules {
  readonly partners: readonly string[];
  readonly routedFields: ReadonlyMap<string, RouteRule>;
  readonly gatheredFields: ReadonlyMap<string, GatherRule>;
  readonly routedTypes: ReadonlyMap<string, RouteRule>;
}

/** A contract that the hub cannot spread without losing rows; the message lists every fault. */
export class SpreadRuleError extends Error {
  override readonly name = 'SpreadRuleError';
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

/** True for a contract that says how it is spread, however many partners serve it at present. */
export function isSpread(contractSdl: string): boolean {
  return parse(contractSdl).definitions.some(
    (definition) =>
      definition.kind === Kind.DIRECTIVE_DEFINITION &&
      ['route', 'gather'].includes(definition.name.value),
  );
}

/**
 * Reads `@route` and `@gather` from a contract whose schema many partners serve.
 * @throws {@link SpreadRuleError} where a field could be answered by one partner for all, or where a rule leads nowhere.
 */
export function readSpreadRules(contractSdl: string, partners: readonly string[]): SpreadRules {
  const schema = buildASTSchema(parse(contractSdl), { assumeValid: true, assumeValidSDL: true });
  return new RuleReader(schema, partners).read();
}

class RuleReader {
  readonly #faults: string[] = [];
  readonly #routedFields = new Map<string, RouteRule>();
  readonly #gatheredFields = new Map<string, GatherRule>();
  readonly #routedTypes = new Map<string, RouteRule>();

  constructor(
    readonly schema: GraphQLSchema,
    readonly partners: readonly string[],
  ) {}

  read(): SpreadRules {
    for (const root of [this.schema.getQueryType(), this.schema.getMutationType()]) {
      if (root)
        for (const field of Object.values(root.getFields())) this.#readRootField(root, field);
    }
    for (const type of Object.values(this.schema.getTypeMap())) {
      if (isObjectType(type) && !this.#isRoot(type)) this.#readType(type);
    }
    this.#refuseHiddenGathers();
    if (this.#faults.length > 0) throw new SpreadRuleError(this.#faults.join('\n'));
    return {
      partners: this.partners,
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
        this.#faults.push(`${coordinate}: a mutation goes to one partner and is never gathered.`);
        return;
      }
      this.#readGather(coordinate, field, gather);
    } else {
      this.#faults.push(`${coordinate}: a root field needs @route or @gather, and not both.`);
    }
  }

  #readType(type: GraphQLObjectType): void {
    const route = readDirective(type, 'route');
    const gathered = Object.values(type.getFields()).filter((field) =>
      readDirective(field, 'gather'),
    );
    for (const field of gathered) {
      if (classifyJoin(field.type) === 'connection') {
        this.#faults.push(
          `${type.name}.${field.name}: a connection is gathered on a root field only.`,
        );
      }
      this.#readGather(`${type.name}.${field.name}`, field, readDirective(field, 'gather') ?? {});
    }
    if (route) {
      const by = String(route.by);
      const field = type.getFields()[by];
      if (!field) this.#faults.push(`${type.name}: @route names ${by}, which it has not.`);
      else if (gathered.length > 0)
        this.#faults.push(`${type.name}: is routed, and yet has gathered fields.`);
      else this.#routedTypes.set(type.name, { by: [by], scalar: getNamedType(field.type).name });
    } else if (gathered.length === 0 && this.#isResolvableEntity(type)) {
      this.#faults.push(`${type.name}: an entity needs @route, or fields with @gather.`);
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
      type = isInputObjectType(input) ? input.getFields()[name]?.type : undefined;
    }
    if (type) return { by: path.split('.'), scalar: getNamedType(type).name };
    this.#faults.push(`${coordinate}: there is no argument ${path}.`);
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
    const join = classifyJoin(field.type);
    if (!join) {
      this.#faults.push(`${coordinate}: only a list, a connection or an Int can be gathered.`);
      return;
    }
    if (isNonNullType(field.type)) {
      this.#faults.push(
        `${coordinate}: a gathered field is nullable, since its partners may be away.`,
      );
    }
    if (join !== 'sum') this.#checkOrder(coordinate, field.type, join, orderBy);
    this.#gatheredFields.set(coordinate, { join, orderBy, narrowBy });
  }

  #checkOrder(
    coordinate: string,
    type: GraphQLOutputType,
    join: Exclude<JoinKind, 'sum'>,
    orderBy: readonly string[],
  ): void {
    const item = join === 'list' ? getNamedType(type) : connectionNode(type);
    if (orderBy.length === 0) this.#faults.push(`${coordinate}: @gather needs orderBy.`);
    if (!isObjectType(item) && !isInterfaceType(item)) return;
    const unknown = orderBy.find((key) => !item.getFields()[key]);
    if (unknown)
      this.#faults.push(
        `${coordinate}: @gather is ordered by ${unknown}, which ${item.name} has not.`,
      );
  }

  /** Where a type with gathered fields could be reached through another field, one partner alone would answer for all. */
  #refuseHiddenGathers(): void {
    const gathering = new Set(
      [...this.#gatheredFields.keys()].map((coordinate) => coordinate.split('.')[0]),
    );
    for (const type of Object.values(this.schema.getTypeMap())) {
      if (!isObjectType(type) && !isInterfaceType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        for (const reached of this.#objectsBehind(field.type)) {
          if (!gathering.has(reached.name) || this.#isRoot(reached)) continue;
          this.#faults.push(
            `${type.name}.${field.name}: leads to ${reached.name}, whose gathered fields are reached through _entities only.`,
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
