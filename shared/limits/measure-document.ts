import {
  Kind,
  type DefinitionNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { OperationLimits } from './limits.js';
import { tooComplex } from './too-complex.js';

/** What a selection comes to with its fragments written out. Numbers that grow past counting are `Infinity`. */
interface Measure {
  readonly depth: number;
  /** Selection sets inside each other, those of fragments too. */
  readonly height: number;
  readonly aliases: number;
  readonly directives: number;
  readonly fields: number;
  /** Fields at the top. */
  readonly rootFields: number;
}

const nothing: Measure = {
  depth: 0,
  height: 0,
  aliases: 0,
  directives: 0,
  fields: 0,
  rootFields: 0,
};

const join = (one: Measure, other: Measure): Measure => ({
  depth: Math.max(one.depth, other.depth),
  height: Math.max(one.height, other.height),
  aliases: one.aliases + other.aliases,
  directives: one.directives + other.directives,
  fields: one.fields + other.fields,
  rootFields: one.rootFields + other.rootFields,
});

/** Measures each fragment once, however often and in whatever circle it is spread. */
class Measuring {
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #measured = new Map<string, Measure>();

  constructor(
    { definitions }: DocumentNode,
    private readonly nesting: number,
  ) {
    for (const definition of definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) {
        this.#fragments.set(definition.name.value, definition);
      }
    }
  }

  measureSet({ selections }: SelectionSetNode, level: number): Measure {
    // Fragments in a chain are not inside each other’s brackets, so that the scan of tokens has not bounded them.
    if (level > this.nesting) throw tooComplex('nesting', this.nesting);
    const measure = selections
      .map((selection) => this.#measureSelection(selection, level))
      .reduce(join, nothing);
    if (measure.height >= this.nesting) throw tooComplex('nesting', this.nesting);
    return { ...measure, height: measure.height + 1 };
  }

  #measureSelection(selection: SelectionNode, level: number): Measure {
    const directives = selection.directives?.length ?? 0;
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const measure = this.#measureFragment(selection.name.value, level);
      return { ...measure, directives: measure.directives + directives };
    }
    const inner = selection.selectionSet
      ? this.measureSet(selection.selectionSet, level + 1)
      : nothing;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      return { ...inner, directives: inner.directives + directives };
    }
    return {
      depth: inner.depth + 1,
      height: inner.height,
      aliases: inner.aliases + (selection.alias ? 1 : 0),
      directives: inner.directives + directives,
      fields: inner.fields + 1,
      rootFields: 1,
    };
  }

  #measureFragment(name: string, level: number): Measure {
    const known = this.#measured.get(name);
    if (known) return known;
    const fragment = this.#fragments.get(name);
    if (!fragment) return nothing;
    // Whoever comes back here while it is being measured goes in a circle, which validation refuses.
    this.#measured.set(name, nothing);
    const measure = this.measureSet(fragment.selectionSet, level + 1);
    this.#measured.set(name, measure);
    return measure;
  }
}

const countDirectives = (definition: DefinitionNode): number => {
  if (definition.kind !== Kind.OPERATION_DEFINITION) return definition.directives?.length ?? 0;
  const nodes = [definition, ...(definition.variableDefinitions ?? [])];
  return nodes.reduce((sum, { directives }) => sum + (directives?.length ?? 0), 0);
};

const compared = ['depth', 'aliases', 'rootFields', 'directives', 'fields'] as const;

/**
 * Holds each operation and each fragment of a document to the limits. Takes time by the length of the document, not of
 * what it would be with its fragments written out.
 * @throws HubError `QUERY_TOO_COMPLEX`
 */
export function checkDocument(document: DocumentNode, limits: OperationLimits): void {
  const measuring = new Measuring(document, limits.nesting);
  for (const definition of document.definitions) {
    const own = 'directives' in definition ? countDirectives(definition) : 0;
    const hasSelections =
      definition.kind === Kind.OPERATION_DEFINITION || definition.kind === Kind.FRAGMENT_DEFINITION;
    const measure = hasSelections ? measuring.measureSet(definition.selectionSet, 1) : nothing;
    const total = { ...measure, directives: measure.directives + own };
    for (const limit of compared) {
      const isRoot = definition.kind === Kind.OPERATION_DEFINITION;
      if (limit === 'rootFields' && !isRoot) continue;
      if (total[limit] > limits[limit]) throw tooComplex(limit, limits[limit]);
    }
  }
}
