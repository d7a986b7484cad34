import fc from 'fast-check';
import { parse, validate, type GraphQLSchema } from 'graphql';
import { expect } from 'vitest';
import { drawOperation } from '../oracle/operations.js';
import type { DrawValue } from '../oracle/values.js';

interface ExecutionResponse {
  readonly data?: unknown;
  readonly errors?: readonly unknown[];
  readonly extensions?: unknown;
}

const textOf = (value: unknown): string => JSON.stringify(value) ?? '';

/** The hub names what is missing below a non-null field. Apollo’s executor does not. */
const isLoss = (error: unknown): boolean =>
  textOf(error).includes('is missing, and must not be null.');

/** A whole response. Errors come in the order in which partners respond, so they are sorted. */
const readResponse = ({ data, errors = [], extensions }: ExecutionResponse) => ({
  data,
  errors: errors
    .filter((error) => !isLoss(error))
    .toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1)),
  extensions,
});

const isRefusedWith = ({ data, errors = [] }: ExecutionResponse, code: string): boolean =>
  data === undefined &&
  errors.length === 1 &&
  (errors[0] as { readonly extensions?: { readonly code?: unknown } }).extensions?.code === code;

/**
 * Expects the same response of the hub’s executor as of Apollo’s: data, errors with their paths,
 * completeness. If the planner fails, the hub refuses the operation with a code.
 */
export function expectSame(compiled: ExecutionResponse, stock: ExecutionResponse, what = ''): void {
  const hasFailed = isRefusedWith(stock, 'INTERNAL_SERVER_ERROR');
  if (hasFailed && isRefusedWith(compiled, 'OPERATION_UNPLANNABLE')) return;
  // One schema alone has no completeness.
  const { extensions = compiled.extensions } = stock;
  expect(readResponse(compiled), what).toEqual(readResponse({ ...stock, extensions }));
}

type Ask = (
  query: string,
  variables: Readonly<Record<string, unknown>>,
) => Promise<ExecutionResponse>;

/** One graph, for the hub’s executor and for Apollo’s. */
export interface Executors {
  /** What clients may ask. */
  readonly schema: GraphQLSchema;
  readonly compiled: Ask;
  readonly stock: Ask;
  readonly drawValue: DrawValue;
}

/** Compares them by what is drawn; the seed is in the message of a failure. */
export async function compareDrawn(
  { schema, compiled, stock, drawValue }: Executors,
  runs: { readonly seed: number; readonly numRuns: number; readonly unbiased?: boolean },
): Promise<void> {
  const drawn = fc.asyncProperty(fc.gen(), async (draw) => {
    const { query, variables } = drawOperation(draw, schema, drawValue);
    // Now and then what is drawn has fields that do not merge: it is no operation then.
    fc.pre(validate(schema, parse(query)).length === 0);
    const expected = await stock(query, variables);
    expectSame(
      await compiled(query, variables),
      expected,
      `${query}\n${JSON.stringify(variables)}`,
    );
  });
  await fc.assert(drawn, { ...runs, maxSkipsPerRun: 30, endOnFailure: true });
}
