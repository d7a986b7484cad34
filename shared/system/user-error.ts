/**
 * An error that the user of a command can act on. The message says what is wrong, and what to do.
 * Commands print it, and no stack.
 */
export class UserError extends Error {
  override readonly name: string = 'UserError';
}
