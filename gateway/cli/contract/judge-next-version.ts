import { Supergraph } from '@apollo/federation-internals';
import { parse, print, type GraphQLSchema } from 'graphql';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config.js';
import { judgeSchema } from '../../law/judge-schema.js';
import { readApplications } from '../../open-trusted-documents.js';
import { findChanges, type GraphChange } from '../../proposals/find-changes.js';
import { findUsedChanges, type UsedChange } from '../../proposals/find-uses.js';
import type { PublicationState } from '../../publications/publication.js';
import { compareWithContract } from '../../publications/schema/compare-with-contract.js';
import { readPlainDocument } from '../../publications/schema/plain-document.js';
import { listConsents, listServed, partnersOf } from '../../publications/served-schemas.js';
import { readStates } from '../../registry-files/served-graph.js';
import { composeContracts } from '../../registry/compose-contracts.js';
import { composeSupergraph } from '../../registry/compose.js';
import { hubSubgraph, readContracts, type Contract } from '../../registry/contracts.js';
import type { Network } from '../../registry/network.js';
import { tryOut } from '../../try-out.js';
import { firstDay } from '../../usage/count-usage.js';
import { createUsageStore, usageFile } from '../../usage/usage-store.js';
import { ContractError } from './contract-error.js';
import { findBrokenOperations, findIdleDocuments, type IdleDocuments } from './hub-operations.js';
import type { NextVersion } from './read-next-version.js';

/** The hub whose contract would change. */
export type JudgingHub = Pick<Config, 'dataDir' | 'planning' | 'pages' | 'trustedDocuments'> & {
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

/** What a next version of a contract would do. */
export interface NextVersionReport {
  readonly contract: string;
  /** The version that it would replace. */
  readonly before: Contract;
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
export function listObstacles(report: NextVersionReport): string[] {
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

/** Composes with all that the hub serves, and asks the law. @throws {@link ContractError} */
function refuseUnlawful(
  { network }: JudgingHub,
  name: string,
  { before, after }: Readonly<Record<'before' | 'after', ReadonlyMap<string, string>>>,
  states: ReadonlyMap<string, PublicationState>,
): void {
  const urlOf = (of: string) => network.partners.find(({ subgraph }) => subgraph === of)?.url ?? '';
  const [one, other] = [before, after].map((schemas) =>
    composeSupergraph([...schemas].map(([of, sdl]) => ({ name: of, sdl, url: urlOf(of) }))),
  );
  const errors = other?.errors ?? one?.errors;
  if (errors) {
    const reasons = errors.map(({ message }) => `\n  ${message}`).join('');
    throw new ContractError('CONTRACT_NOT_COMPOSED', `It does not compose:${reasons}`);
  }
  const partners = partnersOf(name, network.partners);
  const [first = [], ...others] = partners.map(({ code }) =>
    listConsents(code, network.partners, states),
  );
  // What the owners let each partner of the contract do.
  const consents = first.filter((consent) =>
    others.every((all) => all.some((same) => JSON.stringify(same) === JSON.stringify(consent))),
  );
  const refusals = judgeSchema({
    subgraph: name,
    before: one?.supergraphSdl ?? '',
    after: other?.supergraphSdl ?? '',
    consents,
    // A contract gives out root fields. Another’s would not compose.
  }).filter(({ rule }) => rule !== 'root-field');
  if (refusals.length === 0) return;
  const reasons = refusals.map(
    ({ rule, element, message, accepted }) => `\n  [${rule}] at ${element}: ${message} ${accepted}`,
  );
  throw new ContractError('CONTRACT_UNLAWFUL', `The ownership law refuses it:${reasons.join('')}`);
}

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
): Promise<Pick<NextVersionReport, 'used' | 'countedSince'>> {
  const file = join(dataDir, usageFile);
  if (!existsSync(file)) return { used: [], countedSince: undefined };
  await using store = createUsageStore(file);
  const needs = [...new Set(changes.flatMap((change) => change.needs))];
  const uses = await store.readOperations(firstDay(Date.now()), needs);
  return { used: findUsedChanges(changes, uses), countedSince: await store.findFirstDay() };
}

/**
 * Judges the next version of a contract: whether it composes with what the hub serves, by the law, and in a trial of the
 * engine; what clients see of it, and who uses what would go; and what its partners’ servers lack.
 * @throws {@link ContractError} if it could never be adopted
 */
export async function judgeNextVersion(
  next: NextVersion,
  hub: JudgingHub,
): Promise<NextVersionReport> {
  const { network, dataDir } = hub;
  const contracts = readContracts(network, dataDir);
  const before = findCurrent(contracts, next);
  refuseUnchanged(before, next);
  const states = readStates(network, dataDir);
  const changed = contracts.map((contract) =>
    contract.name === next.contract ? applyTo(contract, next) : contract,
  );
  const served = {
    before: listServed(contracts, network.partners, states),
    after: listServed(changed, network.partners, states),
  };
  refuseUnlawful(hub, next.contract, served, states);
  const graph = changed.map((one) => ({ ...one, sdl: served.after.get(one.name) ?? one.sdl }));
  try {
    const supergraphSdl = composeContracts(graph, network.partners);
    await tryOut({ contracts: graph, supergraphSdl }, hub);
  } catch (error) {
    throw new ContractError('CONTRACT_NOT_LOADED', (error as Error).message);
  }
  // By the contracts alone: what a partner has added may go with its next publication.
  const [one, other] = [contracts, changed].map((all) =>
    apiSchemaOf(composeContracts(all, network.partners)),
  ) as [GraphQLSchema, GraphQLSchema];
  const changes = await findChanges(one, other);
  const use = await readUse(changes, dataDir);
  const sent = use.used.flatMap(({ clients }) => clients.flatMap(({ operations }) => operations));
  const graphs = { before: one, after: other };
  return {
    contract: next.contract,
    before,
    changes,
    ...use,
    idleDocuments: findIdleDocuments(readApplications(hub), graphs, new Set(sent)),
    partners: await readConcerned(next, hub, states),
    brokenOperations: findBrokenOperations(one, other),
  };
}
