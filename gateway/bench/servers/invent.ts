import {
  getNamedType,
  GraphQLEnumType,
  isAbstractType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import type { BenchGraph } from '../graph.js';

/** An invented object: its key, or its position if it is not an entity. */
export interface Invented {
  readonly __typename: string;
  readonly seed: string;
}

const syllables = 'ba de fi go lu ma né ro sa ti vü xa ké lo ni da or en is al'.split(' ');
const nullsOneIn = 16;

/** FNV-1a with a final mix: numbers that look random and are the same in every process. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 13)) >>> 0;
}

function inventText(seed: string, length: number): string {
  let text = '';
  for (let part = 0; text.length < length; part += 1) {
    text += syllables[hash(`${seed}/${part}`) % syllables.length] ?? '';
    if (part % 4 === 3) text += ' ';
  }
  return text.slice(0, length).trimEnd();
}

/** The objects with these keys. */
function referTo(type: string, given: unknown): unknown {
  if (Array.isArray(given)) return given.map((key) => referTo(type, key));
  return { __typename: type, seed: String(given) } satisfies Invented;
}

/**
 * Returns the value of a row, or an invented value, for every field of any schema: the same for the
 * same object in every server. The keys and the settings of the graph determine everything.
 */
export function createInventor({
  settings,
  keyFields,
}: BenchGraph): GraphQLFieldResolver<Invented | undefined, unknown, Record<string, unknown>> {
  const entityAt = (type: string, index: number): Invented => {
    const { count, prefix } = settings.entities[type] ?? { count: 100, prefix: `${type}:` };
    return { __typename: type, seed: `${prefix}${index % count}` };
  };

  function inventObject(type: GraphQLObjectType, seed: string, offset: number): Invented {
    if (keyFields.has(type.name)) return entityAt(type.name, hash(seed) + offset);
    return { __typename: type.name, seed: `${seed}[${offset}]` };
  }

  function invent(
    schema: GraphQLSchema,
    type: GraphQLOutputType,
    coordinate: string,
    seed: string,
    offset = 0,
  ): unknown {
    if (isNonNullType(type)) return invent(schema, type.ofType, coordinate, seed, offset);
    if (isListType(type)) {
      const length = settings.lists[coordinate] ?? 3;
      return Array.from({ length }, (_, index) =>
        invent(schema, type.ofType, coordinate, seed, index),
      );
    }
    const number = hash(`${seed}#${offset}`);
    if (isObjectType(type)) return inventObject(type, seed, offset);
    if (isAbstractType(type)) {
      const possible = schema.getPossibleTypes(type);
      const chosen = possible[number % possible.length];
      return chosen && inventObject(chosen, seed, offset);
    }
    if (type instanceof GraphQLEnumType) {
      const values = type.getValues();
      return values[number % values.length]?.value;
    }
    if (type.name === 'Int') return number % 40;
    if (type.name === 'Float') return (number % 18_000_000) / 100_000;
    if (type.name === 'Boolean') return number % 2 === 0;
    return inventText(`${seed}#${offset}`, settings.texts[coordinate] ?? 14);
  }

  return (source, args, _context, { parentType, fieldName, returnType, schema }) => {
    const target = getNamedType(returnType);
    const keyField = keyFields.get(target.name);
    const given = settings.rows[parentType.name]?.[source?.seed ?? '']?.[fieldName];
    if (given !== undefined) return keyField === undefined ? given : referTo(target.name, given);
    if (!source) {
      const key = keyField === undefined ? undefined : args[keyField];
      if (typeof key === 'string') return { __typename: target.name, seed: key };
      return invent(schema, returnType, `${parentType.name}.${fieldName}`, JSON.stringify(args));
    }
    if (keyFields.get(parentType.name) === fieldName) return source.seed;
    const coordinate = `${parentType.name}.${fieldName}`;
    const seed = `${source.seed}|${coordinate}`;
    if (!isNonNullType(returnType) && hash(seed) % nullsOneIn === 0) return null;
    return invent(schema, returnType, coordinate, seed);
  };
}
