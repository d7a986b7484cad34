// cspell:ignore smhd
import type { JWK } from 'jose';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { isOwnRecord, roles } from '../../identity/reader.js';
import { longestLifeSeconds, signToken } from '../../identity/token.js';
import { isOneLine, oneLineRule } from '../../system/one-line.js';
import { UsageError } from '../../system/settings/read-environment.js';

const secondsOf = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

const usageOf = (organisations: readonly string[]): string =>
  `Usage: npm run --silent token -- --organisation CODE --role ROLE [--person ID] [--subject S] [--purpose P] [--ttl 1h]

  --organisation   the organisation that signs: ${organisations.join(', ')}
  --role           ${[...roles, 'participant'].join(', ')}
  --person         of a participant: her own record, such as dk:demo-officer-1
  --subject        the person, in the organisation’s own terms (default: someone)
  --purpose        the purpose of the access
  --ttl            how long it is valid: 90s, 15m, 1h (default), at most 1d`;

const ttl = z
  .string()
  .regex(/^\d{1,6}[smhd]$/, 'must be a time such as 90s, 15m or 1h')
  .transform(
    (text) => Number(text.slice(0, -1)) * secondsOf[text.slice(-1) as keyof typeof secondsOf],
  )
  .pipe(z.number().min(1, 'must be at least 1s').max(longestLifeSeconds, 'must be at most 1d'));

/** A participant has a record of her organisation, and nobody else has one. */
const hasFittingRecord = ({
  role,
  person,
  organisation,
}: {
  readonly role: string;
  readonly person?: string | undefined;
  readonly organisation: string;
}): boolean =>
  role === 'participant'
    ? person !== undefined && isOwnRecord(person, organisation)
    : person === undefined;

function readFlags(argv: readonly string[], organisations: readonly string[]) {
  const text = z.string().min(1, 'is empty').max(256, 'is too long').refine(isOneLine, oneLineRule);
  const schema = z
    .object({
      organisation: z.enum(organisations, `must be one of ${organisations.join(', ')}`),
      role: z.enum([...roles, 'participant'], `must be one of ${roles.join(', ')}, participant`),
      person: text.optional(),
      subject: text,
      purpose: text.optional(),
      ttl,
    })
    .refine(hasFittingRecord, {
      path: ['person'],
      message: 'must be a record of the organisation, for --role participant alone',
    });
  const refuse = (message: string) => new UsageError(`${message}\n\n${usageOf(organisations)}`);
  let values;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        organisation: {
          type: 'string',
          ...(organisations.length === 1 && { default: organisations[0] }),
        },
        role: { type: 'string' },
        person: { type: 'string' },
        subject: { type: 'string', default: 'someone' },
        purpose: { type: 'string' },
        ttl: { type: 'string', default: '1h' },
      },
    }));
  } catch (error) {
    throw refuse((error as Error).message);
  }
  const { data, error } = schema.safeParse(values);
  if (data) return data;
  throw refuse(
    error.issues.map(({ path, message }) => `--${path.join('.')} ${message}`).join('\n'),
  );
}

/** Whose tokens the command signs. */
export interface TokenCommandOptions {
  /** The organisations that may sign. If there is only one, it need not be named. */
  readonly organisations: readonly string[];
  /** The private signing key of one of them. */
  readonly findKey: (organisation: string) => Promise<JWK>;
}

/**
 * The command `token`: signs a token with the organisation’s own key.
 * @throws {@link UsageError} with all errors, or an error of the key
 */
export async function createToken(
  argv: readonly string[],
  { organisations, findKey }: TokenCommandOptions,
): Promise<string> {
  const { ttl: seconds, ...claims } = readFlags(argv, organisations);
  const key = await findKey(claims.organisation);
  return signToken({ ...claims, key, purpose: claims.purpose, ttl: seconds });
}
