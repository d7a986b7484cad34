import { Supergraph } from '@apollo/federation-internals';
import { parse, print, type GraphQLSchema } from 'graphql';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { plugins } from '../../plugins/list.js';
import { readApplications } from '../../plugins/open-plugins.js';
import { tryOut } from '../../process/try-out.js';
import { composeContracts } from '../../registry/compose-contracts.js';
import { hubSubgraph, readContracts, type Contract } from '../../registry/contracts.js';
import { readStates } from '../../registry/files/served-graph.js';
import type { Network } from '../../registry/network.js';
import { findChanges, type GraphChange } from '../../registry/proposals/find-changes.js';
import { findUsedChanges, type UsedChange } from '../../registry/proposals/find-uses.js';
import type { PublicationState } from '../../registry/publications/publication.js';
import { compareWithContract } from '../../registry/publications/schema/compare-with-contract.js';
import { readPlainDocument } from '../../registry/publications/schema/plain-document.js';
import { listServed, partnersOf } from '../../registry/publications/served-schemas.js';
import { createUsageStore, firstDay, usageFile } from '../../registry/usage/usage-store.js';
import type { HubConfig } from '../../server/settings/hub-config.js';
import { ContractError } from './contract-error.js';
import { findBrokenOperations, findIdleDocuments, type IdleDocuments } from './hub-operations.js';
import { readDefinitions } from './read-definitions.js';
import type { NextVersion } from './read-next-version.js';
import { refuseUnlawful } from './refuse-unlawful.js';

/** The hub whose contract would change. */
export type JudgingHub = Pick<HubConfig, 'dataDir' | 'planning' | 'plugins'> & {
  readonly network: Network;
};

/** What a next version means for one partner of the contract. */
export interface ConcernedPartner {
  readonly code: string;
  /** False if the hub knows nothing that it has published. */
  readonly hasPublished: boolean;
  /** What its server lacks: null with `PARTNER_LACKS_FIELD` until it upgrades. */
  readonly lacks: readonly string[];
  /** What puts its server in quarantine. */
  readonly breaks: readonly string[];
}

/** The next version of a contract, beside the one that it would replace. */
export interface JudgedVersion {
  readonly next: NextVersion;
  readonly before: Contract;
  /** What clients see of it alone. */
  readonly changes: readonly GraphChange[];
}

/** What the next versions of some contracts would do together. */
export interface NextVersionsReport {
  readonly versions: readonly JudgedVersion[];
  readonly changes: readonly GraphChange[];
  readonly used: readonly UsedChange[];
  /** The first day of which there are counts. Undefined if the hub counts nothing. */
  readonly countedSince: string | undefined;
  readonly partners: readonly ConcernedPartner[];
  /** The hub’s own exports and tools that would fail. */
  readonly brokenOperations: readonly string[];
  /** Trusted documents that would fail, and that nobody has sent in the days that are counted. */
  readonly idleDocuments: readonly IdleDocuments[];
}

/** What speaks against adoption. Empty: nothing. */
export function listObstacles(report: NextVersionsReport): string[] {
  const { changes, used, countedSince, partners, brokenOperations } = report;
  const isUnknown =
    countedSince === undefined && changes.some(({ severity }) => severity === 'breaking');
  return [
    ...(used.length > 0 ? ['Clients use what would go.'] : []),
    ...(isUnknown
      ? ['The hub has counted no usage, so it cannot tell who uses what would go.']
      : []),
    ...partners
      .filter(({ breaks }) => breaks.length > 0)
      .map(({ code }) => `The server of ${code} would be in quarantine.`),
    ...brokenOperations.map((name) => `${name} of the hub would fail.`),
  ];
}

const withoutComments = (sdl: string): string => print(parse(sdl, { noLocation: true }));

function findCurrent(contracts: readonly Contract[], next: NextVersion): Contract {
  const known = contracts.filter(({ name }) => name !== hubSubgraph);
  const before = known.find(({ name }) => name === next.contract);
  if (before) return before;
  const names = known.map(({ name }) => name).join(', ');
  throw new ContractError(
    'CONTRACT_UNKNOWN',
    `No partner serves a contract ${next.contract}. The contracts are ${names}. Name one with --contract.`,
  );
}

function refuseUnchanged(before: Contract, { sdl, descriptions }: NextVersion): void {
  const isSame = withoutComments(before.sdl) === withoutComments(sdl);
  const isDescribedAlike = Object.entries(descriptions ?? {}).every(
    ([element, text]) => before.descriptions?.[element] === text,
  );
  if (isSame && isDescribedAlike)
    throw new ContractError('CONTRACT_UNCHANGED', `That is the contract ${before.name} already.`);
}

