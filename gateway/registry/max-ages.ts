import { readMaxAge } from '@hub/shared/policy';
import {
  Kind,
  parse,
  valueFromASTUntyped,
  type ConstDirectiveNode,
  type GraphQLSchema,
} from 'graphql';
import { LRUCache } from 'lru-cache';

/** The types of a contract of which everybody may read every field that leads to no other type, and their seconds. */
type MaxAges = ReadonlyMap<string, number>;

const secondsOf = ({ arguments: given = [] }: ConstDirectiveNode): number => {
  const values = new Map(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));
  if (values.get('inheritMaxAge') === true) return Infinity;
  const seconds = values.get('maxAge');
  return typeof seconds === 'number' ? seconds : 0;
};

/**
 * For how many seconds the hub may cache each type of a contract: its `@cacheControl(maxAge: …)`, or that of the object
 * which the value is a part of (`inheritMaxAge: true`).
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

/** Texts of documents that were read are remembered until they have this many characters together. */
const rememberedLength = 1_000_000;

/**
 * Makes what says for how many seconds the response to a document may be given to everybody, whatever its variables are;
 * 0 for not at all. Root fields are judged by the types that they lead to.
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
