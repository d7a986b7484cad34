import { Kind, type DocumentNode } from 'graphql';
import type { Fragments } from './collect-fields.js';

/** The fragments of a document by name. */
export const readFragments = ({ definitions }: DocumentNode): Fragments =>
  new Map(
    definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  );
