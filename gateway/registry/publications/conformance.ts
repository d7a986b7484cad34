import { hubIssuer, type KeyStore } from '@hub/shared/identity';
import { statements } from '@hub/shared/records';
import type { JWK } from 'jose';
import { z } from 'zod';

/** The type in the header of a statement of conformance. */
export const conformanceType = 'hub-conformance+jwt';

const instant = z.iso.datetime();
const names = z.array(z.string().regex(/^[a-z][a-z0-9-]{0,99}$/)).max(300);

/** The only form of a statement of conformance. */
export const conformanceSchema = z.strictObject({
  form: z.literal(1),
  issuer: z.literal(hubIssuer),
  /** The code of the partner that was checked. */
  partner: z.string().min(1).max(32),
  subgraph: z.string().min(1).max(64),
  /** The URL that was checked. */
  endpoint: z.url().max(2_000),
  /** The partner’s name for the version of its schema. Null if its manifest could not be read. */
  schemaVersion: z.string().max(64).nullable(),
  /** The version of the check. */
  checkVersion: z.string().min(1).max(64),
  checkedAt: instant,
  validUntil: instant,
  result: z.enum(['PASSED', 'BROKEN']),
  passed: names,
  broken: names,
  /** Steps that the partner’s rows could not decide. */
  notDecided: names,
});

/** What the hub found when it checked a partner: each step by its name. */
export type Conformance = Readonly<z.output<typeof conformanceSchema>>;

/** Signs a statement with the hub’s private key. */
export const signConformance = (statement: Conformance, key: JWK): Promise<string> =>
  statements.signStatement(conformanceSchema.parse(statement), conformanceType, key);

/**
 * Verifies a statement: signed by the hub, about this partner and its contract.
 * @param hubKeys the hub’s keys, under `hub`
 * @throws `StatementError`
 */
export async function readConformance(
  jws: string,
  about: Pick<Conformance, 'partner' | 'subgraph'>,
  hubKeys: Pick<KeyStore, 'signingKeysOf'>,
): Promise<Conformance> {
  const statement = await statements.readStatement(jws, {
    type: conformanceType,
    issuer: hubIssuer,
    keys: hubKeys,
    form: conformanceSchema,
  });
  const { partner, subgraph } = statement;
  if (partner !== about.partner || subgraph !== about.subgraph) {
    throw new statements.StatementError(
      'FOREIGN',
      `It is about ${partner} and the contract ${subgraph}.`,
    );
  }
  return statement;
}

/** Whether a statement holds at this instant. */
export const isConformanceValid = (
  { checkedAt, validUntil }: Pick<Conformance, 'checkedAt' | 'validUntil'>,
  now: Date,
): boolean => {
  const at = now.getTime();
  // Clocks of the checking machine and of the hub may differ by minutes.
  return Date.parse(checkedAt) - 300_000 <= at && at < Date.parse(validUntil);
};
