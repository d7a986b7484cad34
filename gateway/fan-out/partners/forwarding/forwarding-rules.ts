import { ConfigError } from '@hub/shared/system';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** What passes between clients and one foreign subgraph, as the operator decided. */
export interface Forwarding {
  /** The headers of clients’ requests that it gets, in lower case. */
  readonly request: readonly string[];
  /** Of these, the ones on which its response may depend: a trace changes nothing. */
  readonly varies: readonly string[];
  /** The headers of its responses that clients get. `cache-control`: the strictest of all. */
  readonly response: readonly string[];
  /** Whether clients get the messages and extensions of its errors. */
  readonly includeErrors: boolean;
}

/**
 * Headers of one connection, of one message, and those that the hub itself decides. Cookies are for the
 * hub’s own site alone.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1
 */
const never =
  /^(?:connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|expect|host|cookie2?|set-cookie2?|content-.*|accept|accept-encoding|accept-charset|date|age|vary|x-request-id|access-control-.*|strict-transport-security)$/;

const header = z
  .string()
  .toLowerCase()
  .regex(/^[\w!#$%&'*+.^`|~-]{1,100}$/, 'must be the name of a header')
  .refine((name) => !never.test(name), { error: ({ input }) => `${String(input)} never passes` });

const rules = {
  request: z.array(header).default([]),
  response: z.array(header).default([]),
};

const fileForm = z.strictObject({
  /** For every subgraph. */
  all: z
    .strictObject({ ...rules, includeErrors: z.boolean().default(false) })
    .default({ request: [], response: [], includeErrors: false }),
  /** In addition, by the name of the subgraph. */
  subgraphs: z
    .record(z.string(), z.strictObject({ ...rules, includeErrors: z.boolean().optional() }))
    .default({}),
});

/** The operator’s rules: for all subgraphs, and in addition for one. */
export type ForwardingRules = z.output<typeof fileForm>;

/**
 * Reads the file of `HUB_FORWARD_HEADERS`.
 * @throws `ConfigError`
 */
export function readForwardingRules(file: string): ForwardingRules {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigError(`${file} cannot be read as JSON: ${(error as Error).message}`);
  }
  const { data, error } = fileForm.safeParse(value);
  if (data) return data;
  const errors = error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  throw new ConfigError(`${file}: ${errors.join('; ')}`);
}

/**
 * The rules for each subgraph.
 * @throws if one is for a subgraph that the supergraph does not have
 */
export function assignForwarding(
  { all, subgraphs }: ForwardingRules,
  names: readonly string[],
): ReadonlyMap<string, Forwarding> {
  const unknown = Object.keys(subgraphs).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new Error(`HUB_FORWARD_HEADERS: the supergraph has no subgraph ${unknown}.`);
  return new Map(
    names.map((name) => {
      const {
        request = [],
        response = [],
        includeErrors = all.includeErrors,
      } = subgraphs[name] ?? {};
      const join = (one: readonly string[], other: readonly string[]) => [
        ...new Set([...one, ...other]),
      ];
      const passed = join(all.request, request);
      const varies = passed.filter((header) => !/^trace(?:parent|state)$/.test(header));
      const returned = join(all.response, response);
      return [name, { request: passed, varies, response: returned, includeErrors }];
    }),
  );
}
