import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse, type GraphQLSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { cloneFolder } from '../network/running-command.js';
import { signAsHub } from '../network/sign-as-hub.js';
import type { BoundedInput } from './text-inputs.js';

export interface Refusal {
  readonly code: string | undefined;
  readonly argument: unknown;
  readonly message: string;
}

export interface Server {
  readonly name: string;
  readonly schema: () => GraphQLSchema;
  post(body: string): Promise<Response>;
}

let network: OpenNetwork;

/** Opens the network of {@link servers}. */
export async function openServers(): Promise<AsyncDisposable> {
  network = await openNetwork('facts', { isGuarded: true });
  return network;
}

const json = { 'content-type': 'application/json' };
const subgraphs = { dk: 'national-police', nbnp: 'nbnp', ncm: 'ncm-offices' };
/** The hub, and a partner of each kind. Requests to a partner have the hub’s signature. */
export const servers: readonly Server[] = [
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

export async function send(server: Server, request: object): Promise<Refusal> {
  const response = await server.post(JSON.stringify(request));
  const { errors = [] } = (await response.json()) as {
    errors?: { message: string; extensions: { code: string; argument?: string } }[];
  };
  const [first] = errors;
  const { code, argument } = first?.extensions ?? {};
  return { code, argument, message: first?.message ?? '' };
}

export const requestsWith = <Given>(input: BoundedInput<Given>, given: Given): object[] => [
  { query: input.query, variables: input.variablesWith(given) },
  { query: input.literalWith(given) },
];

export const isLengthRefusal = ({ message }: Refusal): boolean =>
  message.includes('must have at most');
