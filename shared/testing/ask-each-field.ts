import { getNamedType, isLeafType, isObjectType } from 'graphql';
import type { Reader } from '../identity/index.js';
import type { PartnerDefinition } from '../server/index.js';
import type { TestPartner } from './open-test-partner.js';

/** A way to the rows of a type, around what is asked of them. */
type Road = (selection: string) => string;

/** The way that the hub takes to an entity. */
export const entityRoad =
  (type: string, representation: Readonly<Record<string, string>>): Road =>
  (selection) => {
    const fields = Object.entries(representation).map(
      ([name, value]) => `, ${name}: ${JSON.stringify(value)}`,
    );
    return `{ _entities(representations: [{ __typename: "${type}"${fields.join('')} }]) { ... on ${type} { ${selection} } } }`;
  };

/**
 * Asks for each field of these types alone, so that no column is there because another field selects it too. Returns what
 * was answered with an error, but for `FORBIDDEN`: where a resolver or a policy reads a column that nobody has declared
 * with `@Reads` or `reads`, that is `INTERNAL_SERVER_ERROR`. A road that leads none of the readers to a row has failed too.
 * @param roads the roads to each type, by its name
 */
export async function askEachField(
  { createSubgraph, policies }: PartnerDefinition,
  { ask }: Pick<TestPartner, 'ask'>,
  roads: Readonly<Record<string, readonly Road[]>>,
  readers: readonly Reader[],
): Promise<{ readonly failed: readonly string[]; readonly asked: number }> {
  const { schema } = await createSubgraph(policies);
  const selectionsOf = (name: string): string[] => {
    const type = schema.getType(name);
    if (!isObjectType(type)) throw new Error(`There is no type ${name}.`);
    return Object.values(type.getFields()).map((field) =>
      isLeafType(getNamedType(field.type)) ? field.name : `${field.name} { __typename }`,
    );
  };
  const failed: string[] = [];
  const queries: string[] = [];
  for (const [type, ways] of Object.entries(roads)) {
    for (const road of ways) {
      queries.push(...selectionsOf(type).map(road));
      const found = await Promise.all(
        readers.map((reader) => ask(road('rowFound: __typename'), {}, reader)),
      );
      if (!JSON.stringify(found).includes(`"rowFound":"${type}"`)) {
        failed.push(`${road('__typename')} finds nothing`);
      }
    }
  }
  for (const query of queries) {
    for (const reader of readers) {
      const { errors = [] } = await ask(query, {}, reader);
      const codes = new Set(errors.map(({ extensions }) => extensions.code));
      for (const code of codes) if (code !== 'FORBIDDEN') failed.push(`${query} ${code}`);
    }
  }
  return { failed, asked: queries.length * readers.length };
}
