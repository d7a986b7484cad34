import type { GraphQLSchema } from 'graphql';
import { guardedFields, guardedTypes } from './guard-schema.js';
import { open, type Policies } from './type-policy.js';

/** Begins the last paragraph of the description of a restricted element. */
const marks = { reads: 'Read by', calls: 'Called by' };

/** A description without the paragraph about who may read it. */
export const withoutReaders = (description: string): string =>
  description.split(new RegExp(`\n\n(?:${marks.reads}|${marks.calls}): `))[0] ?? '';

/** Adds to the description of each restricted field who may read it, in the words of its rule. */
export function describeReaders(schema: GraphQLSchema, policies: Policies): void {
  for (const type of guardedTypes(schema)) {
    const policy = policies[type.name];
    const mark = type === schema.getMutationType() ? marks.calls : marks.reads;
    for (const field of guardedFields(type)) {
      const level = policy?.fields[field.name] ?? open;
      const readers = policy?.readers?.[level];
      if (level === open || readers === undefined) continue;
      // In the whole graph, “this organisation” would be unclear.
      const owners = readers.replaceAll('this organisation', 'the organisation that owns the data');
      field.description = `${field.description ?? ''}\n\n${mark}: ${owners}.`;
    }
  }
}
