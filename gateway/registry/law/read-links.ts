import {
  valueFromASTUntyped,
  type ConstDirectiveNode,
  type DocumentNode,
  type SchemaDefinitionNode,
  type SchemaExtensionNode,
} from 'graphql';

/** A specification that a supergraph uses: `tag`. */
export interface Feature {
  readonly name: string;
  readonly url: string;
}

interface Link {
  readonly url: string;
  readonly as?: string;
  readonly import?: readonly (string | { readonly name: string; readonly as?: string })[];
}

/** The arguments of a directive, by name. Enum values are their names. */
export function readArguments<Arguments>({ arguments: given = [] }: ConstDirectiveNode): Arguments {
  return Object.fromEntries(
    given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]),
  ) as Arguments;
}

const plain = (name: string): string => name.replace(/^@/, '');

/** `https://specs.apollo.dev/tag/v0.3` → `tag` */
const nameIn = (url: string): string => /([^/]+)\/v\d[^/]*\/?$/.exec(url)?.[1] ?? url;

/** Names a directive as its specification does, whatever the schema that imports it calls it. */
export type NameDirective = (name: string) => string;

/**
 * Reads the specifications that a supergraph uses. A schema may rename a directive or a whole
 * specification when it imports it (`@link(as:)`, `@link(import: [{ name, as }])`).
 */
export function readLinks({ definitions }: DocumentNode): {
  readonly features: readonly Feature[];
  readonly nameDirective: NameDirective;
} {
  const schemas = definitions.filter(
    (node): node is SchemaDefinitionNode | SchemaExtensionNode =>
      node.kind === 'SchemaDefinition' || node.kind === 'SchemaExtension',
  );
  const features: Feature[] = [];
  const names = new Map<string, string>();
  const prefixes = new Map<string, string>();
  for (const directive of schemas.flatMap((node) => node.directives ?? [])) {
    if (directive.name.value !== 'link') continue;
    const { url, as, import: imported = [] } = readArguments<Link>(directive);
    const name = nameIn(url);
    features.push({ name, url });
    names.set(as ?? name, name);
    prefixes.set(`${as ?? name}__`, name);
    for (const one of imported) {
      const { name: original, as: local = original } =
        typeof one === 'string' ? { name: one } : one;
      names.set(plain(local), plain(original));
    }
  }
  const nameDirective = (local: string): string => {
    const prefix = /^.+?__/.exec(local)?.[0] ?? '';
    const feature = prefixes.get(prefix);
    if (feature !== undefined && feature !== 'join') return local.slice(prefix.length);
    return names.get(local) ?? local;
  };
  return { features, nameDirective };
}
