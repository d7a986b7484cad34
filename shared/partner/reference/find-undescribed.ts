import type { GraphQLSchema } from 'graphql';
import { withoutReaders } from '../../policy/access-page.js';
import { listElements } from './list-elements.js';

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
