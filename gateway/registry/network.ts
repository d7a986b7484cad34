import { isProviderUrl } from '@hub/shared/identity';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** An organisation that runs a server in the network. */
export interface Partner {
  /** Begins the ids of all that it owns: `dk`. */
  readonly code: string;
  readonly name: string;
  /** The contract that its server fulfils. */
  readonly subgraph: string;
  /** Where its server answers. */
  readonly url: string;
  /** Whom to write to, by function and not by person. */
  readonly contact: string;
  /** The file of its public keys, below the data directory unless the path is absolute. */
  readonly publicKeys: string;
  /** Its OpenID Connect provider, whose tokens for its people count as well. */
  readonly issuer?: string | undefined;
  /** For one call, from its start to the last byte of the answer. */
  readonly deadlineMs: number;
  readonly maxResponseBytes: number;
}

/** Who is in the network. */
export interface Network {
  /** Where the hub answers unless it is told otherwise. */
  readonly port: number;
  readonly partners: readonly Partner[];
}

/** A network file that cannot be used; the message lists every fault. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
}

const partnerSchema = z.strictObject({
  code: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,31}$/, 'is two or more small letters, digits or hyphens')
    .refine((code) => code !== 'hub', 'is the hub’s own'),
  name: z.string().min(1).max(200),
  subgraph: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'is the name of a contract')
    .refine((name) => name !== 'hub', 'is served by the hub itself'),
  url: z.url({ protocol: /^https?$/, error: 'is no http or https address' }),
  contact: z.email('is no e-mail address'),
  publicKeys: z.string().min(1),
  issuer: z.string().refine(isProviderUrl, 'is no https address without a query').optional(),
  deadlineMs: z.int().min(1).max(600_000).default(5_000),
  maxResponseBytes: z.int().min(1).max(1_000_000_000).default(10_000_000),
});

const networkSchema = z
  .strictObject({
    port: z.int().min(0).max(65_535).default(4000),
    partners: z.array(partnerSchema).min(1, 'has nobody in it'),
  })
  .superRefine(({ port, partners }, { addIssue }) => {
    const codes = new Map<string, number>();
    const addresses = new Map<string, string>([[`loopback:${port}`, 'the hub']]);
    const issuers = new Map<string, string>();
    for (const [index, { code, url, issuer }] of partners.entries()) {
      const vouched = issuer && issuers.get(issuer);
      if (vouched) {
        addIssue({
          code: 'custom',
          path: ['partners', index, 'issuer'],
          message: `is the provider of ${vouched}`,
        });
      }
      if (issuer) issuers.set(issuer, code);
      if (codes.has(code)) {
        addIssue({
          code: 'custom',
          path: ['partners', index, 'code'],
          message: `${code} is there already`,
        });
      }
      codes.set(code, index);
      const address = readAddress(url);
      const other = address && addresses.get(address);
      if (other) {
        addIssue({
          code: 'custom',
          path: ['partners', index, 'url'],
          message: `has the port of ${other}`,
        });
      }
      if (address) addresses.set(address, code);
    }
  });

/** Host and port; the names of this machine are one host. */
function readAddress(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, hostname, port } = new URL(url);
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return `${isLoopback ? 'loopback' : hostname}:${port || (protocol === 'https:' ? 443 : 80)}`;
}

/**
 * Reads what a network file says.
 * @throws {@link NetworkError} with all faults at once.
 */
export function parseNetwork(text: string, file = 'The network'): Network {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new NetworkError(`${file} is no JSON: ${error instanceof Error ? error.message : ''}`);
  }
  const result = networkSchema.safeParse(json);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  throw new NetworkError(`${file} does not fit:\n${faults.join('\n')}`);
}

/** @throws {@link NetworkError} when the file cannot be read, or with all its faults at once. */
export function readNetwork(file: string): Network {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new NetworkError(`The network file ${file} cannot be read.`);
  }
  return parseNetwork(text, file);
}
