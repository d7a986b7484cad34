import type { ValueTransformer } from 'typeorm';

/**
 * A person’s name; null after erasure. The column is not nullable, so the empty string means null.
 */
export const emptyWhenErased: ValueTransformer = {
  to: (name: string | null | undefined) => (name === null ? '' : name),
  from: (name: string | null) => (name === '' ? null : name),
};
