import {
  digest,
  fromBase64,
  isSignedBy,
  readSigned,
  thumbprintOf,
  toBase64,
  type Key,
} from './signed-text.ts';

/**
 * One thing that was looked at, and what came of it. What could not be decided here is `unknown`.
 * Each has a sentence: `evidence_<what>_<verdict>`.
 */
export interface Check {
  readonly what: 'form' | 'hub' | 'heads' | 'request' | 'caller' | 'whose' | 'response' | 'record';
  readonly verdict: 'holds' | 'fails' | 'unknown';
  readonly values: Readonly<Record<string, string | number>>;
}

export interface CheckedExchange {
  readonly partner: string;
  readonly checks: readonly Check[];
}

interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly contentDigest: string;
  readonly assertion: string;
  readonly signature: string;
}

interface SignedResponse {
  readonly status: number;
  readonly contentDigest: string;
  readonly record: string | null;
  readonly signature: string | null;
  readonly signatureInput: string | null;
}

export interface Exchange {
  readonly partner: string;
  readonly request: SentRequest;
  readonly response: SignedResponse | null;
}

/** An end of a partner’s record, of some day. Without its opening, it has no number and no hash. */
export interface PublishedEnd {
  readonly partner: string;
  readonly at: string;
  readonly links: number | undefined;
  readonly hash: string | undefined;
}

export interface Surroundings {
  readonly evidence: { readonly organisation: string; readonly at: string };
  readonly ends: readonly PublishedEnd[];
  readonly findKey: (issuer: string, kid: unknown) => Key | undefined;
}

export const check = (
  what: Check['what'],
  verdict: Check['verdict'],
  values: Check['values'] = {},
): Check => ({ what, verdict, values });

const contentDigestOf = async (text: string) => `sha-256=:${toBase64(await digest(text))}:`;

/** Clocks may differ by as much as the hub’s requests may be old. */
const toleranceSeconds = 310;

/** Whether the hub vouched for the caller, to this partner and at this time. */
async function checkCaller(
  { partner, request }: Exchange,
  at: Date,
  { evidence, findKey }: Surroundings,
): Promise<Check[]> {
  const { header, payload, isBy } = readSigned(request.assertion);
  const { iss, aud, sub, org, role, iat, exp } = payload as Record<string, unknown>;
  const values = { subject: String(sub), role: String(role), organisation: String(org ?? '') };
  const key = findKey('hub', header['kid']);
  const seconds = at.getTime() / 1000;
  const isThen =
    Number(iat) - toleranceSeconds <= seconds && Number(exp) + toleranceSeconds > seconds;
  const isVouched = key && iss === 'hub' && aud === partner && isThen && (await isBy(key));
  return [
    check('caller', !key ? 'unknown' : isVouched ? 'holds' : 'fails', values),
    check('whose', org === evidence.organisation ? 'holds' : 'fails', {
      organisation: evidence.organisation,
    }),
  ];
}

const tag = 'hub-response';
const inputForm = new RegExp(
  `^hub=((\\([^)]+\\));created=([1-9]\\d{0,11});keyid="([ !#-[\\]-~]+)";alg="(ed25519|ecdsa-p256-sha256)";tag="${tag}")$`,
);
const valueForm = /^hub=:([A-Za-z0-9+/]{86}==):$/;
const requestForm = /^hub=(:[A-Za-z0-9+/]+={0,2}:)$/;
const recordForm = /^links=(0|[1-9]\d{0,14}), hash="([0-9a-f]{64})"$/;

