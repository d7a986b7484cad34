import { HubError } from '@hub/shared/errors';
import type { Reader } from '@hub/shared/identity';
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLSchema,
} from 'graphql';
import { firstDay, type ElementCount, type UsageStore } from './usage-store.js';

/** `Type`, `Type.part`, or `Type.field(argument:)`. */
const form = /^(\w+)(?:\.(\w+)(?:\((\w+):\))?)?$/;

/** True if a schema itself has an element with this coordinate. What it only refers to is not its own. */
function hasElement(schema: GraphQLSchema, coordinate: string): boolean {
  const [, typeName = '', part, argument] = form.exec(coordinate) ?? [];
  const type = schema.getType(typeName);
  if (!type) return false;
  if (part === undefined) return true;
  if (isEnumType(type)) return type.getValue(part) !== undefined;
  if (isInputObjectType(type)) return part in type.getFields();
  if (!isObjectType(type) && !isInterfaceType(type)) return false;
  const field = type.getFields()[part];
  if (!field) return false;
  const isExternal = field.astNode?.directives?.some(({ name }) => name.value === 'external');
  if (isExternal) return false;
  return argument === undefined || field.args.some(({ name }) => name === argument);
}

/** How clients used one element of the schema. */
interface ElementUsage {
  readonly element: string;
  readonly uses: number;
  readonly lastUsedOn: string;
  readonly clients: readonly {
    /** Null for clients that do not name themselves. */
    readonly name: string | null;
    readonly operations: number;
    readonly uses: number;
    readonly lastUsedOn: string;
  }[];
}

export interface UsageRequest {
  readonly element?: string | null | undefined;
  /** The first day. */
  readonly since?: string | null | undefined;
}

/**
 * Reads how clients used the elements that a reader’s organisation owns.
 * @throws `FORBIDDEN`
 */
export type ReadUsage = (reader: Reader, request: UsageRequest) => Promise<readonly ElementUsage[]>;

/** @param schemaOf the schema that an organisation’s server serves. Undefined for no partner */
export function createReadUsage(
  store: Pick<UsageStore, 'read'>,
  schemaOf: (organisation: string) => GraphQLSchema | undefined,
  now: () => number = Date.now,
): ReadUsage {
  return async (reader, { element, since }) => {
    const schema = reader.kind === 'person' ? schemaOf(reader.organisation) : undefined;
    if (!schema) throw new HubError('FORBIDDEN');
    const first = firstDay(now());
    const from = since && since > first ? since : first;
    const rows = await store.read(from, element ?? undefined);
    return sumByElement(rows.filter((row) => hasElement(schema, row.element)));
  };
}

function sumByElement(rows: readonly ElementCount[]): ElementUsage[] {
  const byElement = new Map<string, ElementCount[]>();
  for (const row of rows) byElement.set(row.element, [...(byElement.get(row.element) ?? []), row]);
  return [...byElement].map(([element, own]) => ({
    element,
    uses: own.reduce((sum, { count }) => sum + count, 0),
    lastUsedOn: own.map(({ lastDay }) => lastDay).reduce((a, b) => (a > b ? a : b)),
    clients: own.map(({ client, operations, count, lastDay }) => ({
      name: client || null,
      operations,
      uses: count,
      lastUsedOn: lastDay,
    })),
  }));
}
