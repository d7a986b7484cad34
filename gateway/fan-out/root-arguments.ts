import { pagination } from '@hub/shared/database';
import { HubError } from '@hub/shared/errors';
import { valueFromASTUntyped, type FieldNode } from 'graphql';
import type { Variables } from './fetch.js';
import type { RootFieldPlan } from './plan/plan-roots.js';
import { firstPage, type GatheredPlace } from './response/merge-contributions.js';
import type { GatherRule, RouteRule } from './rules/fan-out-rules.js';

/** The argument that is refused. */
export interface Fault extends Pick<RouteRule, 'by'> {
  readonly message?: string;
}

/** The argument that is missing, without which all partners would get what only one may get. */
export function findOpenArgument(
  { narrowBy, ownerOnly }: GatherRule,
  node: FieldNode | undefined,
  variables: Variables,
): Fault | undefined {
  const isGiven = (by: readonly string[]) => readArgument(node, by, variables) != null;
  const guarded = ownerOnly.find(isGiven);
  const [naming] = narrowBy;
  if (!guarded || !naming || narrowBy.some(({ by }) => isGiven(by))) return undefined;
  const message = `\`${guarded.join('.')}\` needs \`${naming.by.join('.')}\`.`;
  return { by: naming.by, message };
}

/** The value at a dotted path into the arguments of a field. Undefined if there is none. */
export function readArgument(
  field: FieldNode | undefined,
  [name, ...rest]: readonly string[],
  variables: Variables,
): unknown {
  const argument = field?.arguments?.find((candidate) => candidate.name.value === name);
  let value: unknown = argument && valueFromASTUntyped(argument.value, variables);
  for (const key of rest) {
    if (typeof value === 'object' && value !== null)
      value = (value as Record<string, unknown>)[key];
    // The value of an enum.
    else if (value !== key) return undefined;
  }
  return value;
}

/**
 * Which rows of a connection the client asks for, and in which order.
 * @throws HubError `BAD_USER_INPUT`
 */
function readPlace(field: RootFieldPlan, variables: Variables): GatheredPlace {
  const node = field.tops[0]?.field;
  const given = (name: string) => readArgument(node, [name], variables);
  const textOf = (name: string) => (given(name) == null ? null : String(given(name)));
  const sizeOf = (value: unknown) => (value == null ? null : Number(value));
  const last = sizeOf(given('last'));
  const declared = field.definition?.args.find(({ name }) => name === 'first')?.defaultValue;
  // What a contract declares for `first` does not count beside `last`.
  const first = given('first') === undefined && last === null ? declared : given('first');
  const [after, before] = [textOf('after'), textOf('before')];
  const place = pagination.readPageRequest({ first: sizeOf(first), after, last, before });
  const order = textOf('orderBy') ?? undefined;
  return field.gather?.rule.orders.has(order ?? '') ? { ...place, order } : place;
}

/** The same of any gathered field. Only a connection has pages. */
export const placeOf = (field: RootFieldPlan, variables: Variables): GatheredPlace =>
  field.gather?.rule.mergeKind === 'connection' ? readPlace(field, variables) : firstPage;

/** The argument of an invalid page. */
export function findPageFault(field: RootFieldPlan, variables: Variables): string | undefined {
  try {
    readPlace(field, variables);
    return undefined;
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    return String(error.extensions['argument']);
  }
}
