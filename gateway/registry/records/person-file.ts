import type { KeyStore } from '@hub/shared/identity';
import { personFiles, statements } from '@hub/shared/records';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { EvidenceError } from './evidence-file.js';

const fileSchema = z.strictObject({
  form: z.literal(1),
  person: z.string(),
  at: z.iso.datetime(),
  parts: z.array(z.strictObject({ issuer: z.string(), statement: z.string(), content: z.json() })),
  missing: z.array(z.string()),
});

/** A file of all about one person, as the hub writes it. */
export type PersonFile = z.output<typeof fileSchema>;

/** The file, if a text is one. */
export function parsePersonFile(text: string): PersonFile | undefined {
  try {
    return fileSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/**
 * Verifies that each owner signed its part, that all parts are about the same person, and that what
 * people read is what was signed.
 * @throws {@link EvidenceError}
 */
export async function verifyPersonFile(
  { person, parts }: PersonFile,
  keys: Pick<KeyStore, 'signingKeysOf'>,
): Promise<readonly personFiles.Part[]> {
  const issuers = new Set(parts.map(({ issuer }) => issuer));
  if (issuers.size < parts.length) throw new EvidenceError('An organisation has two parts.');
  const proven: personFiles.Part[] = [];
  for (const { issuer, statement, content } of parts) {
    const part = await personFiles
      .readPart(statement, { issuer, person }, keys)
      .catch((error: unknown) => {
        if (!(error instanceof statements.StatementError)) throw error;
        throw new EvidenceError(`The part of ${issuer} is not valid: ${error.message}`);
      });
    if (!isDeepStrictEqual(part, content))
      throw new EvidenceError(`The part of ${issuer} says something else than what it signed.`);
    proven.push(part);
  }
  return proven;
}
