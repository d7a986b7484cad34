import { UserError } from '../../../system/user-error.js';

/** A record that is broken or cannot be read. */
export class DisclosuresError extends UserError {
  override readonly name = 'DisclosuresError';
}
