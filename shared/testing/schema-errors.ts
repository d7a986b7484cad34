import type { GraphQLSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import { listElements } from '../graphql/scalars/list-elements.js';
import type { PartnerDefinition } from '../partner/partner-definition.js';
import { accessPathsOf } from '../partner/requests/hub-path.js';
import { printAccessPage, withoutReaders } from '../policy/access-page.js';
import { unguardedFields } from '../policy/guard-schema.js';
import { packageFile } from '../system/package-file.js';

/** Words that say nothing by themselves. */
const empty = new Set(
  'a all an and any are at by for from given has have in is it its of on one or that the these this to what when where which who whose with'.split(
    ' ',
  ),
);

/** The words of a text or a name, in one case and number: `startsOn` is `start`, `on`. */
const wordsOf = (text: string): string[] =>
  text
    .replace(/[’']s\b/g, '')
    .replace(/([a-z])(?=[A-Z])/g, '$1 ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.replace(/(?<=..)s$/, ''))
    .filter((word) => word !== '');

/**
 * The elements of a schema that have no description, or one that only repeats their names: `Event.id` “The id of the event.”
 * @returns coordinates, each with what is wrong
 */
export function findUndescribed(schema: GraphQLSchema): string[] {
  return listElements(schema).flatMap(({ coordinate, description }) => {
    const text = withoutReaders(description ?? '').trim();
    if (text === '') return [`${coordinate} has no description.`];
    const names = new Set(wordsOf(coordinate));
    const says = wordsOf(text).some((word) => !names.has(word) && !empty.has(word));
    return says ? [] : [`${coordinate} is described by its own name alone: “${text}”`];
  });
}

/**
 * What is wrong with a partner’s schema and the files that it emits: a file that is not what the classes say, an element
 * without a description, a field without a rule.
 * @param module the `import.meta.url` of a file at the root of the partner’s folder
 */
export async function findSchemaErrors(
  definition: PartnerDefinition,
  module: string,
): Promise<string[]> {
  const { sdl, schema, policies } = await definition.createSubgraph();
  const emitted = [
    ['schema.graphql', 'schema:emit', sdl],
    ['access.md', 'schema:emit', printAccessPage(schema, policies, accessPathsOf(definition))],
  ] as const;
  const stale = emitted.flatMap(([name, command, text]) => {
    const line = findDifference(readFileSync(packageFile(module, name), 'utf8'), text);
    return line === undefined
      ? []
      : [`${name} is not what the classes say: npm run ${command}. They say: ${line}`];
  });
  return [
    ...stale,
    ...findUndescribed(schema),
    ...unguardedFields(schema, policies).map(
      (field) => `${field} is a field without a rule, or a rule without a field.`,
    ),
  ];
}

/** The first line of `text` that the file does not have in this place. Undefined if there is none. */
function findDifference(file: string, text: string): string | undefined {
  if (file === text) return undefined;
  const lines = file.split('\n');
  const told = text.split('\n');
  const at = told.findIndex((line, index) => line !== lines[index]);
  return at < 0 ? 'nothing more' : `${at + 1}: ${told[at]}`;
}
