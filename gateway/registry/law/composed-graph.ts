import {
  isTypeDefinitionNode,
  Kind,
  parse,
  print,
  type ConstDirectiveNode,
  type EnumTypeDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type TypeDefinitionNode,
} from 'graphql';
import { readArguments, readLinks, type Feature, type NameDirective } from './read-links.js';

/** What one subgraph says of a field, after composition. */
export interface FieldPart {
  readonly graph: string;
  readonly external: boolean;
  readonly requires?: string;
  readonly provides?: string;
  /** The subgraph from which it takes the field over. */
  readonly override?: string;
  /** True if it gets the values of arguments from fields of other types. */
  readonly hasContext: boolean;
}

export interface ComposedField {
  readonly coordinate: string;
  readonly type: string;
  /** The name of its type, without lists. */
  readonly leadsTo: string;
  /** Each argument with its type and default, by name. */
  readonly args: ReadonlyMap<string, string>;
  readonly parts: readonly FieldPart[];
}

/** What one subgraph says of a type, after composition. */
interface TypePart {
  readonly graph: string;
  readonly key?: string;
  readonly isInterfaceObject: boolean;
}

export interface ComposedType {
  readonly name: string;
  readonly kind: Kind;
  readonly parts: readonly TypePart[];
  readonly fields: ReadonlyMap<string, ComposedField>;
  /** For each enum value, the subgraphs that have it. */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

/** A directive of a specification on an element. */
export interface Mark {
  /** The schema coordinate: `Group.title`. */
  readonly element: string;
  /** As its specification calls it, without `@`. */
  readonly directive: string;
}

/** A supergraph, as the ownership law sees it. */
export interface ComposedGraph {
  readonly types: ReadonlyMap<string, ComposedType>;
  readonly marks: readonly Mark[];
  readonly features: readonly Feature[];
}

interface JoinField {
  readonly graph?: string;
  readonly external?: boolean;
  readonly requires?: string;
  readonly provides?: string;
  readonly override?: string;
  readonly contextArguments?: readonly unknown[];
}

interface JoinType {
  readonly graph: string;
  readonly key?: string;
  readonly isInterfaceObject?: boolean;
}

const findAll = (directives: readonly ConstDirectiveNode[] = [], name: string) =>
  directives.filter((directive) => directive.name.value === name);

const leadsTo = (type: string): string => type.replace(/[[\]!]/g, '');

type FieldNode = FieldDefinitionNode | InputValueDefinitionNode;

/** A field that no subgraph is named for belongs to all subgraphs of its type. */
function readFieldParts(
  { directives }: FieldNode,
  graphs: readonly string[],
  nameOf: (graph: string) => string,
): FieldPart[] {
  const joins = findAll(directives, 'join__field').map((one) => readArguments<JoinField>(one));
  if (joins.length === 0) {
    return graphs.map((graph) => ({ graph, external: false, hasContext: false }));
  }
  return joins.map(({ graph = '', external = false, contextArguments = [], ...join }) => ({
    graph: nameOf(graph),
    external,
    ...(join.requires !== undefined && { requires: join.requires }),
    ...(join.provides !== undefined && { provides: join.provides }),
    ...(join.override !== undefined && { override: join.override }),
    hasContext: contextArguments.length > 0,
  }));
}

const printArgument = ({ type, defaultValue }: InputValueDefinitionNode): string =>
  print(type) + (defaultValue ? ` = ${print(defaultValue)}` : '');

function readType(node: TypeDefinitionNode, nameOf: (graph: string) => string): ComposedType {
  const name = node.name.value;
  const parts = findAll(node.directives, 'join__type').map((directive): TypePart => {
    const { graph, key, isInterfaceObject = false } = readArguments<JoinType>(directive);
    return { graph: nameOf(graph), ...(key !== undefined && { key }), isInterfaceObject };
  });
  const graphs = [...new Set(parts.map(({ graph }) => graph))];
  const fields = 'fields' in node ? ((node.fields ?? []) as readonly FieldNode[]) : [];
  return {
    name,
    kind: node.kind,
    parts,
    fields: new Map(
      fields.map((field) => [
        field.name.value,
        {
          coordinate: `${name}.${field.name.value}`,
          type: print(field.type),
          leadsTo: leadsTo(print(field.type)),
          args: new Map(
            ('arguments' in field ? (field.arguments ?? []) : []).map((argument) => [
              argument.name.value,
              printArgument(argument),
            ]),
          ),
          parts: readFieldParts(field, graphs, nameOf),
        },
      ]),
    ),
    values: node.kind === Kind.ENUM_TYPE_DEFINITION ? readValues(node, nameOf) : new Map(),
  };
}

const readValues = (
  { values = [] }: EnumTypeDefinitionNode,
  nameOf: (graph: string) => string,
): ReadonlyMap<string, readonly string[]> =>
  new Map(
    values.map(({ name, directives }) => [
      name.value,
      findAll(directives, 'join__enumValue').map((one) =>
        nameOf(readArguments<{ graph: string }>(one).graph),
      ),
    ]),
  );

/** The directives of specifications on a type and all that is in it. */
function readMarks(node: TypeDefinitionNode, nameDirective: NameDirective): Mark[] {
  const marks: Mark[] = [];
  const add = (element: string, directives: readonly ConstDirectiveNode[] = []) => {
    for (const { name } of directives) {
      if (!name.value.startsWith('join__')) {
        marks.push({ element, directive: nameDirective(name.value) });
      }
    }
  };
  const type = node.name.value;
  add(type, node.directives);
  for (const field of 'fields' in node ? ((node.fields ?? []) as readonly FieldNode[]) : []) {
    const coordinate = `${type}.${field.name.value}`;
    add(coordinate, field.directives);
    for (const argument of 'arguments' in field ? (field.arguments ?? []) : []) {
      add(`${coordinate}(${argument.name.value}:)`, argument.directives);
    }
  }
  for (const value of 'values' in node ? (node.values ?? []) : []) {
    add(`${type}.${value.name.value}`, value.directives);
  }
  return marks;
}

/** The subgraph that each value of `join__Graph` stands for. */
function readGraphNames(nodes: readonly TypeDefinitionNode[]): ReadonlyMap<string, string> {
  const node = nodes.find(({ name }) => name.value === 'join__Graph');
  const values = node?.kind === Kind.ENUM_TYPE_DEFINITION ? (node.values ?? []) : [];
  return new Map(
    values.flatMap(({ name, directives }) =>
      findAll(directives, 'join__graph').map(
        (one) => [name.value, readArguments<{ name: string }>(one).name] as const,
      ),
    ),
  );
}

/** Reads what composition decided: which subgraph has which part of each element. */
export function readComposedGraph(supergraphSdl: string): ComposedGraph {
  const document = parse(supergraphSdl, { noLocation: true });
  const nodes = document.definitions.filter(isTypeDefinitionNode);
  const { features, nameDirective } = readLinks(document);
  const names = readGraphNames(nodes);
  const nameOf = (graph: string) => names.get(graph) ?? graph;
  const own = nodes.filter(({ name }) => !/^(?:join|link)__/.test(name.value));
  return {
    types: new Map(own.map((node) => [node.name.value, readType(node, nameOf)])),
    marks: own.flatMap((node) => readMarks(node, nameDirective)),
    features,
  };
}
