import { getNamedType, isSpecifiedScalarType, type GraphQLType } from 'graphql';
import { showInDocs, type DocsPlace } from './docs-place.ts';

/** Opens a page of the docs. A button: it leads to no other address. */
export function DocsLink({ place, children }: { place: DocsPlace; children: string }) {
  return (
    <button type="button" class="docs-link" onClick={() => showInDocs(place)}>
      {children}
    </button>
  );
}

/** A type as the schema writes it: `[Event!]!`, with a link to what it names. */
export function TypeLink({ type }: { type: GraphQLType }) {
  const named = getNamedType(type);
  const [before = '', after = ''] = String(type).split(named.name);
  return (
    <code>
      {before}
      {isSpecifiedScalarType(named) ? (
        named.name
      ) : (
        <DocsLink place={{ type: named.name }}>{named.name}</DocsLink>
      )}
      {after}
    </code>
  );
}
