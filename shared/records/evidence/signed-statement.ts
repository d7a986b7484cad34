import {
  CompactSign,
  compactVerify,
  decodeProtectedHeader,
  errors,
  importJWK,
  type JWK,
} from 'jose';
import { z } from 'zod';
import type { KeyStore } from '../../identity/keys/key-store.js';

/** Why a statement is not valid. */
export type StatementCode =
  /** It is not a compact JWS, or its header does not have the one accepted form. */
  | 'UNSIGNED'
  /** It is not signed with a registered key of its issuer. */
  | 'FOREIGN'
  /** It is signed, but its content has another form. */
  | 'INVALID';

/** An invalid statement. The message says what is wrong, for its issuer’s engineers. */
export class StatementError extends Error {
  override readonly name = 'StatementError';

  constructor(
    readonly code: StatementCode,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Signs a statement as a compact JWS.
 * @param type the type in its header, so that no other text of the same key can pass for it
 */
export async function signStatement(content: object, type: string, key: JWK): Promise<string> {
  if (key.kid === undefined) throw new TypeError('The signing key has no kid.');
  const alg = key.alg ?? (key.kty === 'EC' ? 'ES256' : 'EdDSA');
  return new CompactSign(Buffer.from(JSON.stringify(content)))
    .setProtectedHeader({ alg, kid: key.kid, typ: type })
    .sign(await importJWK(key, alg));
}

export interface ReadStatementOptions<Content> {
  /** The type in its header. */
  readonly type: string;
  /** The code of the organisation that must have signed it. */
  readonly issuer: string;
  /** The registered public keys. */
  readonly keys: Pick<KeyStore, 'signingKeysOf'>;
  /** The one accepted form of the content. */
  readonly form: z.ZodType<Content>;
}

/**
 * Verifies a statement and returns its content. Only a registered key of its issuer counts, and of
 * these only the one that the header names.
 * @throws {@link StatementError}
 */
export async function readStatement<Content>(
  jws: string,
  { type, issuer, keys, form }: ReadStatementOptions<Content>,
): Promise<Content> {
  const { kid, alg } = readHeader(jws, type);
  const key = (await keys.signingKeysOf(issuer)).find((each) => each.kid === kid);
  if (!key) {
    throw new StatementError(
      'FOREIGN',
      `${issuer} has no registered signing key with this kid: ${kid}.`,
    );
  }
  const parsed = form.safeParse(parseJson(await readPayload(jws, toPublic(key), alg)));
  if (parsed.success) return parsed.data;
  throw new StatementError('INVALID', describeIssues(parsed.error));
}

/** An organisation verifies its own statements with its own keys, which are private. */
const toPublic = ({ d: _, ...key }: JWK): JWK => key;

/** Exactly these: a header cannot bring a key (`jwk`, `jku`, `x5u`) or change the rules (`crit`). */
const headerSchema = z.strictObject({
  alg: z.enum(['EdDSA', 'ES256']),
  kid: z.string().min(1).max(256),
  typ: z.string(),
});

function readHeader(jws: string, type: string): z.output<typeof headerSchema> {
  let header: unknown;
  try {
    header = decodeProtectedHeader(jws);
  } catch {
    throw new StatementError('UNSIGNED', 'It is not a compact JWS.');
  }
  const parsed = headerSchema.safeParse(header);
  if (parsed.success && parsed.data.typ === type) return parsed.data;
  throw new StatementError(
    'UNSIGNED',
    `The header of the JWS must have alg (EdDSA or ES256), kid and typ (${type}), and nothing else.`,
  );
}

async function readPayload(jws: string, key: JWK, algorithm: string): Promise<Uint8Array> {
  try {
    return (await compactVerify(jws, key, { algorithms: [algorithm] })).payload;
  } catch (error) {
    if (!(error instanceof errors.JOSEError || error instanceof TypeError)) throw error;
    throw new StatementError('FOREIGN', 'The signature is not that of the registered key.');
  }
}

/** Undefined if it is not JSON in UTF-8. */
export function parseJson(bytes: Uint8Array | string): unknown {
  try {
    const text =
      typeof bytes === 'string' ? bytes : new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The first errors of a form, each with its place. */
export const describeIssues = ({ issues }: z.ZodError): string =>
  issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.join('.')}: ${message}`)
    .join('; ');
