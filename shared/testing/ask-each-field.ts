import { getNamedType, isLeafType, isObjectType } from 'graphql';
import type { Reader } from '../identity/index.js';
import type { PartnerDefinition } from '../server/index.js';
import type { TestPartner } from './open-test-partner.js';

/** A way to the rows of each type, by its name, around what is asked of them. */
export type Roads = Readonly<Record<string, (selection: string) => string>>;

/**
 * Asks for each field of these types alone, so that no column is there because another field selects it too. Returns what
 * was answered with an error, but for `FORBIDDEN`: where a resolver or a policy reads a column that nobody has declared
 * with `@Reads` or `reads`, that is `INTERNAL_SERVER_ERROR`.
 */
export async function askEachField(
  { createSubgraph, policies }: PartnerDefinition,
  { ask }: Pick<TestPartner, 'ask'>,
  roads: Roads,
  readers: readonly Reader[],
): Promise<{ readonly failed: readonly string[]; readonly asked: number }> {
  const { schema } = await createSubgraph(policies);
  const queries = Object.entries(roads).flatMap(([name, road]) => {
    const type = schema.getType(name);
    if (!isObjectType(type)) throw new Error(`There is no type ${name}.`);
    return Object.values(type.getFields()).map((field) =>
      road(isLeafType(getNamedType(field.type)) ? field.name : `${field.name} { __typename }`),
    );
  });
  const failed: string[] = [];
  for (const query of queries) {
    for (const reader of readers) {
      const { errors = [] } = await ask(query, {}, reader);
      const codes = new Set(errors.map(({ extensions }) => extensions.code));
      for (const code of codes) if (code !== 'FORBIDDEN') failed.push(`${query} ${code}`);
    }
  }
  return { failed, asked: queries.length * readers.length };
}
