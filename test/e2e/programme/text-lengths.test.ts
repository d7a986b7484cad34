import { buildSubgraphSchema } from '@apollo/subgraph';
import { formOfScalar } from '@hub/shared/scalars';
import { parse, type GraphQLSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { cloneFolder } from '../network/running-command.js';
import { signAsHub } from '../network/sign-as-hub.js';
import { findListInputs, findTextInputs, type BoundedInput } from './text-inputs.js';

interface Refusal {
  readonly code: string | undefined;
  readonly argument: unknown;
  readonly message: string;
}

interface Server {
  readonly name: string;
  readonly schema: () => GraphQLSchema;
  post(body: string): Promise<Response>;
}

/** 200 KB that composing takes the square of its time for. */
const marks = 'a\u0301\u0327'.repeat(40_000);

let network: OpenNetwork;
beforeAll(async () => {
  network = await openNetwork('facts', { isGuarded: true });
}, 60_000);
afterAll(() => network[Symbol.asyncDispose]());

const json = { 'content-type': 'application/json' };
const subgraphs = { dk: 'national-police', nbnp: 'nbnp', ncm: 'ncm-offices' };
const servers: readonly Server[] = [
  {
    name: 'the hub',
    schema: () => network.hub.schema,
    post: (body) => fetch(network.hubUrl, { method: 'POST', headers: json, body }),
  },
  ...Object.entries(subgraphs).map(([code, folder]): Server => ({
    name: code,
    schema: () => {
      const file = join(cloneFolder, 'subgraphs', folder, 'schema.graphql');
      return buildSubgraphSchema(parse(readFileSync(file, 'utf8')));
    },
    async post(body) {
      const signature = await signAsHub(network.keys, code, body);
      const headers = { ...json, ...signature };
      return fetch(network.urlOf(code), { method: 'POST', headers, body });
    },
  })),
];

async function send(server: Server, request: object): Promise<Refusal> {
  const response = await server.post(JSON.stringify(request));
  const { errors = [] } = (await response.json()) as {
    errors?: { message: string; extensions: { code: string; argument?: string } }[];
  };
  const [first] = errors;
  const { code, argument } = first?.extensions ?? {};
  return { code, argument, message: first?.message ?? '' };
}

const requestsWith = <Given>(input: BoundedInput<Given>, given: Given): object[] => [
  { query: input.query, variables: input.variablesWith(given) },
  { query: input.literalWith(given) },
];

const isLengthRefusal = ({ message }: Refusal) => message.includes('must have at most');

describe.each(servers)('an argument or input field of $name', (server) => {
  it('refuses a text that is longer than its longest, by its name and its bound', async () => {
    const inputs = findTextInputs(server.schema());
    expect(inputs.length).toBeGreaterThan(20);
    for (const input of inputs) {
      for (const request of requestsWith(input, 'x'.repeat(input.most + 1))) {
        const { code, argument, message } = await send(server, request);
        expect.soft({ name: input.name, code, argument, message }).toEqual({
          name: input.name,
          code: 'BAD_USER_INPUT',
          argument: input.argument,
          message: `\`${input.argument}\` must have at most ${input.most.toLocaleString('en')} characters.`,
        });
      }
    }
  });

  it('takes a text of its longest length', async () => {
    for (const input of findTextInputs(server.schema())) {
      for (const request of requestsWith(input, 'x'.repeat(input.most))) {
        const refusal = await send(server, request);
        expect.soft([input.name, isLengthRefusal(refusal)]).toEqual([input.name, false]);
      }
    }
  });

  it('refuses a text that is not of its scalar’s form, by its name, before anybody is asked', async () => {
    const inputs = findTextInputs(server.schema()).filter(({ type }) => formOfScalar(type));
    expect(inputs.length).toBeGreaterThan(10);
    for (const { name, argument, type, ...input } of inputs) {
      for (const request of requestsWith({ name, argument, type, ...input }, '?\u0001')) {
        const { message, ...refusal } = await send(server, request);
        expect.soft({ name, ...refusal }).toEqual({ name, code: 'BAD_USER_INPUT', argument });
        expect.soft(message).toContain(`\`${argument}\` must be of type ${type}.`);
      }
    }
  });

  it('refuses a list of more than 200 items, by its name and its bound, and takes one of 200', async () => {
    const inputs = findListInputs(server.schema());
    expect(inputs.length).toBeGreaterThan(1);
    for (const input of inputs) {
      const { name, argument, most } = input;
      for (const request of requestsWith(input, most + 1)) {
        const refusal = await send(server, request);
        expect.soft({ name, ...refusal }).toEqual({
          name,
          code: 'BAD_USER_INPUT',
          argument,
          message: `\`${argument}\` must have at most 200 items.`,
        });
      }
      for (const request of requestsWith(input, most)) {
        const refusal = await send(server, request);
        expect.soft([name, isLengthRefusal(refusal)]).toEqual([name, false]);
      }
    }
  });

  it('refuses 200 KB of combining marks in the time of any refusal', async () => {
    const ordinary = { query: `{ nothing } # ${'x'.repeat(Buffer.byteLength(marks))}` };
    let [attackMs, ordinaryMs] = [0, 0];
    for (const { name, query, variablesWith } of findTextInputs(server.schema())) {
      const startedAt = performance.now();
      const refusal = await send(server, { query, variables: variablesWith(marks) });
      const refusedAt = performance.now();
      expect.soft([name, isLengthRefusal(refusal)]).toEqual([name, true]);
      await send(server, ordinary);
      attackMs += refusedAt - startedAt;
      ordinaryMs += performance.now() - refusedAt;
    }
    expect(attackMs / ordinaryMs).toBeLessThan(5);
  });
});
