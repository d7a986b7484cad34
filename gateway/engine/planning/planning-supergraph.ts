import {
  Kind,
  parse,
  print,
  visit,
  type ArgumentNode,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type FieldNode,
  type SelectionSetNode,
  type TypeNode as TypeReferenceNode,
} from 'graphql';
import { parseFieldSet } from '../documents/field-set.js';
import {
  isTypeNode,
  readArgument,
  readSubgraphNames,
  readTypes,
  withArgument,
  type TypeNode,
} from './supergraph-directives.js';

/**
 * A field with arguments in a `@requires`. In the planner’s supergraph it has another name and no
 * arguments.
 */
interface StandIn {
  readonly name: string;
  readonly arguments: readonly ArgumentNode[];
}

/** A stand-in, and the names of the fields from the entity to it. */
export interface RequiredStandIn {
  readonly path: readonly string[];
  readonly standIn: string;
}

/** The supergraph for the planner. */
export interface PlanningSupergraph {
  readonly sdl: string;
  readonly standIns: ReadonlyMap<string, StandIn>;
  /** The stand-ins that a field of a subgraph requires. */
  requiredBy(subgraph: string, type: string, field: string): readonly RequiredStandIn[];
}

/**
 * Changes a supergraph so that the planner makes correct plans of it.
 *
 * - The planner identifies fields by their response name. If two `@requires` select one field with
 * different arguments, it takes them for the same. So each such field gets a stand-in without
 * arguments, with a name of its own, which clients cannot see. `mend-plan.ts` puts the field back
 * into the plan.
 * - The planner returns to a subgraph by the first key of an entity, even if that key is not
 * resolvable. So the resolvable keys come first.
 */
export function writePlanningSupergraph(supergraphSdl: string): PlanningSupergraph {
  const document = parse(supergraphSdl, { noLocation: true });
  const writer = new StandInWriter(document);
  const written = writer.write();
  let isOrdered = true;
  const definitions = written.definitions.map((node) => {
    const ordered = isTypeNode(node) ? orderKeys(node) : node;
    if (ordered !== node) isOrdered = false;
    return ordered;
  });
  const isSame = isOrdered && writer.standIns.size === 0;
  return {
    sdl: isSame ? supergraphSdl : print({ ...document, definitions }),
    standIns: writer.standIns,
    requiredBy: (subgraph, type, field) =>
      writer.required.get(`${subgraph} ${type}.${field}`) ?? [],
  };
}

/** The type with its resolvable keys first. Returns the same object if they already are. */
function orderKeys<Type extends TypeNode>(type: Type): Type {
  const isLast = (directive: ConstDirectiveNode) => readArgument(directive, 'resolvable') === false;
  const { directives = [] } = type;
  const first = directives.findIndex(isLast);
  if (first < 0 || directives.slice(first).every(isLast)) return type;
  const resolvable = directives.filter((directive) => !isLast(directive));
  return { ...type, directives: [...resolvable, ...directives.filter(isLast)] };
}

/** Names with this prefix are hidden from clients, also in error paths. */
const standInPrefix = 'hub__required';

class StandInWriter {
  readonly standIns = new Map<string, StandIn>();
  /** By subgraph and coordinate. */
  readonly required = new Map<string, RequiredStandIn[]>();
  readonly #types: ReadonlyMap<string, TypeNode>;
  readonly #subgraphs: ReadonlyMap<unknown, string>;
  /**
   * The names of fields that some `@requires` selects with arguments. Another may select them
   * without.
   */
  readonly #withArguments: ReadonlySet<string>;
  readonly #nameOf = new Map<string, string>();
  /** The stand-ins of each type. */
  readonly #added = new Map<string, Set<string>>();

  constructor(readonly document: DocumentNode) {
    this.#types = readTypes(document);
    this.#subgraphs = readSubgraphNames(document);
    this.#withArguments = findWithArguments(this.#types.values());
  }

  write(): DocumentNode {
    const { definitions } = this.document;
    const written = definitions.map((node) =>
      isTypeNode(node) ? this.#writeRequires(node) : node,
    );
    if (this.standIns.size === 0) return { ...this.document, definitions: written };
    const { hidden, document } = withHidden({ ...this.document, definitions: written });
    const whole = document.definitions.map((node) =>
      isTypeNode(node) ? this.#addFields(node, hidden) : node,
    );
    return { ...document, definitions: whole };
  }

