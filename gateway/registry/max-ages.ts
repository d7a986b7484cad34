import { readMaxAge } from '@hub/shared/policy';
import {
  Kind,
  parse,
  valueFromASTUntyped,
  type ConstDirectiveNode,
  type GraphQLSchema,
} from 'graphql';
import { LRUCache } from 'lru-cache';

/**
 * The types of a contract that everybody may read, except for fields that lead to other types, and
 * their seconds.
 */
type MaxAges = ReadonlyMap<string, number>;

const secondsOf = ({ arguments: given = [] }: ConstDirectiveNode): number => {
  const values = new Map(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));
  if (values.get('inheritMaxAge') === true) return Infinity;
  const seconds = values.get('maxAge');
  return typeof seconds === 'number' ? seconds : 0;
};

/**
 * For how many seconds the hub may cache each type of a contract: its `@cacheControl(maxAge: …)`,
 * or that of the object that contains the value (`inheritMaxAge: true`).
 */
export function readMaxAges(contractSdl: string): MaxAges {
  const ages = new Map<string, number>();
  for (const node of parse(contractSdl).definitions) {
    const isObject =
      node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION;
    if (!isObject) continue;
    const directive = node.directives?.find(({ name }) => name.value === 'cacheControl');
    if (directive) ages.set(node.name.value, secondsOf(directive));
  }
  return ages;
}

/** The cache of documents is cleared at this many characters. */
const rememberedLength = 1_000_000;

/**
 * Makes a function that returns for how many seconds the response to a document may be cached for
 * every caller, whatever its variables are. 0 if not at all. A root field has the time of the types
 * that it leads to.
 */
export function createMaxAgeReader(
  schema: GraphQLSchema,
  ages: MaxAges,
): (document: string) => number {
  const known = new LRUCache<string, { readonly seconds: number }>({
    maxSize: rememberedLength,
    sizeCalculation: (_age, text) => text.length,
  });
  const read = (text: string) =>
    readMaxAge(schema, parse(text), ({ type, isRoot }) =>
      isRoot ? Infinity : (ages.get(type.name) ?? 0),
    );
  return (text) => {
    let age = known.get(text);
    if (!age) known.set(text, (age = { seconds: read(text) }));
    return age.seconds;
  };
}