/** What a partner signs (RFC 9421): its response, its record, and the request that it got. */
function writeBase({ partner, request }: Exchange, response: SignedResponse, parameters: string) {
  const { status, contentDigest, record } = response;
  const lines = [
    ['"@status"', status],
    ['"content-digest"', contentDigest],
    ...(record === null ? [] : [['"hub-record"', record]]),
    ['"@method";req', request.method],
    ['"@path";req', request.path],
    ['"content-digest";req', request.contentDigest],
    ['"hub-partner";req', partner],
    ['"hub-assertion";req', request.assertion],
    ['"signature";req;key="hub"', requestForm.exec(request.signature)?.[1] ?? ''],
  ] as const;
  return {
    list: `(${lines.map(([name]) => name).join(' ')})`,
    base: [
      ...lines.map(([name, value]) => `${name}: ${value}`),
      `"@signature-params": ${parameters}`,
    ].join('\n'),
  };
}

interface CheckedResponse {
  readonly made: Check;
  /** When the partner signed, as it says. */
  readonly created?: Date;
}

async function checkResponse(
  exchange: Exchange,
  response: SignedResponse,
  { findKey }: Surroundings,
): Promise<CheckedResponse> {
  const { partner } = exchange;
  const values = { partner, status: response.status };
  if (response.signature === null || response.signatureInput === null)
    return { made: check('response', 'unknown', { ...values, why: 'unsigned' }) };
  const [, parameters = '', signedList, seconds, kid = '', algorithm] =
    inputForm.exec(response.signatureInput) ?? [];
  const value = valueForm.exec(response.signature)?.[1];
  const { list, base } = writeBase(exchange, response, parameters);
  if (value === undefined || list !== signedList)
    return { made: check('response', 'fails', values) };
  const key = findKey(partner, kid);
  if (!key) return { made: check('response', 'unknown', { ...values, why: 'noKey' }) };
  const isOfKey = algorithm === (key.kty === 'EC' ? 'ecdsa-p256-sha256' : 'ed25519');
  const isSigned = isOfKey && (await isSignedBy(key, base, fromBase64(value)));
  const created = new Date(Number(seconds) * 1000);
  const print = await thumbprintOf(key);
  return {
    made: check('response', isSigned ? 'holds' : 'fails', {
      ...values,
      at: created.toISOString(),
      print,
    }),
    ...(isSigned && { created }),
  };
}

/** Whether what was published of a record later goes on from what the partner signed. */
function checkRecord(partner: string, record: string, created: Date, all: readonly PublishedEnd[]) {
  const [, number = '', hash] = recordForm.exec(record) ?? [];
  const own = all.filter((end) => end.partner === partner);
  const links = Number(number);
  const values = { partner, links, hidden: own.filter((end) => end.links === undefined).length };
  if (hash === undefined) return check('record', 'fails', values);
  for (const { at, links: published, hash: last } of own) {
    if (published === undefined) continue;
    const isLater = Date.parse(at) > created.getTime() + toleranceSeconds * 1000;
    if ((published === links && last !== hash) || (isLater && published < links))
      return check('record', 'fails', { ...values, at });
  }
  const [first] = own
    .filter((end) => (end.links ?? -1) >= links)
    .toSorted((one, other) => (one.links ?? 0) - (other.links ?? 0));
  return first && values.hidden === 0
    ? check('record', 'holds', { ...values, at: first.at })
    : check('record', 'unknown', values);
}

/** Checks one request to a partner and its response: what each of the hub and the partner signed. */
export async function checkExchange(
  exchange: Exchange,
  around: Surroundings,
): Promise<CheckedExchange> {
  const { partner, request, response } = exchange;
  const isWhole = (await contentDigestOf(request.body)) === request.contentDigest;
  const checks: Check[] = [check('request', isWhole ? 'holds' : 'fails', { partner })];
  const { made, created } = response
    ? await checkResponse(exchange, response, around)
    : { made: check('response', 'unknown', { partner, why: 'none' }), created: undefined };
  checks.push(
    ...(await checkCaller(exchange, created ?? new Date(around.evidence.at), around).catch(() => [
      check('caller', 'fails', { subject: '', role: '', organisation: '' }),
    ])),
    made,
  );
  if (created && response && response.record !== null)
    checks.push(checkRecord(partner, response.record, created, around.ends));
  return { partner, checks };
}
