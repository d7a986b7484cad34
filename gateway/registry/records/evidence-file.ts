import { contentDigestOf, hubIssuer, type KeyStore } from '@hub/shared/identity';
import {
  chainedLines,
  dailyHeads,
  networkHeads,
  signedResponses,
  statements,
} from '@hub/shared/records';
import { UserError } from '@hub/shared/system';
import { jwtVerify, type JWK } from 'jose';
import { z } from 'zod';

/** The type in the header of a file of evidence. */
const evidenceType = 'hub-evidence+jwt';

const text = (most: number) => z.string().max(most);

/** One request to a partner and its response, without the body of the response. */
export const exchangeSchema = z.strictObject({
  partner: text(32),
  request: z.strictObject({
    method: text(10),
    path: text(2_000),
    body: text(2_000_000),
    contentDigest: text(200),
    assertion: text(8_000),
    signature: text(200),
    signatureInput: text(2_000),
  }),
  /** Null if the hub got no response. */
  response: z
    .strictObject({
      status: z.int(),
      /** Of the body of the response. */
      contentDigest: text(200),
      record: text(200).nullable(),
      /** Null if the partner does not sign responses. */
      signature: text(500).nullable(),
      signatureInput: text(2_000).nullable(),
    })
    .nullable(),
});

const evidenceSchema = z.strictObject({
  form: z.literal(1),
  issuer: z.literal(hubIssuer),
  requestId: text(64),
  /** The organisation of the caller. */
  organisation: text(32),
  /** When the hub responded. */
  at: z.iso.datetime(),
  exchanges: z.array(exchangeSchema).max(500),
  /** How many exchanges were left out. */
  omitted: z.int().min(0),
  /** Lines of the file of all heads, for the partners that signed. */
  heads: z.array(text(8_000)).max(1_000),
  /** Of these heads, as far as the hub knows them. A file of an earlier version has none. */
  openings: z.array(dailyHeads.openingSchema).max(1_000).default([]),
});

/** One request to a partner and its response. */
export type Exchange = z.output<typeof exchangeSchema>;
/** What happened in one operation, for a third party. */
export type Evidence = z.output<typeof evidenceSchema>;

/** Signs evidence with the hub’s private key. Returns the text of the file. */
export async function signEvidence(evidence: Evidence, key: JWK): Promise<string> {
  const signed = await statements.signStatement(evidenceSchema.parse(evidence), evidenceType, key);
  return `${JSON.stringify({ evidence: signed })}\n`;
}

/** Evidence that contradicts itself, or that its named signer has not signed. */
export class EvidenceError extends UserError {
  override readonly name = 'EvidenceError';
}

/** What one exchange proves. */
interface ProvenExchange {
  readonly partner: string;
  /** The caller of the operation, as the hub signed it in the request. */
  readonly caller: {
    readonly organisation: string | null;
    readonly subject: string;
    readonly role: string;
    readonly purpose: string | null;
  };
  readonly request: string;
  readonly status: number | null;
  /** The digest of the response. */
  readonly contentDigest: string | null;
  /** What the partner signed. Null if it signed nothing, and only the hub vouches for the response. */
  readonly signed: signedResponses.VerifiedResponse | null;
  /** The first published head of the partner’s record that is not before it. */
  readonly head: { readonly at: string; readonly links: number } | null;
  /** How many heads of the partner were not compared, because there is no opening. */
  readonly unopened: number;
}

export interface ProvenEvidence {
  readonly evidence: Evidence;
  readonly exchanges: readonly ProvenExchange[];
}

const fileSchema = z.strictObject({ evidence: z.string() });
const claimsSchema = z.object({
  sub: z.string(),
  org: z.string().optional(),
  role: z.string(),
  purpose: z.string().optional(),
  iat: z.int(),
  exp: z.int(),
});

/** Clocks may differ by as much as the hub’s requests may be old. */
const toleranceSeconds = 310;

/**
 * Verifies a file of evidence with public keys alone: the hub’s signature, that each request is the
 * one that was asked for this caller, each partner’s signature, and that no published head
 * contradicts what it signed.
 * @param keys of the hub, under `hub`, and of the partners
 * @param openings of heads of form 2, besides those in the file. Without its opening, such a head contradicts nothing. @default none
 * @throws {@link EvidenceError}
 */
export async function verifyEvidence(
  file: string,
  keys: Pick<KeyStore, 'signingKeysOf'>,
  openings: dailyHeads.Openings = new Map(),
): Promise<ProvenEvidence> {
  const evidence = await readEvidence(file, keys);
  const known = new Map([...openings, ...dailyHeads.indexOpenings(evidence.openings)]);
  const heads = await Promise.all(evidence.heads.map((line) => readHead(line, keys)));
  const exchanges: ProvenExchange[] = [];
  for (const [index, exchange] of evidence.exchanges.entries()) {
    const own = heads
      .filter(({ issuer }) => issuer === exchange.partner)
      .map((head) => dailyHeads.openHead(head, known));
    const refuse = (why: string): never => {
      throw new EvidenceError(`Request ${index + 1}, to ${exchange.partner}: ${why}.`);
    };
    exchanges.push(await proveExchange(exchange, { evidence, heads: own, keys, refuse }));
  }
  return { evidence, exchanges };
}

