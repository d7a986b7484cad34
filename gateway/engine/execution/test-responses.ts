import {
  getNamedType,
  getNullableType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { createHash } from 'node:crypto';
import type { PartnerCall } from '../../fan-out/partners/partner-port.js';

/** For tests: numbers from 0 to 1, the same for the same seed. */
export function createDraw(seed: string): () => number {
  let state = createHash('sha256').update(seed).digest().readInt32LE(0);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const texts = [
  'plain',
  'Åsa Ööd',
  'жук',
  '𝄞',
  '',
  '__proto__',
  ' ',
  '\u2028',
  '\u007f',
  'x'.repeat(900),
];
const odd = ['"q"', 'tab\t', 'back\\slash', '\u0000'];
/** As they may come, some of them invalid. */
const oddJson = [
  'null',
  '-0',
  '1.0',
  '1e2',
  '01',
  '2147483648',
  '-2147483649',
  '1.5',
  '{}',
  '[]',
  '[null]',
  '"\\u00e5"',
  '"\\/"',
  '"\\ud800"',
  'true',
  'nul',
  '"OTHER"',
  '"Z"',
  '7',
  '"',
  '{"a":{"b":[1]}}',
];

export interface Drawing {
  readonly schema: GraphQLSchema;
  readonly draw: () => number;
  /** How probable it is that a value is odd. */
  readonly oddity: number;
}

const pick = <Item>(draw: () => number, items: readonly Item[]): Item =>
  items[Math.floor(draw() * items.length)] as Item;

function writeLeaf(type: GraphQLOutputType, { draw, oddity }: Drawing): string {
  if (draw() < oddity) return pick(draw, oddJson);
  const named = getNamedType(type);
  if (isEnumType(named)) {
    const values = named.getValues();
    // The last one is hidden from clients.
    return JSON.stringify((draw() < 0.95 ? pick(draw, values.slice(0, 2)) : values.at(-1))?.name);
  }
  switch (named.name) {
    case 'Int':
      return String(pick(draw, [0, 1, -7, 12, 123_456_789, 2_147_483_647, -2_147_483_648]));
    case 'Float':
      return pick(draw, ['0', '1.5', '1.50', '1e21', '-0']);
    case 'Boolean':
      return pick(draw, ['true', 'false']);
    case 'Any':
      return pick(draw, [
        '1',
        '"x"',
        '{" name":"\\"evil\\":1"}',
        '[{"a":null}]',
        '{"__proto__":1}',
      ]);
    default:
      return JSON.stringify(pick(draw, draw() < oddity ? odd : texts));
  }
}

function writeValue(
  type: GraphQLOutputType,
  set: SelectionSetNode | undefined,
  drawing: Drawing,
  given?: Readonly<Record<string, unknown>>,
): string {
  const { draw, oddity, schema } = drawing;
  const isRequired = isNonNullType(type);
  if (draw() < (isRequired ? oddity / 4 : 0.15)) return 'null';
  const own = getNullableType(type);
  if (isListType(own)) {
    const inner = own.ofType as GraphQLOutputType;
    const items = Array.from({ length: Math.floor(draw() * 4) }, () =>
      writeValue(inner, set, drawing),
    );
    return `[${items.join(',')}]`;
  }
  if (!set) return writeLeaf(type, drawing);
  const named = getNamedType(own);
  const object = isObjectType(named)
    ? named
    : (schema.getType(pick(draw, ['Group', 'Person'])) as GraphQLObjectType);
  return writeObject(object, set, drawing, given);
}

function writeObject(
  type: GraphQLObjectType,
  set: SelectionSetNode,
  drawing: Drawing,
  given: Readonly<Record<string, unknown>> = {},
): string {
  const { draw, oddity } = drawing;
  const members = new Map<string, string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition?.name.value ?? type.name;
        if (condition === type.name || condition === 'Named') collect(selection.selectionSet);
      } else if (selection.kind === Kind.FIELD) {
        const { name, alias, selectionSet } = selection;
        const field = type.getFields()[name.value];
        const value =
          name.value === '__typename'
            ? JSON.stringify(type.name)
            : name.value in given
              ? JSON.stringify(given[name.value])
              : field
                ? writeValue(field.type, selectionSet, drawing)
                : 'null';
        members.set((alias ?? name).value, value);
      }
    }
  };
  collect(set);
  let entries = [...members].map(([key, value]) => `"${key}":${value}`);
  if (draw() < oddity / 3) entries = entries.toReversed();
  if (draw() < oddity / 3) entries = entries.slice(1);
  if (draw() < oddity / 3) entries.push(entries[0] ?? '"more":1', '" name":"x"', '"__proto__":{}');
  return `{${entries.join(draw() < oddity / 3 ? ' , ' : ',')}}`;
}

/** For tests: what a partner sends to a request, drawn at random. */
export function writeTestResponse(
  schema: GraphQLSchema,
  { query, variables }: PartnerCall,
  drawing: Drawing,
): string {
  const { draw, oddity } = drawing;
  const [definition] = parse(query).definitions as [OperationDefinitionNode];
  const root = schema.getQueryType() as GraphQLObjectType;
  const representations = variables.representations as Record<string, unknown>[] | undefined;
  const [entities] = definition.selectionSet.selections;
  const inner = entities?.kind === Kind.FIELD ? entities.selectionSet : undefined;
  const listed = representations?.map((given) => {
    const type = schema.getType(String(given.__typename)) as GraphQLObjectType;
    return draw() < 0.05 ? 'null' : inner ? writeObject(type, inner, drawing, given) : '{}';
  });
  const data = listed
    ? `{"_entities":[${listed.join(',')}]}`
    : writeObject(root, definition.selectionSet, drawing);
  const end = draw() < oddity ? ',"errors":[{"message":"x","path":["group","name"]}]' : '';
  return `{"data":${data}${end}}${draw() < oddity ? '\n' : ''}`;
}
