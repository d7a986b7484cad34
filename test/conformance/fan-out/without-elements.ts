import { Kind, parse, print, visit, type ASTNode, type DocumentNode } from 'graphql';

/** A schema without some of its elements, as a server of an earlier version has it. */
export function withoutElements(sdl: string, coordinates: ReadonlySet<string> = new Set()): string {
  if (coordinates.size === 0) return sdl;
  const nameOf = (node: ASTNode | readonly ASTNode[] | undefined): string =>
    node && 'name' in node && node.name ? node.name.value : '';
  const document: DocumentNode = visit(parse(sdl), {
    enter(node, _key, _parent, _path, ancestors) {
      const [type, field] = ancestors.filter((one) => 'kind' in one && one.kind !== Kind.DOCUMENT);
      const isArgument = field !== undefined && node.kind === Kind.INPUT_VALUE_DEFINITION;
      const isPart =
        node.kind === Kind.FIELD_DEFINITION ||
        node.kind === Kind.INPUT_VALUE_DEFINITION ||
        node.kind === Kind.ENUM_VALUE_DEFINITION;
      const coordinate = isArgument
        ? `${nameOf(type)}.${nameOf(field)}(${nameOf(node)}:)`
        : isPart
          ? `${nameOf(type)}.${nameOf(node)}`
          : node.kind === Kind.OBJECT_TYPE_DEFINITION
            ? node.name.value
            : '';
      return coordinates.has(coordinate) ? null : undefined;
    },
  });
  return print(document);
}
