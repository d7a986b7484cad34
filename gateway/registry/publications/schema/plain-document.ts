import {
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
  OperationTypeNode,
  print,
  visit,
  type ConstDirectiveNode,
  type DocumentNode,
  type NameNode,
  type TypeDefinitionNode,
  type TypeExtensionNode,
} from 'graphql';
import { readLinks } from '../../law/read-links.js';

/** The directives of federation, which the law judges. */
const federationDirectives: readonly string[] = [
  'key',
  'external',
  'requires',
  'provides',
  'shareable',
  'inaccessible',
  'override',
  'tag',
  'interfaceObject',
  'authenticated',
  'requiresScopes',
  'policy',
  'context',
  'fromContext',
  'cost',
  'listSize',
];

const knownDirectives = new Set([...federationDirectives, 'deprecated', 'specifiedBy', 'oneOf']);

/** A type of a schema, with all its extensions in it. */
export type PlainType = TypeDefinitionNode;

/** A subgraph’s schema with every directive and root type under its own name. */
export type PlainDocument = ReadonlyMap<string, PlainType>;

const rootNames: Readonly<Record<OperationTypeNode, string>> = {
  [OperationTypeNode.QUERY]: 'Query',
  [OperationTypeNode.MUTATION]: 'Mutation',
  [OperationTypeNode.SUBSCRIPTION]: 'Subscription',
};

/** The own name of each root type that the schema calls otherwise. */
function readRootNames({ definitions }: DocumentNode): ReadonlyMap<string, string> {
  return new Map(
    definitions.flatMap((node) =>
      node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION
        ? (node.operationTypes ?? []).map(
            ({ operation, type }) => [type.name.value, rootNames[operation]] as const,
          )
        : [],
    ),
  );
}

/** What a server adds by itself, and what federation specifications bring with them. */
const isOfFederation = (name: string): boolean =>
  /^(?:_Any|_Entity|_Service|FieldSet)$|__/.test(name);

/**
 * Reads the types of a subgraph’s schema: each once, with its extensions. Directives that the hub
 * does not know are left out, and renamed ones get their own names.
 */
export function readPlainDocument(document: DocumentNode): PlainDocument {
  const { nameDirective } = readLinks(document);
  const roots = readRootNames(document);
  const rename = (name: NameNode): NameNode => {
    const own = roots.get(name.value);
    return own === undefined ? name : { ...name, value: own };
  };
  const named = visit(document, {
    Directive: (node): ConstDirectiveNode | null => {
      const name = nameDirective(node.name.value);
      if (!knownDirectives.has(name)) return null;
      return { ...(node as ConstDirectiveNode), name: { ...node.name, value: name } };
    },
    NamedType: (node) => ({ ...node, name: rename(node.name) }),
    ObjectTypeDefinition: (node) => ({ ...node, name: rename(node.name) }),
    ObjectTypeExtension: (node) => ({ ...node, name: rename(node.name) }),
  });
  const types = new Map<string, PlainType>();
  for (const node of named.definitions) {
    if (!isTypeDefinitionNode(node) && !isTypeExtensionNode(node)) continue;
    const name = node.name.value;
    if (isOfFederation(name)) continue;
    types.set(name, mergeTypes(types.get(name), node));
  }
  return types;
}

const lists = ['directives', 'interfaces', 'fields', 'values', 'types'] as const;
type Lists = Partial<Record<(typeof lists)[number], readonly unknown[]>>;

/** One definition with the members of both. The first that was written decides the kind. */
function mergeTypes(
  known: PlainType | undefined,
  node: TypeDefinitionNode | TypeExtensionNode,
): PlainType {
  const kind = node.kind.replace(/Extension$/, 'Definition');
  const first = (known ?? { ...node, kind }) as PlainType;
  if (!known) return first;
  const [one, other] = [known as Lists, node as Lists];
  const merged = lists.flatMap((list) => {
    const all = [...(one[list] ?? []), ...(other[list] ?? [])];
    return all.length > 0 ? [[list, all] as const] : [];
  });
  const description = 'description' in node ? node.description : undefined;
  return {
    ...first,
    ...(first.description ? {} : { description }),
    ...Object.fromEntries(merged),
  } as PlainType;
}

const ownLink = 'https://specs.apollo.dev/federation/v2.9';

/** Prints the types as a schema of their own. */
export function printPlain(types: PlainDocument): string {
  const imports = federationDirectives.map((name) => `"@${name}"`).join(', ');
  const link = `extend schema @link(url: "${ownLink}", import: [${imports}])`;
  return [link, ...[...types.values()].map(print)].join('\n\n');
}
