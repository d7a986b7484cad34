import {
  createKeyStore,
  fingerprintsOf,
  readPublicKeys,
  type Fingerprint,
} from '@hub/shared/identity';
import type { Manifest } from '@hub/shared/records';
import { replaceFile, UserError, type TlsSettings } from '@hub/shared/system';
import { resolve } from 'node:path';
import { FanOutRuleError } from '../../fan-out/rules/fan-out-rules.js';
import { tryOut } from '../../process/try-out.js';
import { composeContracts } from '../../registry/compose-contracts.js';
import { composeSupergraph } from '../../registry/compose.js';
import { adoptedFile, readContracts, type Contract } from '../../registry/contracts.js';
import { holdMembers, isHeld } from '../../registry/files/adopt-proposals.js';
import { openRegistryFiles, readStates } from '../../registry/files/served-graph.js';
import { judgeSchema } from '../../registry/law/judge-schema.js';
import type { Network, Partner } from '../../registry/network.js';
import { listServed } from '../../registry/publications/served-schemas.js';
import { applyMembers, readMembers, writeMembers } from '../../registry/written/members.js';
import { writeSealed } from '../../registry/written/sealed-file.js';
import type { HubConfig } from '../../server/settings/hub-config.js';
import { checkReadmission } from './check-readmission.js';
import { readManifest } from './read-manifest.js';

/** A newcomer, as its engineers told the operator. */
export interface Newcomer {
  readonly code: string;
  readonly name: string;
  /** The URL of its GraphQL endpoint. */
  readonly url: string;
  /** The file of its public keys. */
  readonly keys: string;
  /** What other partners have signed for it, if it was removed. */
  readonly statements: readonly string[];
}

/** The hub that it joins. */
export interface JoinedHub {
  /** The network file with what commands have changed. */
  readonly network: Network;
  readonly dataDir: string;
  readonly planning: HubConfig['planning'];
  /** The files of its certificates. */
  readonly certificateFiles: TlsSettings;
  /** Asks a person whether these are the fingerprints that the partner told. */
  confirm(fingerprints: readonly Fingerprint[], manifest: Manifest): Promise<boolean>;
}

/** What became of a newcomer. */
export interface Added {
  readonly partner: Partner;
  /** True if its contract is new to the network. */
  readonly isNewKind: boolean;
  /** Who let it come back, if it was removed: `OLD_KEY`, or the partners that vouched. */
  readonly readmittedBy: readonly string[] | undefined;
}

const defaults = { deadlineMs: 5_000, maxResponseBytes: 10_000_000 } as const;

/**
 * Adds a partner to the network: its manifest must be signed by the keys that a person confirms, and its schema must
 * compose with the graph. A contract that the hub does not have yet becomes one: the partner’s schema, if the ownership
 * law allows it.
 * @throws {@link UserError}, `ManifestError`, `KeyFileError`, `NetworkError`
 */
export async function addPartner(newcomer: Newcomer, hub: JoinedHub): Promise<Added> {
  const { code, url, keys } = newcomer;
  const { network, dataDir, certificateFiles, confirm } = hub;
  const returning = findReturning(code, network);
  const given = await readPublicKeys(keys);
  const store = createKeyStore({ files: new Map([[code, keys]]) });
  const partnerAt = { code, url, ...defaults, certificateFiles };
  const manifest = await readManifest(partnerAt, store);
  const fingerprints = await fingerprintsOf(given);
  if (!(await confirm(fingerprints, manifest)))
    throw new UserError('Nothing was changed: the fingerprints were not confirmed.');
  refuseOther(returning, newcomer, manifest);
  // Not while a person decides.
  await using held = await holdMembers(dataDir);
  if (!held) throw new UserError(isHeld);
  const { statements } = newcomer;
  const readmittedBy =
    returning &&
    (await checkReadmission({ partner: returning, at: partnerAt, fingerprints, statements }, hub));
  const contracts = readContracts(network, dataDir);
  const isNewKind = !contracts.some(({ name }) => name === manifest.subgraph);
  refuseCodeOfCountry(code, manifest.subgraph, network);
  const isOfFile = returning !== undefined && !returning.isAdded;
  const publicKeys = isOfFile ? returning.publicKeys : `keys/${code}.public.json`;
  const { name } = newcomer;
  const { subgraph, contact } = manifest;
  const partner = { code, name, subgraph, url, contact, publicKeys, ...defaults };
  const members = readMembers(dataDir);
  // A partner whose contract was lost is in the file, and not in the network.
  const others = members.added.filter((one) => one.code !== code);
  const added = isOfFile ? others : [...others, partner];
  const { [code]: _, ...removed } = members.removed;
  const contractNames = isNewKind
    ? [...new Set([...members.contracts, subgraph])]
    : members.contracts;
  const next = { ...members, added, removed, contracts: contractNames };
  // Refused before anything is written, if the network’s rules do not hold.
  const after = applyMembers(
    {
      ...network,
      partners: network.partners.flatMap(({ isAdded, membership: _state, ...one }) =>
        isAdded ? [] : [one],
      ),
    },
    next,
  );
  await refuseUnservable({ manifest, isNewKind, contracts, after }, hub);
  if (isNewKind) await writeSealed(adoptedFile(dataDir, subgraph), manifest.schema);
  await replaceFile(resolve(dataDir, publicKeys), `${JSON.stringify(given, null, 2)}\n`);
  await openRegistryFiles(dataDir).administration.append('PARTNER_ADDED', {
    partner: code,
    subgraph,
    ...(readmittedBy && { readmittedBy }),
    fingerprints: fingerprints.map(({ thumbprint }) => thumbprint),
  });
  await writeMembers(dataDir, next);
  return { partner, isNewKind, readmittedBy };
}

