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
 * Response names, and how they stay out of the planner's way.
 *
 * The planner selects keys, `@requires` fields and `__typename` under their own names, beside what the client selects.
 * A client's alias of such a name would take the place of the key in what the hub sends on. So every alias, and every
 * field with arguments, is planned and fetched under a name that no field has. The client's own name comes back in
 * the data and in the error paths of the response.
 */
const reserved = /^as\d*__/;

/** What the planner adds to a name to tell two fields of it apart. */
const plannerSuffix = /__alias_\d+$/;

/** The response names that a document gets in the place of its own. The document stays as it is where it needs none. */
export function reserveNames(document: DocumentNode): DocumentNode {
  const namer = new Namer();
  return visit(document, {
    Field(field) {
      // The schema itself is introspected in place: nothing of it is planned.
      if (isIntrospection(field.name.value)) return false;
      const name = namer.nameOf(field);
      if (name === undefined) return undefined;
      return { ...field, alias: { kind: Kind.NAME as const, value: name } };
    },
    FragmentDefinition: ({ typeCondition }) =>
      typeCondition.name.value.startsWith('__') ? false : undefined,
  });
}

/** The client's own response name. */
export function restoreName(name: string): string {
  if (!reserved.test(name)) return name.replace(plannerSuffix, '');
  const own = name.replace(plannerSuffix, '').replace(reserved, '');
  return endsLikeSuffix.test(own) ? own.slice(0, -1) : own;
}

/** Whether a field of this name asks for the schema. */
export const isIntrospection = (name: string): boolean =>
  name.startsWith('__') && name !== '__typename';

/** A client's own name may end as if the planner had added to it: it is told apart by the underscore that follows. */
const endsLikeSuffix = /__alias_\d+_+$/;
const looksSuffixed = /__alias_\d+_*$/;

class Namer {
  /** By response name, what was selected under it: of objects of different types it may be different fields. */
  readonly #selected = new Map<string, string[]>();

  /** Undefined where a field keeps its name. Fields that merge get one name, and all others different ones. */
  nameOf({ alias, name, arguments: args = [] }: FieldNode): string | undefined {
    const isPlain = args.length === 0 && (!alias || alias.value === name.value);
    if (isPlain && !reserved.test(name.value)) return undefined;
    const key = alias?.value ?? name.value;
    const signature = `${name.value}(${writeArguments(args)})`;
    const known = this.#selected.get(key) ?? [];
    if (!known.includes(signature)) this.#selected.set(key, [...known, signature]);
    const index = known.includes(signature) ? known.indexOf(signature) : known.length;
    const own = looksSuffixed.test(key) ? `${key}_` : key;
    return `as${index === 0 ? '' : index}__${own}`;
  }
}

/** The same text for arguments that make two fields merge, whatever order they are in. */
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
