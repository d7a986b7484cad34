import { Refusal } from '@hub/shared/errors';
import { isOneLine } from '@hub/shared/system';
import { CLIENT_INFO_META_KEY } from '@modelcontextprotocol/server';
import { isUtf8 } from 'node:buffer';
import { longestPurpose } from './input-schema.js';

/** One message of a client. */
export interface Message {
  readonly body: unknown;
  /** The `purpose` of a call of a tool, if it has one of the right form. */
  readonly purpose?: string | undefined;
  /** What the client calls its program. */
  readonly clientName?: string | undefined;
  /** Whether it asks for the list of tools, which is the same for everybody. */
  readonly isListing: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const fieldsOf = (value: unknown): Fields => (isObject(value) ? value : {});

/** A purpose of the right form, for the record of disclosures. Undefined for anything else. */
export const readPurpose = (given: unknown): string | undefined => {
  const purpose = typeof given === 'string' ? given.trim() : '';
  const isOfForm = purpose !== '' && purpose.length <= longestPurpose && isOneLine(purpose);
  return isOfForm ? purpose : undefined;
};

/** As long as a name is recorded. */
const longestName = 100;

/** What partners record as the client: `mcp`, with the name that the client gives itself. */
export function nameClient(declared: string | undefined): string {
  const name = declared?.replaceAll(/[^ -~]/g, '?').trim();
  return name ? `mcp (${name.slice(0, longestName)})` : 'mcp';
}

/** The name and version that clients of the current protocol send with each message. */
function readClientInfo(params: Fields): string | undefined {
  const { name, version } = fieldsOf(fieldsOf(params['_meta'])[CLIENT_INFO_META_KEY]);
  if (typeof name !== 'string') return undefined;
  return typeof version === 'string' ? `${name}@${version}` : name;
}

const malformed = (message: string): Refusal => new Refusal('BAD_REQUEST', 400, { message });

/**
 * Reads the body of a request.
 * @throws `BAD_REQUEST` unless it is one JSON-RPC message in UTF-8
 */
export function readMessage(bytes: Uint8Array): Message {
  if (!isUtf8(bytes)) throw malformed('The body must be UTF-8.');
  let body: unknown;
  try {
    body = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'));
  } catch {
    throw malformed('The body must be JSON.');
  }
  if (!isObject(body)) throw malformed('The body must be one JSON-RPC message.');
  const params = fieldsOf(body['params']);
  const isCall = body['method'] === 'tools/call';
  return {
    body,
    purpose: isCall ? readPurpose(fieldsOf(params['arguments'])['purpose']) : undefined,
    clientName: readClientInfo(params),
    isListing: body['method'] === 'tools/list',
  };
}
