import type { JWK } from 'jose';
import { z } from 'zod';
import type { KeyStore } from '../../identity/keys/key-store.js';
import { readStatement, signStatement } from './signed-statement.js';

/** The type in the header of a statement. */
const readmissionType = 'hub-readmission+jwt';

const readmissionSchema = z.strictObject({
  form: z.literal(1),
  /** The code of the partner that vouches. */
  issuer: z.string().min(1).max(32),
  /** The code of the organisation that comes back. */
  partner: z.string().min(1).max(32),
  /** The thumbprints of its new public keys. */
  fingerprints: z.array(z.string().min(1).max(64)).min(1).max(10),
  /** When it was signed, in UTC. */
  at: z.iso.datetime(),
});

/** A partner’s word that an organisation which was removed comes back with these keys. */
export type Readmission = Readonly<z.output<typeof readmissionSchema>>;

/** Signs a statement with the private key of the partner that vouches. */
export const signReadmission = (statement: Readmission, key: JWK): Promise<string> =>
  signStatement(readmissionSchema.parse(statement), readmissionType, key);

/**
 * Verifies a statement of a partner.
 * @throws `StatementError`
 */
export const readReadmission = (
  statement: string,
  issuer: string,
  keys: Pick<KeyStore, 'signingKeysOf'>,
): Promise<Readmission> =>
  readStatement(statement, {
    type: readmissionType,
    issuer,
    keys,
    form: readmissionSchema.refine((said) => said.issuer === issuer, `issuer must be ${issuer}`),
  });