/** What it does not describe keeps its description. */
const applyTo = (contract: Contract, { sdl, descriptions }: NextVersion): Contract => ({
  ...contract,
  sdl,
  ...(descriptions && { descriptions: { ...contract.descriptions, ...descriptions } }),
});

const apiSchemaOf = (supergraphSdl: string): GraphQLSchema =>
  Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema();

async function readConcerned(
  { sdl, contract }: NextVersion,
  { network }: JudgingHub,
  states: ReadonlyMap<string, PublicationState>,
): Promise<ConcernedPartner[]> {
  const next = readPlainDocument(parse(sdl));
  const members = network.partners.filter(({ membership }) => membership?.state !== 'REMOVED');
  const found: ConcernedPartner[] = [];
  for (const { code } of partnersOf(contract, members)) {
    const { accepted, quarantined } = states.get(code) ?? {};
    // What its server does now, whether the hub likes it or not.
    const schema = (quarantined ?? accepted)?.schema;
    const comparison =
      schema === undefined
        ? undefined
        : await compareWithContract(next, readPlainDocument(parse(schema))).catch(() => undefined);
    const { lacks = [], breaks = [] } = comparison ?? {};
    const messages = breaks.map(({ message }) => message);
    found.push({ code, hasPublished: comparison !== undefined, lacks, breaks: messages });
  }
  return found;
}

/** Reads who used what would go, in the days that are kept. */
async function readUse(
  changes: readonly GraphChange[],
  dataDir: string,
): Promise<Pick<NextVersionsReport, 'used' | 'countedSince'>> {
  const file = join(dataDir, usageFile);
  if (!existsSync(file)) return { used: [], countedSince: undefined };
  await using store = createUsageStore(file);
  const needs = [...new Set(changes.flatMap((change) => change.needs))];
  const uses = await store.readOperations(firstDay(Date.now()), needs);
  return { used: findUsedChanges(changes, uses), countedSince: await store.findFirstDay() };
}

/**
 * Judges next versions of contracts, all together: whether they compose with what the hub serves, by the law, and in a
 * trial of the engine; what clients see of them, and who uses what would go; and what their partners’ servers lack.
 * @throws {@link ContractError} if they could never be adopted
 */
export async function judgeNextVersions(
  next: readonly NextVersion[],
  hub: JudgingHub,
): Promise<NextVersionsReport> {
  const { network, dataDir } = hub;
  const contracts = readContracts(network, dataDir);
  const replaced = next.map((one) => ({ next: one, before: findCurrent(contracts, one) }));
  for (const one of replaced) refuseUnchanged(one.before, one.next);
  const states = readStates(network, dataDir);
  const changed = contracts.map((contract) => {
    const own = next.find(({ contract: name }) => name === contract.name);
    return own ? applyTo(contract, own) : contract;
  });
  const served = {
    before: listServed(contracts, network.partners, states),
    after: listServed(changed, network.partners, states),
  };
  const names = next.map(({ contract }) => contract);
  refuseUnlawful(hub, names, served, states);
  const graph = changed.map((one) => ({ ...one, sdl: served.after.get(one.name) ?? one.sdl }));
  try {
    const supergraphSdl = composeContracts(graph, []);
    await tryOut({ contracts: graph, supergraphSdl }, hub);
  } catch (error) {
    throw new ContractError('CONTRACT_NOT_LOADED', (error as Error).message);
  }
  // By the contracts alone: what a partner has added may go with its next publication.
  const [one, other] = [contracts, changed].map((all) =>
    apiSchemaOf(composeContracts(all, [])),
  ) as [GraphQLSchema, GraphQLSchema];
  const changes = await findChanges(one, other);
  const use = await readUse(changes, dataDir);
  const sent = use.used.flatMap(({ clients }) => clients.flatMap(({ operations }) => operations));
  const graphs = { before: one, after: other };
  const partners = await Promise.all(next.map((version) => readConcerned(version, hub, states)));
  return {
    versions: assignChanges(changes, replaced),
    changes,
    ...use,
    idleDocuments: findIdleDocuments(readApplications(plugins, hub), graphs, new Set(sent)),
    partners: partners.flat(),
    brokenOperations: findBrokenOperations(one, other),
  };
}

/**
 * Assigns each change to the versions that define its element differently. A change in no definition
 * goes to all.
 */
function assignChanges(
  changes: readonly GraphChange[],
  versions: readonly Omit<JudgedVersion, 'changes'>[],
): JudgedVersion[] {
  const compared = versions.map((version) => {
    const [one, other] = [version.before.sdl, version.next.sdl].map((sdl) => readDefinitions(sdl));
    const makes = ({ element }: GraphChange) => one?.(element) !== other?.(element);
    return { version, makes };
  });
  return compared.map(({ version, makes }) => ({
    ...version,
    changes: changes.filter(
      (change) => makes(change) || !compared.some((other) => other.makes(change)),
    ),
  }));
}
