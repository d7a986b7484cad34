import { UserError } from '@hub/shared/system';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { isProviderUrl } from './providers/provider.js';

/** An organisation that runs a server in the network. */
export interface Partner {
  /** The prefix of the ids of everything that it owns: `dk`. */
  readonly code: string;
  readonly name: string;
  /** The contract that its server implements. */
  readonly subgraph: string;
  /** The URL of its server. */
  readonly url: string;
  /** An e-mail address of a function, not of a person. */
  readonly contact: string;
  /** The file of its public keys. A relative path starts at the data directory. */
  readonly publicKeys: string;
  /** Its OpenID Connect provider. The provider’s tokens for its people are also valid. */
  readonly issuer?: string | undefined;
  /** The id of the hub’s pages at that provider. @default the pages offer no sign-in with it */
  readonly pagesClientId?: string | undefined;
  /** For one call, from its start to the last byte of the response. */
  readonly deadlineMs: number;
  readonly maxResponseBytes: number;
  /** True if a command added it. Its server is started elsewhere. */
  readonly isAdded?: true | undefined;
  /** Set by a command if the partner is suspended or removed. A network file cannot set it. */
  readonly membership?: Membership | undefined;
}

/** Why the hub does not call a partner. */
interface Membership {
  /** `SUSPENDED`: its rows are missing. `REMOVED`: it has no rows, and its code stays reserved. */
  readonly state: 'SUSPENDED' | 'REMOVED';
  /** An instant in UTC. */
  readonly since: string;
  readonly reason: string;
}

/** The partners of the network. */
export interface Network {
  /** The hub’s default port. */
  readonly port: number;
  readonly partners: readonly Partner[];
}

/** A network file that cannot be used. The message lists every error. */
export class NetworkError extends UserError {
  override readonly name = 'NetworkError';
}

function hasCredentials(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { username, password } = new URL(url);
  return `${username}${password}` !== '';
}

/** A partner’s entry in the network file. */
export const partnerSchema = z.strictObject({
  code: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,31}$/, 'must be two or more lower-case letters, digits or hyphens')
    .refine((code) => code !== 'hub', 'is reserved for the hub'),
  name: z.string().min(1).max(200),
  subgraph: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'must be the name of a contract')
    .refine((name) => name !== 'hub', 'is served by the hub itself'),
  url: z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
    // The hub signs its requests, and pages, logs and commands show this URL.
    .refine((url) => !hasCredentials(url), 'must not have a user name or a password'),
  contact: z.email('must be an e-mail address'),
  publicKeys: z.string().min(1),
  issuer: z.string().refine(isProviderUrl, 'must be an https URL without a query').optional(),
  pagesClientId: z.string().min(1).max(200).optional(),
  deadlineMs: z.int().min(1).max(600_000).default(5_000),
  maxResponseBytes: z.int().min(1).max(1_000_000_000).default(10_000_000),
});

const networkSchema = z
  .strictObject({
    port: z.int().min(0).max(65_535).default(4000),
    partners: z.array(partnerSchema).min(1, 'must not be empty'),
  })
  .superRefine(({ port, partners }, { addIssue }) => {
    const codes = new Map<string, number>();
    const addresses = new Map<string, string>([[`loopback:${port}`, 'the hub']]);
    const issuers = new Map<string, string>();
    for (const [index, { code, url, issuer }] of partners.entries()) {
      const refuse = (field: string, message: string) =>
        addIssue({ code: 'custom', path: ['partners', index, field], message });
      const sharer = issuer && issuers.get(issuer);
      if (sharer) refuse('issuer', `is already the provider of ${sharer}`);
      if (issuer) issuers.set(issuer, code);
      if (codes.has(code)) refuse('code', `${code} is already used`);
      codes.set(code, index);
      const address = readAddress(url);
      const other = address && addresses.get(address);
      if (other) refuse('url', `has the same port as ${other}`);
      if (address) addresses.set(address, code);
    }
  });

/** Host and port. All names of this machine count as one host. */
function readAddress(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, hostname, port } = new URL(url);
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return `${isLoopback ? 'loopback' : hostname}:${port || (protocol === 'https:' ? 443 : 80)}`;
}

/**
 * Parses a network file.
 * @throws {@link NetworkError} with all errors at once
 */
export function parseNetwork(text: string, file = 'The network'): Network {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new NetworkError(`${file} is not JSON: ${error instanceof Error ? error.message : ''}`);
  }
  const result = networkSchema.safeParse(json);
  if (result.success) return result.data;
  const errors = result.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  throw new NetworkError(`${file} is invalid:\n${errors.join('\n')}`);
}

/** @throws {@link NetworkError} if the file cannot be read, or with all its errors at once */
export function readNetwork(file: string): Network {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new NetworkError(`The network file ${file} cannot be read.`);
  }
  return parseNetwork(text, file);
}
