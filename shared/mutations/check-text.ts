import { HubError } from '../errors/index.js';
import { longest } from '../scalars/text-lengths.js';

/** NUL, which PostgreSQL refuses, and halves of a character, which a database keeps as something else. */
const unwritable = /\0|\p{Surrogate}/u;

function check(text: string, most: number, argument: string): void {
  if (text.trim() !== '' && text.length <= most && !unwritable.test(text)) return;
  throw new HubError('BAD_USER_INPUT', {
    argument,
    message: `A text says something, in at most ${most} characters, each of them whole and none NUL.`,
  });
}

/**
 * Refuses a name or another short text that says nothing, or is too long; none at all is fine.
 * @throws HubError `BAD_USER_INPUT` with `argument`, never with the text
 */
export function checkName(name: string | null | undefined, argument: string): void {
  if (name != null) check(name, longest.name, argument);
}

/**
 * Refuses a text that says nothing, or is too long; none at all is fine.
 * @throws HubError `BAD_USER_INPUT` with `argument`, never with the text
 */
export function checkText(text: string | null | undefined, argument: string): void {
  if (text != null) check(text, longest.freeText, argument);
}

/**
 * Refuses a list that names something twice, or too little.
 * @throws HubError `BAD_USER_INPUT` with `argument`
 */
export function checkDistinct(values: readonly string[], argument: string, atLeast = 0): void {
  if (values.length >= atLeast && new Set(values).size === values.length) return;
  throw new HubError('BAD_USER_INPUT', {
    argument,
    message: `A list names each thing once, and at least ${atLeast}.`,
  });
}
