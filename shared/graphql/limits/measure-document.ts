import {
  Kind,
  type DefinitionNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type NameNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { checkOperationName } from './check-text-lengths.js';
import { checkRepetitions } from './count-repetitions.js';
import type { OperationLimits } from './limits.js';
import { tooComplex } from './too-complex.js';

/**
 * The size of a selection with its fragments inlined. Numbers that are too large are `Infinity`.
 */
interface Measure {
  readonly depth: number;
  /** Nested selection sets, with those of fragments. */
  readonly height: number;
  readonly aliases: number;
  readonly directives: number;
  readonly fields: number;
  /** Of names, and of the literals in arguments. */
  readonly characters: number;
  /** Fields at the top. */
  readonly rootFields: number;
}

const nothing: Measure = {
  depth: 0,
  height: 0,
  aliases: 0,
  directives: 0,
  fields: 0,
  characters: 0,
  rootFields: 0,
};

const join = (one: Measure, other: Measure): Measure => ({
  depth: Math.max(one.depth, other.depth),
  height: Math.max(one.height, other.height),
  aliases: one.aliases + other.aliases,
  directives: one.directives + other.directives,
  fields: one.fields + other.fields,
  characters: one.characters + other.characters,
  rootFields: one.rootFields + other.rootFields,
});

function lengthOfValue(value: ValueNode): number {
  if (value.kind === Kind.LIST) return sum(value.values, lengthOfValue);
  if (value.kind === Kind.OBJECT) return sum(value.fields, lengthOfArgument);
  if (value.kind === Kind.VARIABLE) return value.name.value.length;
  return value.kind === Kind.NULL ? 4 : String(value.value).length;
}

const lengthOfArgument = ({
  name,
  value,
}: {
  readonly name: NameNode;
  readonly value: ValueNode;
}) => name.value.length + lengthOfValue(value);

const lengthOfField = ({ alias, name, arguments: given = [] }: FieldNode): number =>
  (alias?.value.length ?? 0) + name.value.length + sum(given, lengthOfArgument);

function sum<Item>(items: readonly Item[], measure: (item: Item) => number): number {
  return items.reduce((total, item) => total + measure(item), 0);
}

/** Measures each fragment once, however often it is spread and in whatever cycle. */
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
    // Fragments that spread each other are not nested in brackets, so the scan of tokens does not
    // limit them.
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
      characters: inner.characters + lengthOfField(selection),
      rootFields: 1,
    };
  }

  #measureFragment(name: string, level: number): Measure {
    const known = this.#measured.get(name);
    if (known) return known;
    const fragment = this.#fragments.get(name);
    if (!fragment) return nothing;
    // A fragment that is reached while it is being measured is in a cycle, which validation
    // rejects.
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

const compared = ['depth', 'aliases', 'rootFields', 'directives', 'fields', 'characters'] as const;

/**
 * Checks the limits of each operation and each fragment of a document. The time is linear in the
 * length of the document, not in its length with fragments inlined.
 * @throws HubError `QUERY_TOO_COMPLEX`, and `BAD_REQUEST` if the name of an operation is too long
 */
export function checkDocument(document: DocumentNode, limits: OperationLimits): void {
  checkDefinitions(document, limits);
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
  checkRepetitions(document, limits);
}

/** Several rules of validation follow every fragment from every operation. */
function checkDefinitions({ definitions }: DocumentNode, { fragments }: OperationLimits): void {
  const operations = definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const others = definitions.length - operations.length;
  if (Math.max(operations.length, others) > fragments) throw tooComplex('fragments', fragments);
  for (const definition of operations)
    if ('name' in definition) checkOperationName(definition.name?.value);
}
