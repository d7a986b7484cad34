import { isWithheld } from '@hub/shared/errors';
import {
  type Channel,
  createAssertReader,
  deriveChannel,
  hubIssuer,
  KeyFileError,
  type KeyStore,
  type Reader,
  signRequest,
} from '@hub/shared/identity';
import { readBounded } from '@hub/shared/system';
import type { JWK } from 'jose';
import type { Contract } from '../../registry/contracts.js';
import { readContractModels } from '../contract-model.js';
import { type Outline, readOutline } from './outline.js';
import { broken } from './verdict.js';

/** Whom to check, and with which keys. */
export interface CertifierOptions {
  readonly code: string;
  /** The URL of its GraphQL endpoint. */
  readonly url: string;
  readonly subgraph: string;
  readonly contractSdl: string;
  /** The contracts of the network, which decide who owns an entity. */
  readonly contracts: readonly Contract[];
  /** The hub’s own private keys, under `hub`. */
  readonly hubKeys: KeyStore;
  /** The partner’s public keys, under its code. */
  readonly partnerKeys: KeyStore;
  /** @default 5000 */
  readonly deadlineMs?: number;
  /** @default Node’s own */
  readonly fetchBy?: typeof fetch;
}

/** What the partner sent back. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body. Undefined if it is not a JSON object. */
  readonly json: GraphQLReply | undefined;
}

interface GraphQLReply {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    readonly message?: unknown;
    readonly path?: readonly (string | number)[];
    readonly extensions?: Readonly<Record<string, unknown>>;
  }[];
}

/** Parts of a signature that differ from what the hub would send. */
export interface SignOverrides {
  readonly path?: string;
  readonly partner?: string;
  readonly assertion?: string;
  readonly channel?: Channel;
  readonly now?: Date;
}

/** What steps ask a partner with. */
export interface Certifier extends Omit<
  CertifierOptions,
  'contractSdl' | 'contracts' | 'deadlineMs'
> {
  readonly outline: Outline;
  readonly deadlineMs: number;
  readonly path: string;
  /** The secret that the hub shares with the partner. */
  readonly channel: Channel;
  /** The hub’s private signing key. */
  readonly hubKey: JWK;
  /** The body of a query that every subgraph can execute. */
  readonly plainBody: string;
  sign(body: string, overrides?: SignOverrides): Promise<Record<string, string>>;
  /** Sends a body with these headers, signed or not. */
  post(body: string, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  get(path: string): Promise<Reply>;
  /** Sends a query as the hub does, for a co-ordinator of the partner. */
  ask(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Reply>;
  /** Like `read`, but undefined if a co-ordinator may not see this. */
  readAllowed(
    query: string,
    variables?: Readonly<Record<string, unknown>>,
  ): Promise<Readonly<Record<string, unknown>> | undefined>;
  /** The data of a response without errors. @throws `Broken` for any other response */
  read(
    query: string,
    variables?: Readonly<Record<string, unknown>>,
  ): Promise<Readonly<Record<string, unknown>>>;
}

const mostBytes = 20_000_000;

/**
 * Makes a certifier of one partner. It only reads: no step sends a mutation.
 * @throws `KeyFileError` if keys are missing
 */
export async function createCertifier(options: CertifierOptions): Promise<Certifier> {
  const { code, url, hubKeys, partnerKeys, deadlineMs = 5_000, fetchBy = fetch } = options;
  const { subgraph, contractSdl, contracts } = options;
  const others = contracts.filter(({ name }) => name !== subgraph);
  const contract = { name: subgraph, sdl: contractSdl };
  const [[own], [other], [hubKey]] = await Promise.all([
    hubKeys.agreementKeysOf(hubIssuer),
    partnerKeys.agreementKeysOf(code),
    hubKeys.signingKeysOf(hubIssuer),
  ]);
  if (!own || !hubKey) throw new KeyFileError('The hub’s private keys cannot be read.');
  if (!other) throw new KeyFileError(`The public keys of ${code} cannot be read.`);
  const channel = deriveChannel(own, other, `${own.kid}`, `${other.kid}`);
  const assertReader = createAssertReader(() => Promise.resolve(hubKey));
  const { pathname: path } = new URL(url);
  const reader: Reader = {
    kind: 'person',
    organisation: code,
    subject: 'certifier',
    role: 'coordinator',
    purpose: 'PROGRAMME: certification',
  };

  const send = async (target: URL, init: RequestInit): Promise<Reply> => {
    const signal = AbortSignal.timeout(deadlineMs);
    try {
      const response = await fetchBy(target, { ...init, redirect: 'manual', signal });
      const text = (await readBounded(response, mostBytes)).toString('utf8');
      return { status: response.status, headers: response.headers, text, json: parse(text) };
    } catch (error) {
      const { cause } = error as Error;
      const why = cause instanceof Error ? cause.message : (error as Error).message;
      return broken(`no response: ${why}`);
    }
  };
  const certifier: Certifier = {
    ...options,
    outline: readOutline(contract, readContractModels([...others, contract])),
    deadlineMs,
    path,
    channel,
    hubKey,
    plainBody: JSON.stringify({ query: '{ __typename }' }),
    sign: async (body, overrides = {}) =>
      signRequest({
        method: 'POST',
        path,
        body,
        partner: code,
        assertion: overrides.assertion ?? (await assertReader(reader, code)),
        channel,
        ...overrides,
      }),
    post: (body, headers = {}) =>
      send(new URL(url), {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
        body,
      }),
    get: (target) => send(new URL(target, url), { method: 'GET' }),
    async ask(query, variables = {}) {
      const body = JSON.stringify({ query, variables });
      return certifier.post(body, await certifier.sign(body));
    },
    async readAllowed(query, variables) {
      const reply = await certifier.ask(query, variables);
      const codes = codesOf(reply);
      if (codes.length > 0 && codes.every(isWithheld)) return undefined;
      return dataOf(reply);
    },
    async read(query, variables) {
      return dataOf(await certifier.ask(query, variables));
    },
  };
  return certifier;
}

function dataOf({ json, status, text }: Reply): Readonly<Record<string, unknown>> {
  if (json?.data && !json.errors) return json.data;
  return broken(`${status} ${text.slice(0, 300)}`);
}

/** The codes of the errors of a response. */
export const codesOf = ({ json }: Pick<Reply, 'json'>): string[] =>
  (Array.isArray(json?.errors) ? json.errors : []).map(({ extensions }) =>
    String(extensions?.['code'] ?? 'no code'),
  );

function parse(text: string): GraphQLReply | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? json : undefined;
  } catch {
    return undefined;
  }
}