/** The partner of this code that was removed. Undefined if nobody has the code. */
function findReturning(code: string, { partners }: Network): Partner | undefined {
  const known = partners.find((partner) => partner.code === code);
  if (known && known.membership?.state !== 'REMOVED')
    throw new UserError(`${code} is a member. Choose another code.`);
  return known;
}

/** Its ids are of its contract, and the network file says where it is. */
function refuseOther(
  returning: Partner | undefined,
  { code, url }: Newcomer,
  { subgraph }: Manifest,
): void {
  if (!returning) return;
  if (returning.subgraph !== subgraph)
    throw new UserError(
      `${code} was removed with the contract ${returning.subgraph}, which its ids are of. It serves ${subgraph}: choose another code.`,
    );
  if (!returning.isAdded && returning.url !== url)
    throw new UserError(`${code} is in the network file with ${returning.url}. Change it there.`);
}

const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/** Whether it is a country’s code in ISO 3166, as partners write it: `pl`. */
const isOfCountry = (code: string): boolean =>
  /^[a-z]{2}$/.test(code) && regions.of(code.toUpperCase()) !== undefined;

/** The hub finds the owner of a record by its country. So a country’s code stays free for partners of these contracts. */
function refuseCodeOfCountry(code: string, subgraph: string, { partners }: Network): void {
  if (!isOfCountry(code)) return;
  const ofCountries = partners.filter((partner) => isOfCountry(partner.code));
  const contracts = [...new Set(ofCountries.map((partner) => partner.subgraph))];
  if (contracts.length === 0 || contracts.includes(subgraph)) return;
  throw new UserError(
    `${code} is the code of a country, which is kept for ${contracts.join(', ')}. Choose another code, such as ${subgraph}-${code}.`,
  );
}

interface Joining {
  readonly manifest: Manifest;
  readonly isNewKind: boolean;
  /** The contracts before. */
  readonly contracts: readonly Contract[];
  /** The network with the newcomer. */
  readonly after: Network;
}

/**
 * Refuses what the ownership law forbids, and what does not compose and load with all that is served.
 * @throws {@link UserError} with each reason
 */
async function refuseUnservable(
  { manifest: { subgraph, schema }, isNewKind, contracts, after }: Joining,
  { network, dataDir, planning }: JoinedHub,
): Promise<void> {
  const all = isNewKind ? [...contracts, { name: subgraph, sdl: schema }] : contracts;
  const states = readStates(network, dataDir);
  const served = listServed(all, after.partners, states);
  const graph = all.map((one) => ({ ...one, sdl: served.get(one.name) ?? one.sdl }));
  if (isNewKind)
    refuseUnlawfulKind(subgraph, listServed(contracts, network.partners, states), served);
  try {
    const supergraphSdl = composeContracts(graph, after.partners);
    await tryOut({ contracts: graph, supergraphSdl }, { network: after, planning });
  } catch (error) {
    const reasons = (error as Error).message.split('\n');
    const isNotShared = !isNewKind && error instanceof FanOutRuleError;
    refuseSchema([
      ...reasons,
      ...(isNotShared
        ? [
            `Several partners can serve ${subgraph} when its contract says so for each field: gateway/docs/change-a-contract.md.`,
          ]
        : []),
    ]);
  }
}

/** @throws {@link UserError} with each reason */
function refuseUnlawfulKind(
  subgraph: string,
  servedBefore: ReadonlyMap<string, string>,
  servedAfter: ReadonlyMap<string, string>,
): void {
  const [before, after] = [servedBefore, servedAfter].map((served) =>
    composeSupergraph([...served].map(([name, sdl]) => ({ name, sdl, url: '' }))),
  );
  const errors = after?.errors ?? before?.errors;
  if (errors)
    refuseSchema(
      errors.map(
        ({ code, message, places }) => `${[...places, ''].join(': ')}[${code}] ${message}`,
      ),
    );
  const refusals = judgeSchema({
    subgraph,
    before: before?.supergraphSdl ?? '',
    after: after?.supergraphSdl ?? '',
  })
    // What a new contract offers at the roots is its own. Another’s root field would not compose.
    .filter(({ rule }) => rule !== 'root-field')
    .map(({ rule, element, message, accepted }) => `${rule} at ${element}: ${message} ${accepted}`);
  if (refusals.length > 0) refuseSchema(refusals);
}

function refuseSchema(reasons: readonly string[]): never {
  throw new UserError(`Its schema cannot join the graph:\n  ${reasons.join('\n  ')}`);
}
