import { createKeyStore, type Fingerprint } from '@hub/shared/identity';
import { ManifestError, readReadmission, statements } from '@hub/shared/records';
import { UserError } from '@hub/shared/system';
import { createNetworkKeys, publicKeysOf } from '../../registry/network-keys.js';
import type { Network, Partner } from '../../registry/network.js';
import { readManifest } from './read-manifest.js';

/** An organisation that was removed, as it comes back. */
export interface Returning {
  /** What the network knows of it. */
  readonly partner: Partner;
  readonly at: Parameters<typeof readManifest>[0];
  /** Of its present keys. */
  readonly fingerprints: readonly Fingerprint[];
  /** Signed by other partners. */
  readonly statements: readonly string[];
}

/** How many partners must vouch for keys that the network does not know. */
const enoughPartners = 2;
/** How long a statement is valid, in days. */
const validDays = 30;
const dayMs = 86_400_000;

/**
 * Decides who lets an organisation come back under its code: itself, by the key that it had, or two other partners. The
 * operator of the hub alone cannot.
 * @returns `OLD_KEY`, or the codes of the partners that vouch
 * @throws {@link UserError}
 */
export async function checkReadmission(
  { partner, at, fingerprints, statements: signed }: Returning,
  { network, dataDir }: { readonly network: Network; readonly dataDir: string },
  now = new Date(),
): Promise<readonly string[]> {
  const { code } = partner;
  const oldKeys = createKeyStore({ files: new Map([[code, publicKeysOf(dataDir, partner)]]) });
  try {
    await readManifest(at, oldKeys);
    return ['OLD_KEY'];
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
  }
  const members = network.partners.filter(({ membership }) => !membership);
  const keys = createNetworkKeys(dataDir, { ...network, partners: members });
  const prints = fingerprints.map(({ thumbprint }) => thumbprint);
  const vouching = new Set<string>();
  for (const statement of signed) {
    const issuer = readIssuer(statement);
    const said = await readReadmission(statement, issuer, keys).catch((error: unknown) => {
      if (!(error instanceof statements.StatementError)) throw error;
      throw new UserError(`The statement of ${issuer} is not valid: ${error.message}`);
    });
    const ageMs = now.getTime() - Date.parse(said.at);
    if (said.partner !== code || prints.some((print) => !said.fingerprints.includes(print)))
      throw new UserError(`The statement of ${issuer} is not about these keys of ${code}.`);
    if (ageMs > validDays * dayMs || ageMs < -dayMs)
      throw new UserError(
        `The statement of ${issuer} is of ${said.at}. It is valid for ${validDays} days.`,
      );
    vouching.add(issuer);
  }
  if (vouching.size >= enoughPartners) return [...vouching].toSorted();
  throw new UserError(
    `${code} was removed. It comes back with the key that it had, or with the statements of ${enoughPartners} partners (--statement FILE), of which there are ${vouching.size}. A partner makes one: npm run keys -w subgraphs/… -- vouch ${code} --file ${code}.public.json`,
  );
}

/** Whose statement it says that it is. */
function readIssuer(statement: string): string {
  const [, payload = ''] = statement.split('.');
  const content = statements.parseJson(Buffer.from(payload, 'base64url'));
  const issuer =
    typeof content === 'object' && content !== null && 'issuer' in content && content.issuer;
  if (typeof issuer === 'string') return issuer;
  throw new UserError('A statement has no issuer: give the file as it was sent.');
}
