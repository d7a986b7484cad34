import { expect } from 'vitest';

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly unknown[];
  readonly extensions?: unknown;
}

const textOf = (value: unknown): string => JSON.stringify(value) ?? '';

/** All of an answer. Errors come as their partners answer: their order says nothing. */
const readAnswer = ({ data, errors = [], extensions }: Answer) => ({
  data,
  errors: errors.toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1)),
  extensions,
});

/** Holds an answer of the hub’s executor to that of the engine’s maker: data, errors with their places, completeness. */
export function expectSame(compiled: Answer, stock: Answer, what = ''): void {
  expect(readAnswer(compiled), what).toEqual(readAnswer(stock));
}
