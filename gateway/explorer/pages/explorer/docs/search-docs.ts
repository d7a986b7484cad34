import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { DocsPlace } from './docs-place.ts';

/** An element of the schema, and where the docs describe it. */
export interface FoundElement {
  /** `Query.events(filter:)` */
  readonly coordinate: string;
  readonly description: string;
  readonly place: DocsPlace;
}

interface Entry extends FoundElement {
  readonly name: string;
  readonly text: string;
}

const most = 60;
const indexes = new WeakMap<GraphQLSchema, readonly Entry[]>();

const toEntry = (
  coordinate: string,
  name: string,
  description: string | null | undefined,
  place: DocsPlace,
): Entry => ({
  coordinate,
  name: name.toLowerCase(),
  description: description ?? '',
  text: `${coordinate} ${description ?? ''}`.toLowerCase(),
  place,
});

function createIndex(schema: GraphQLSchema): readonly Entry[] {
  const entries: Entry[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    entries.push(toEntry(type.name, type.name, type.description, { type: type.name }));
    if (isEnumType(type))
      for (const { name, description } of type.getValues())
        entries.push(toEntry(`${type.name}.${name}`, name, description, { type: type.name }));
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const place = { type: type.name, field: field.name };
      const coordinate = `${type.name}.${field.name}`;
      entries.push(toEntry(coordinate, field.name, field.description, place));
      if (!('args' in field)) continue;
      for (const { name, description } of field.args)
        entries.push(toEntry(`${coordinate}(${name}:)`, name, description, place));
    }
  }
  return entries;
}

/** The less, the better it fits: the name itself, its beginning, a part of it, the description. */
function rate({ name, coordinate }: Entry, wanted: string): number {
  if (name === wanted || coordinate.toLowerCase() === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  if (coordinate.toLowerCase().includes(wanted)) return 2;
  return 3;
}

/** Finds types, fields, arguments and values by name or description; each word must occur. */
export function searchDocs(schema: GraphQLSchema, text: string): readonly FoundElement[] {
  const wanted = text.trim().toLowerCase();
  const words = wanted.split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  let index = indexes.get(schema);
  if (!index) indexes.set(schema, (index = createIndex(schema)));
  return index
    .filter((entry) => words.every((word) => entry.text.includes(word)))
    .map((entry) => ({ entry, rating: rate(entry, wanted) }))
    .toSorted((one, other) => one.rating - other.rating)
    .slice(0, most)
    .map(({ entry }) => entry);
}
