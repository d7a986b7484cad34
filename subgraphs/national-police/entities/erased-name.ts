import type { ValueTransformer } from 'typeorm';

/** A person’s name, null once she was erased. The column has no null: the empty text, which is nobody’s name, stands for it. */
export const emptyWhenErased: ValueTransformer = {
  to: (name: string | null | undefined) => (name === null ? '' : name),
  from: (name: string | null) => (name === '' ? null : name),
};