async function readEvidence(file: string, keys: Pick<KeyStore, 'signingKeysOf'>) {
  try {
    const { evidence } = fileSchema.parse(JSON.parse(file));
    return await statements.readStatement(evidence, {
      type: evidenceType,
      issuer: hubIssuer,
      keys,
      form: evidenceSchema,
    });
  } catch (error) {
    const why = error instanceof statements.StatementError ? error.message : 'it has another form';
    throw new EvidenceError(`The file is not evidence of the hub: ${why}`);
  }
}

async function readHead(line: string, keys: Pick<KeyStore, 'signingKeysOf'>) {
  try {
    const { sequence, previous } = JSON.parse(line) as chainedLines.ChainedLine;
    const before =
      sequence === 1 ? chainedLines.noLines : { sequence: sequence - 1, hash: previous };
    const [read] = chainedLines.followLines([line], before);
    const { partner = '', statement = '' } = (read && networkHeads.readHeadLine(read)) ?? {};
    return await dailyHeads.readDailyHead(statement, partner, keys);
  } catch (error) {
    throw new EvidenceError(`A head is invalid: ${(error as Error).message}`);
  }
}

interface Surroundings {
  readonly evidence: Evidence;
  readonly heads: readonly dailyHeads.KnownHead[];
  readonly keys: Pick<KeyStore, 'signingKeysOf'>;
  readonly refuse: (why: string) => never;
}

async function proveExchange(
  { partner, request, response }: Exchange,
  { evidence, heads, keys, refuse }: Surroundings,
): Promise<ProvenExchange> {
  if (contentDigestOf(request.body) !== request.contentDigest)
    refuse('the body of the request is not the one of its digest');
  const signed = await readSigned({ partner, request, response }, keys, refuse);
  const at = signed?.created ?? new Date(evidence.at);
  const claims = await readAssertion(partner, request.assertion, { at, keys }).catch(() =>
    refuse('the hub did not vouch for the caller at that time'),
  );
  // A partner’s own server asks for others, and for itself.
  if (claims.org !== evidence.organisation)
    refuse(`it is for a caller of ${claims.org ?? 'nobody'}, and not of ${evidence.organisation}`);
  return {
    partner,
    caller: {
      organisation: claims.org ?? null,
      subject: claims.sub,
      role: claims.role,
      purpose: claims.purpose ?? null,
    },
    request: request.body,
    status: response?.status ?? null,
    contentDigest: response?.contentDigest ?? null,
    signed,
    head: signed?.record ? findHead(signed, heads, refuse) : null,
    unopened: signed?.record ? heads.filter(({ links }) => links === undefined).length : 0,
  };
}

async function readSigned(
  { partner, request, response }: Exchange,
  keys: Surroundings['keys'],
  refuse: Surroundings['refuse'],
): Promise<signedResponses.VerifiedResponse | null> {
  if (!response || response.signature === null || response.signatureInput === null) return null;
  const { signature, signatureInput } = response;
  const verified = await signedResponses.verifyResponse(
    { ...request, partner },
    { ...response, signature, signatureInput },
    keys,
  );
  return typeof verified === 'string'
    ? refuse(`the partner did not sign this response (${verified})`)
    : verified;
}

async function readAssertion(
  partner: string,
  assertion: string,
  { at, keys }: { readonly at: Date; readonly keys: Surroundings['keys'] },
): Promise<z.output<typeof claimsSchema>> {
  const { payload } = await jwtVerify(
    assertion,
    async ({ kid }) => {
      const key = (await keys.signingKeysOf(hubIssuer)).find((each) => each.kid === kid);
      if (!key) throw new EvidenceError('The hub has no such key.');
      const { d: _, ...open } = key;
      return open;
    },
    {
      issuer: hubIssuer,
      audience: partner,
      algorithms: ['EdDSA', 'ES256'],
      currentDate: at,
      clockTolerance: toleranceSeconds,
    },
  );
  const claims = claimsSchema.parse(payload);
  if (claims.iat - toleranceSeconds > at.getTime() / 1000) throw new EvidenceError('It is newer.');
  return claims;
}

/** The first head that is not before a response. No head may contradict it. */
function findHead(
  { record, created }: signedResponses.VerifiedResponse,
  heads: readonly dailyHeads.KnownHead[],
  refuse: Surroundings['refuse'],
): ProvenExchange['head'] {
  const { links, hash } = record ?? { links: 0, hash: '' };
  let first: ProvenExchange['head'] = null;
  for (const { at, links: published, hash: last } of heads) {
    if (published === undefined) continue;
    if (published === links && last !== hash)
      refuse(`its head of ${at} has another hash for link ${links}`);
    const isLater = Date.parse(at) > created.getTime() + toleranceSeconds * 1000;
    if (isLater && published < links)
      refuse(`its head of ${at} has ${published} links, and it had signed ${links}`);
    if (published >= links && (!first || published < first.links)) first = { at, links: published };
  }
  return first;
}