  #writeRequires(type: TypeNode): TypeNode {
    const fields = type.fields?.map((field): FieldDefinitionNode => {
      const coordinate = `${type.name.value}.${field.name.value}`;
      const directives = field.directives?.map((directive) => {
        const fieldSet = readRequires(directive);
        if (!fieldSet) return directive;
        const found: RequiredStandIn[] = [];
        const set = this.#writeSet(fieldSet, type.name.value, [], found);
        if (found.length === 0) return directive;
        const subgraph = this.#subgraphs.get(readArgument(directive, 'graph'));
        this.required.set(`${subgraph} ${coordinate}`, found);
        return withArgument(directive, 'requires', print(set).slice(1, -1));
      });
      return { ...field, directives };
    });
    return { ...type, fields };
  }

  #writeSet(
    set: SelectionSetNode,
    type: string,
    path: readonly string[],
    found: RequiredStandIn[],
  ): SelectionSetNode {
    const selections = set.selections.map((selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return selection;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const inner = selection.typeCondition?.name.value ?? type;
        const selectionSet = this.#writeSet(selection.selectionSet, inner, path, found);
        return { ...selection, selectionSet };
      }
      const here = [...path, selection.name.value];
      const inner = this.#typeOf(type, selection.name.value);
      const selectionSet =
        selection.selectionSet && this.#writeSet(selection.selectionSet, inner, here, found);
      if (!this.#withArguments.has(selection.name.value)) return { ...selection, selectionSet };
      const standIn = this.#findStandIn(type, selection);
      found.push({ path: here, standIn });
      const name = { kind: Kind.NAME as const, value: standIn };
      return { kind: Kind.FIELD as const, name, selectionSet };
    });
    return { ...set, selections };
  }

  #typeOf(type: string, field: string): string {
    const definition = this.#types.get(type)?.fields?.find(({ name }) => name.value === field);
    return definition ? nameOfType(definition.type) : '';
  }

  /** Fields with the same name and arguments share one stand-in, whatever their types are. */
  #findStandIn(type: string, { name, arguments: args = [] }: FieldNode): string {
    const text = print({ kind: Kind.FIELD, name, arguments: args });
    const standIn = this.#nameOf.get(text) ?? `${standInPrefix}${this.#nameOf.size}_${name.value}`;
    this.#nameOf.set(text, standIn);
    this.standIns.set(standIn, { name: name.value, arguments: args });
    for (const { name: other, interfaces = [] } of this.#types.values()) {
      const isImplementation = interfaces.some(({ name: { value } }) => value === type);
      if (other.value !== type && !isImplementation) continue;
      const added = this.#added.get(other.value) ?? new Set();
      this.#added.set(other.value, added.add(standIn));
    }
    return standIn;
  }

  #addFields(type: TypeNode, hidden: ConstDirectiveNode): TypeNode {
    const added = [...(this.#added.get(type.name.value) ?? [])];
    const fields = added.flatMap((standIn): FieldDefinitionNode[] => {
      const { name } = this.standIns.get(standIn) ?? {};
      const original = type.fields?.find((field) => field.name.value === name);
      if (!original) return [];
      const directives = [
        ...(original.directives ?? []).filter(({ name: { value } }) => value !== hidden.name.value),
        hidden,
      ];
      return [
        { ...original, name: { kind: Kind.NAME, value: standIn }, arguments: [], directives },
      ];
    });
    return { ...type, fields: [...(type.fields ?? []), ...fields] };
  }
}

const inaccessible = 'https://specs.apollo.dev/inaccessible/v0.2';

/** The directive that hides a field from clients, and the supergraph with its definition. */
function withHidden(document: DocumentNode): {
  readonly hidden: ConstDirectiveNode;
  readonly document: DocumentNode;
} {
  const links = document.definitions.flatMap((node) =>
    node.kind === Kind.SCHEMA_DEFINITION ? (node.directives ?? []) : [],
  );
  const link = links.find((directive) => readArgument(directive, 'url') === inaccessible);
  const name = String((link && readArgument(link, 'as')) ?? 'inaccessible');
  const hidden = { kind: Kind.DIRECTIVE as const, name: { kind: Kind.NAME as const, value: name } };
  if (link) return { hidden, document };
  const { definitions: added } = parse(
    `extend schema @link(url: "${inaccessible}", for: SECURITY)
    directive @inaccessible on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION
      | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION`,
    { noLocation: true },
  );
  return { hidden, document: { ...document, definitions: [...document.definitions, ...added] } };
}

const readRequires = (directive: ConstDirectiveNode): SelectionSetNode | undefined => {
  const fieldSet = readArgument(directive, 'requires');
  return typeof fieldSet === 'string' ? parseFieldSet(fieldSet) : undefined;
};

function findWithArguments(types: Iterable<TypeNode>): Set<string> {
  const names = new Set<string>();
  for (const { fields = [] } of types)
    for (const directive of fields.flatMap(({ directives = [] }) => directives)) {
      const set = readRequires(directive);
      if (!set) continue;
      visit(set, {
        Field({ name, arguments: args }) {
          if (args?.length) names.add(name.value);
        },
      });
    }
  return names;
}

const nameOfType = (type: TypeReferenceNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : nameOfType(type.type);
