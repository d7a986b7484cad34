import type { ApolloServerPlugin } from '@apollo/server';
import { Kind, visit, type DocumentNode, type ValueNode } from 'graphql';
import { HubError } from '../errors/index.js';
import type { ServedContext } from './apollo-server.js';

type Variables = Readonly<Record<string, unknown>>;

/** The variables that are lists, with their lengths; the default where none is given. */
function measureVariables(
  document: DocumentNode,
  variables: Variables,
): ReadonlyMap<string, number> {
  const lengths = new Map<string, number>();
  visit(document, {
    VariableDefinition({ variable: { name }, defaultValue }) {
      const given = variables[name.value];
      if (Array.isArray(given)) lengths.set(name.value, given.length);
      else if (given === undefined && defaultValue?.kind === Kind.LIST) {
        lengths.set(name.value, defaultValue.values.length);
      }
    },
  });
  return lengths;
}

function countItems(value: ValueNode, lengths: ReadonlyMap<string, number>): number {
  if (value.kind === Kind.LIST) return value.values.length;
  return (value.kind === Kind.VARIABLE && lengths.get(value.name.value)) || 1;
}

/** How many representations a request hands over, all its `_entities` together. */
export function countRepresentations(document: DocumentNode, variables: Variables): number {
  const lengths = measureVariables(document, variables);
  let count = 0;
  visit(document, {
    Field({ name, arguments: given }) {
      if (name.value !== '_entities') return;
      for (const argument of given ?? []) {
        if (argument.name.value === 'representations') count += countItems(argument.value, lengths);
      }
    },
  });
  return count;
}

/** Refuses, before anything runs, a request with more representations than `most`. */
export function limitRepresentations<Context extends ServedContext>(
  most: number,
): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, request }) {
          if (countRepresentations(document, request.variables ?? {}) <= most) return;
          const message = `\`_entities\` takes at most ${most} representations a request.`;
          throw new HubError('QUERY_TOO_COMPLEX', { message });
        },
      };
    },
  };
}
