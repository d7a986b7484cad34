import {
  Kind,
  print,
  visit,
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type ObjectValueNode,
} from 'graphql';

/**
 * Reserved response names, which cannot clash with the planner’s.
 *
 * The planner selects keys, `@requires` fields and `__typename` under their own names, beside the
 * client’s fields. A client’s alias with such a name would replace the key. So every alias, and
 * every field with arguments, is planned and fetched under a name that no field has. The client’s
 * own name is restored in the data and in the error paths of the response.
 */
const reserved = /^as\d*__/;

/** The suffix that the planner adds to a name that two fields share. */
const plannerSuffix = /__alias_\d+$/;

/** Gives a document reserved response names. Returns the same document if it needs none. */
export function reserveNames(document: DocumentNode): DocumentNode {
  const namer = new Namer();
  return visit(document, {
    Field(field) {
      // Introspection is resolved by the hub itself, so it is not planned.
      if (isIntrospection(field.name.value)) return false;
      const name = namer.nameOf(field);
      if (name === undefined) return undefined;
      return { ...field, alias: { kind: Kind.NAME as const, value: name } };
    },
    FragmentDefinition: ({ typeCondition }) =>
      typeCondition.name.value.startsWith('__') ? false : undefined,
  });
}

/** The client’s own response name. */
export function restoreName(name: string): string {
  if (!reserved.test(name)) return withoutSuffix(name);
  const own = withoutSuffix(name).replace(reserved, '');
  return endsLikeSuffix.test(own) ? own.slice(0, -1) : own;
}

/** The response name without the suffix of the planner. */
export const withoutSuffix = (name: string): string => name.replace(plannerSuffix, '');

/** True if a field of this name is introspection. */
export const isIntrospection = (name: string): boolean =>
  name.startsWith('__') && name !== '__typename';

/**
 * A client’s own name may end like the planner’s suffix. An underscore is then added, which tells
 * the two apart.
 */
const endsLikeSuffix = /__alias_\d+_+$/;
const looksSuffixed = /__alias_\d+_*$/;

class Namer {
  /**
   * The selected fields by response name. On different types, one name may stand for different
   * fields.
   */
  readonly #selected = new Map<string, string[]>();

  /**
   * Undefined if the field keeps its name. Fields that merge share a name, and all others have
   * different ones.
   */
  nameOf({ alias, name, arguments: args = [] }: FieldNode): string | undefined {
    const isPlain = args.length === 0 && (!alias || alias.value === name.value);
    const isFree = !reserved.test(name.value) && !looksSuffixed.test(name.value);
    if (isPlain && isFree) return undefined;
    const key = alias?.value ?? name.value;
    const signature = `${name.value}(${writeArguments(args)})`;
    const known = this.#selected.get(key) ?? [];
    if (!known.includes(signature)) this.#selected.set(key, [...known, signature]);
    const index = known.includes(signature) ? known.indexOf(signature) : known.length;
    const own = looksSuffixed.test(key) ? `${key}_` : key;
    return `as${index === 0 ? '' : index}__${own}`;
  }
}

/** Equal texts for arguments that let two fields merge, in whatever order they are. */
function writeArguments(args: readonly ArgumentNode[]): string {
  const sorted = args.map((argument) =>
    print(visit(argument, { ObjectValue: { leave: sortFields } })),
  );
  return sorted.sort().join(', ');
}

const sortFields = (node: ObjectValueNode): ObjectValueNode => ({
  ...node,
  fields: node.fields.toSorted((a, b) => (a.name.value < b.name.value ? -1 : 1)),
});
