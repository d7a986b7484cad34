/** A record that is broken or cannot be read. */
export class DisclosuresError extends Error {
  override readonly name = 'DisclosuresError';
}
