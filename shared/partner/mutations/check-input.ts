import { HubError } from '../../errors/hub-error.js';
import { longest } from '../../graphql/scalars/longest-inputs.js';

/** NUL, which PostgreSQL rejects, and half surrogate pairs, which a database would change. */
const unwritable = /\0|\p{Surrogate}/u;

function check(text: string, most: number, argument: string): void {
  if (text.trim() !== '' && text.length <= most && !unwritable.test(text)) return;
  throw new HubError('BAD_USER_INPUT', {
    argument,
    message: `A text must have 1 to ${most} valid characters, without NUL.`,
  });
}

/**
 * Rejects a name or another short text that is empty or too long. A missing text is valid.
 * @throws HubError `BAD_USER_INPUT` with `argument`, never with the text
 */
export function checkName(name: string | null | undefined, argument: string): void {
  if (name != null) check(name, longest.name, argument);
}

/**
 * Rejects a text that is empty or too long. A missing text is valid.
 * @throws HubError `BAD_USER_INPUT` with `argument`, never with the text
 */
export function checkText(text: string | null | undefined, argument: string): void {
  if (text != null) check(text, longest.freeText, argument);
}

/**
 * Rejects a list with repeated or too few items.
 * @throws HubError `BAD_USER_INPUT` with `argument`
 */
export function checkDistinct(values: readonly string[], argument: string, atLeast = 0): void {
  if (values.length >= atLeast && new Set(values).size === values.length) return;
  throw new HubError('BAD_USER_INPUT', {
    argument,
    message: `The items of a list must be different, and at least ${atLeast}.`,
  });
}
