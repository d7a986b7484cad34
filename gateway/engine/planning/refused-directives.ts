import { Kind, parse, type ConstDirectiveNode, type DocumentNode } from 'graphql';
import { isTypeNode, readArgument } from './supergraph-directives.js';

/** A supergraph that the hub must not serve: it would ignore a part of what its owner decided. */
export class RefusedSupergraph extends Error {
  override readonly name = 'RefusedSupergraph';
}

/** What each specification brings that changes what is served, and that nobody honours here. */
const refused: Readonly<Record<string, string>> = {
  cost: '`@cost` and `@listSize`, which limit operations',
  source: '`@source`, which says where data comes from',
  connect: '`@connect`, which says where data comes from',
  authenticated: '`@authenticated`, which protects fields',
  requiresScopes: '`@requiresScopes`, which protects fields',
  policy: '`@policy`, which protects fields',
};

/**
 * Refuses a foreign supergraph whose directives change what is served, where the hub does not
 * honour them. Other directives only describe.
 * @throws {@link RefusedSupergraph} with the directive and where it stands
 */
export function refuseDirectives(supergraphSdl: string): void {
  const document = parse(supergraphSdl, { noLocation: true });
  const found = [...new Set([...findFeatures(document), ...findLabels(document)])];
  if (found.length === 0) return;
  throw new RefusedSupergraph(
    `The hub cannot serve this supergraph. It does not honour ${found.join(', ')}. Remove them from the subgraphs, and compose again.`,
  );
}

/** The refused specifications that the supergraph links. */
const findFeatures = ({ definitions }: DocumentNode): string[] =>
  definitions.flatMap((node) => {
    if (node.kind !== Kind.SCHEMA_DEFINITION && node.kind !== Kind.SCHEMA_EXTENSION) return [];
    return (node.directives ?? []).filter(isLink).flatMap((link) => {
      const [, name = ''] =
        /\/([^/]+)\/v\d+\.\d+\/?$/.exec(String(readArgument(link, 'url'))) ?? [];
      return Object.hasOwn(refused, name) ? [refused[name] ?? ''] : [];
    });
  });

const isLink = ({ name }: ConstDirectiveNode): boolean => name.value === 'link';

/** The fields that move to another subgraph for some requests only. */
const findLabels = ({ definitions }: DocumentNode): string[] =>
  definitions.filter(isTypeNode).flatMap((type) =>
    (type.fields ?? []).flatMap(({ name, directives = [] }) =>
      directives
        .filter((directive) => directive.name.value === 'join__field')
        .map((directive) => readArgument(directive, 'overrideLabel'))
        .filter((label) => label !== undefined)
        .map((label) => `\`@override(label: "${label}")\` of ${type.name.value}.${name.value}`),
    ),
  );
