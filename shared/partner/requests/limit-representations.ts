import { Kind, visit, type DocumentNode, type ValueNode } from 'graphql';
import { HubError } from '../../errors/hub-error.js';
import type { OperationHooks } from '../../graphql/operations/operation-hooks.js';
import type { ServedContext } from '../../graphql/operations/served-context.js';

type Variables = Readonly<Record<string, unknown>>;

/** The representations of a document’s `_entities`, without its variables. */
interface Representations {
  /** The number of literal ones. */
  readonly written: number;
  /**
   * The variables with others, each as often as it is used, with the length of its default value.
   */
  readonly variables: readonly { readonly name: string; readonly byDefault: number }[];
}

const lengthOf = (value: ValueNode | undefined): number =>
  value?.kind === Kind.LIST ? value.values.length : 1;

function readAsked(document: DocumentNode): Representations {
  const defaults = new Map<string, number>();
  const given: ValueNode[] = [];
  visit(document, {
    VariableDefinition({ variable: { name }, defaultValue }) {
      defaults.set(name.value, lengthOf(defaultValue));
    },
    Field({ name, arguments: all = [] }) {
      if (name.value !== '_entities') return;
      given.push(
        ...all.filter((one) => one.name.value === 'representations').map(({ value }) => value),
      );
    },
  });
  return {
    written: given.reduce(
      (sum, value) => (value.kind === Kind.VARIABLE ? sum : sum + lengthOf(value)),
      0,
    ),
    variables: given.flatMap((value) =>
      value.kind === Kind.VARIABLE
        ? [{ name: value.name.value, byDefault: defaults.get(value.name.value) ?? 1 }]
        : [],
    ),
  };
}

/** A document is read once for many requests. */
const read = new WeakMap<DocumentNode, Representations>();

/** The number of representations in a request, in all its `_entities` together. */
function countRepresentations(document: DocumentNode, variables: Variables): number {
  let asked = read.get(document);
  if (!asked) {
    asked = readAsked(document);
    read.set(document, asked);
  }
  let count = asked.written;
  for (const { name, byDefault } of asked.variables) {
    const value = variables[name];
    count += Array.isArray(value) ? value.length || 1 : value === undefined ? byDefault : 1;
  }
  return count;
}

/** Refuses a request with more representations than `most` before execution. */
export function limitRepresentations<Context extends ServedContext>(
  most: number,
): OperationHooks<Context> {
  return {
    didResolveOperation({ document, request }) {
      if (countRepresentations(document, request.variables ?? {}) <= most) return;
      const message = `\`_entities\` accepts at most ${most} representations a request.`;
      throw new HubError('QUERY_TOO_COMPLEX', { message });
    },
  };
}
