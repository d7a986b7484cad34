import { HubError } from '../errors/hub-error.js';

/** The header with which clients name their program. Apollo’s clients send it. */
export const ownClientNameHeader = 'apollographql-client-name';

/** The headers with which a client may name its program and its version: two usual pairs. */
const clientHeaders = [
  { name: ownClientNameHeader, version: 'apollographql-client-version' },
  { name: 'graphql-client-name', version: 'graphql-client-version' },
] as const;

/**
 * What a client calls its program: `dashboard`, or `dashboard@1.2` if it says its version. The first
 * pair of headers that has a name counts. The form of the name is not checked yet; a version that does
 * not fit is left out.
 */
export function joinClientName(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): string | string[] | undefined {
  for (const { name, version } of clientHeaders) {
    const given = headers[name];
    if (given === undefined || given === '') continue;
    const number = headers[version];
    const hasBoth = typeof given === 'string' && typeof number === 'string' && number !== '';
    return hasBoth && isClientName(`${given}@${number}`) ? `${given}@${number}` : given;
  }
  return undefined;
}

/** The header with which the hub tells a partner that name. The hub’s signature covers it. */
export const clientNameHeader = 'hub-client-name';

/** Each partner stores the name in its disclosure record. */
const longestClientName = 255;

/** Printable ASCII without a space at either end: every implementation of HTTP keeps it as it is. */
const clientNameForm = /^[!-~](?:[ -~]*[!-~])?$/;

/** Whether a header has a name that a request can carry. */
export const isClientName = (header: unknown): header is string =>
  typeof header === 'string' && header.length <= longestClientName && clientNameForm.test(header);

/**
 * The name in a header. Undefined if the header is missing or empty.
 * @throws HubError `BAD_REQUEST` for any other form
 */
export function readClientName(header: unknown, name: string): string | undefined {
  if (header === undefined || header === '') return undefined;
  if (isClientName(header)) return header;
  const message = `\`${name}\` must have at most ${longestClientName} characters, all of them printable ASCII.`;
  throw new HubError('BAD_REQUEST', { message });
}
