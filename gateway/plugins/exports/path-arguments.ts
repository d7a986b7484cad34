import { findField } from './choose-columns.js';
import type { ListRoot } from './list-root.js';
import { readArguments, type Scalars } from './read-arguments.js';
import type { Parameter } from './read-search.js';

/** Arguments of fields below a row, by the dotted paths of the fields. */
export interface PathArguments {
  /** What follows the field in the operation, by its path: `(group: $formalities_group)`. */
  readonly textOf: ReadonlyMap<string, string>;
  /** `$formalities_group: ID!` */
  readonly definitions: readonly string[];
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * Separates the arguments of fields below a row (`formalities.group=…`) from those of the list. A
 * parameter that names no such field stays with the list’s, which refuse it.
 * @throws HubError `BAD_USER_INPUT` with `argument`
 */
export function separateArguments(
  parameters: readonly Parameter[],
  { field: { args }, node }: ListRoot,
  scalars: Scalars,
): { readonly ofList: readonly Parameter[]; readonly below: PathArguments } {
  const pathOf = ({ name }: Parameter): string | undefined => {
    const path = name.split('.').slice(0, -1);
    const isOfList = args.some((argument) => argument.name === path[0]);
    return !isOfList && path.length > 0 && findField(node, path) ? path.join('.') : undefined;
  };
  const ofList = parameters.filter((parameter) => pathOf(parameter) === undefined);
  const paths = new Set(parameters.flatMap((parameter) => pathOf(parameter) ?? []));
  const textOf = new Map<string, string>();
  const definitions: string[] = [];
  const values: Record<string, unknown> = {};
  for (const path of paths) {
    const inputs = findField(node, path.split('.'))?.args ?? [];
    const own = parameters.filter((parameter) => pathOf(parameter) === path);
    const short = own.map(({ name, value }) => ({ name: name.slice(path.length + 1), value }));
    const given = readArguments(short, inputs, scalars);
    const sent = inputs.filter((input) => Object.hasOwn(given, input.name));
    const nameOf = (argument: string) => `${path.replaceAll('.', '_')}_${argument}`;
    for (const { name, type } of sent) {
      definitions.push(`$${nameOf(name)}: ${String(type)}`);
      values[nameOf(name)] = given[name];
    }
    textOf.set(path, `(${sent.map(({ name }) => `${name}: $${nameOf(name)}`).join(', ')})`);
  }
  return { ofList, below: { textOf, definitions, values } };
}
