import { digestOf, type Environment } from '@hub/shared/system';
import { parseArgs } from 'node:util';
import { readPath, UsageError } from '../../config.js';
import type { Proposal } from '../../proposals/proposal.js';
import { adoptProposals, holdMembers, isHeld } from '../../registry-files/adopt-proposals.js';
import { openRegistryFiles } from '../../registry-files/served-graph.js';
import { findContract, hubSubgraph, isCommitted, readAdopted } from '../../registry/contracts.js';
import { readRepaired } from '../read-repaired.js';
import { ContractError } from './contract-error.js';
import {
  judgeNextVersions,
  listObstacles,
  type JudgedVersion,
  type JudgingHub,
} from './judge-next-versions.js';
import { printReport } from './print-report.js';
import { readNextVersion, type NextVersion } from './read-next-version.js';

const usage = `Usage: npm run hub -- contract list
       npm run hub -- contract show NAME | NUMBER
       npm run hub -- contract check FILE | NUMBER … [--contract NAME]
       npm run hub -- contract propose FILE … [--contract NAME]
       npm run hub -- contract adopt FILE | NUMBER … [--contract NAME] [--force --reason TEXT]

  list     the contracts that the hub serves, and what was proposed
  show     prints a contract, or a proposal
  check    says what the next version of a contract would do, and changes nothing
  propose  stores it with a number, for partners and operators to look at
  adopt    makes it the contract. Refused while clients use what would go, unless forced

  FILE is the whole next version. Its name is that of the contract, unless --contract names it. A file
  NAME.additions.graphql or NAME.descriptions.json beside it belongs to it. Give several to judge and adopt them
  together, if one needs the change of another. A running hub follows within seconds.

  check ends with 0 if it can be adopted, and with 1 otherwise.`;

const refuse = (message: string): UsageError => new UsageError(`${message}\n\n${usage}`);

function readArguments(argv: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        contract: { type: 'string' },
        force: { type: 'boolean', default: false },
        reason: { type: 'string' },
      },
    });
    const [command = '', ...subjects] = positionals;
    if (command === 'list' && subjects.length > 0) throw new Error('list takes nothing more.');
    if (command !== 'list' && subjects.length === 0) throw new Error('Give a file or a number.');
    if (command === 'show' && subjects.length > 1) throw new Error('show takes one.');
    if (values.contract !== undefined && subjects.length > 1)
      throw new Error(
        '`--contract` takes one file. With several, each file name is the contract’s name.',
      );
    return { ...values, command, subjects };
  } catch (error) {
    throw refuse((error as Error).message);
  }
}

type Options = ReturnType<typeof readArguments>;

interface Workplace {
  readonly hub: JudgingHub;
  readonly files: ReturnType<typeof openRegistryFiles>;
  readonly options: Options;
  readonly environment: Environment | undefined;
}

const isNumber = (subject: string): boolean => /^\d{1,9}$/.test(subject);

function findProposal({ files }: Workplace, number: string): Proposal {
  const proposal = files.proposals.read(Number(number));
  if (!proposal) throw new ContractError('PROPOSAL_UNKNOWN', `There is no proposal ${number}.`);
  return proposal;
}

/** The next versions that the command line names. Some are proposals. */
function readSubjects(place: Workplace): readonly (NextVersion | Proposal)[] {
  const { subjects, contract } = place.options;
  const next = subjects.map((subject) => {
    if (!isNumber(subject)) return readNextVersion(readPath(subject, place.environment), contract);
    if (contract !== undefined)
      throw refuse('--contract goes with a file. A proposal knows its own.');
    return findProposal(place, subject);
  });
  const names = next.map((one) => one.contract);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw refuse(`${twice} is named twice.`);
  return next;
}

const isProposal = (next: NextVersion | Proposal): next is Proposal => 'number' in next;

function list({ hub: { network, dataDir }, files }: Workplace): string {
  const names = [...new Set(network.partners.map(({ subgraph }) => subgraph))].toSorted();
  const origin = (name: string) => {
    if (!readAdopted(name, dataDir)) return 'as committed';
    return isCommitted(name) ? 'adopted, and not as committed' : 'adopted';
  };
  const hashOf = (name: string) => digestOf(findContract(name, dataDir).sdl);
  const proposals = files.proposals.list().map((proposal) => {
    const { number, contract, hash, proposedAt, adoptedAt, replaces } = proposal;
    const isOutdated = !adoptedAt && names.includes(contract) && replaces !== hashOf(contract);
    const state = adoptedAt ? `adopted ${adoptedAt}` : isOutdated ? 'outdated' : 'open';
    return `  ${number}  ${contract}  ${hash.slice(0, 12)}  proposed ${proposedAt}  ${state}`;
  });
  return [
    'Contracts:',
    ...names.map((name) => `  ${name}  ${hashOf(name).slice(0, 12)}  ${origin(name)}`),
    'Proposals:',
    ...(proposals.length > 0 ? proposals : ['  none']),
  ].join('\n');
}

function show(place: Workplace): string {
  const [subject = ''] = place.options.subjects;
  if (isNumber(subject)) return findProposal(place, subject).sdl.trimEnd();
  const { network, dataDir } = place.hub;
  const isServed = network.partners.some(({ subgraph }) => subgraph === subject);
  if (!isServed && subject !== hubSubgraph)
    throw new ContractError('CONTRACT_UNKNOWN', `No partner serves a contract ${subject}.`);
  return findContract(subject, dataDir).sdl.trimEnd();
}

/** Stores a proposal. One with the same text that waits already is taken again. */
async function store(
  { files }: Workplace,
  { next: { contract, sdl, descriptions }, before, changes }: JudgedVersion,
): Promise<Proposal> {
  const [hash, replaces] = [digestOf(sdl), digestOf(before.sdl)];
  const known = files.proposals
    .list()
    .find((one) => one.contract === contract && one.hash === hash && one.replaces === replaces);
  if (known && !known.adoptedAt) return known;
  const proposal = await files.proposals.add({
    contract,
    sdl,
    ...(descriptions && { descriptions }),
    hash,
    replaces,
    proposedAt: new Date().toISOString(),
    changes: changes.map(({ kind, severity, element, message }) => ({
      kind,
      severity,
      element,
      message,
    })),
  });
  const { number } = proposal;
  await files.administration.append('CONTRACT_PROPOSED', { contract, proposal: number, hash });
  return proposal;
}

/** @throws {@link ContractError} if the contract has changed since it was proposed */
function refuseOutdated({ hub }: Workplace, proposal: Proposal): void {
  const { number, contract, replaces, adoptedAt } = proposal;
  const current = findServed(hub, contract);
  if (current === undefined || replaces === digestOf(current)) return;
  const why = adoptedAt ? 'was adopted already' : 'was made for another version';
  throw new ContractError(
    'PROPOSAL_OUTDATED',
    `Proposal ${number} ${why} of ${contract}. Propose it again.`,
  );
}

async function adopt(place: Workplace): Promise<string> {
  const { hub, files, options } = place;
  const { force, reason } = options;
  await using held = await holdMembers(hub.dataDir);
  if (!held) throw new ContractError('CONTRACT_BUSY', isHeld);
  const next = readSubjects(place);
  for (const proposal of next.filter(isProposal)) refuseOutdated(place, proposal);
  const report = await judgeNextVersions(next, hub);
  const obstacles = listObstacles(report);
  if (obstacles.length > 0 && !force)
    throw new ContractError('CONTRACT_IN_USE', `Nothing was changed.\n${printReport(report)}`);
  const forced = obstacles.length > 0;
  const elements = [...new Set(report.used.map(({ change }) => change.element))];
  const proposals: Proposal[] = [];
  for (const version of report.versions)
    proposals.push(isProposal(version.next) ? version.next : await store(place, version));
  // The line comes first: a contract without a line would be worse than a line without a contract,
  // which is what a power failure right here leaves.
  for (const { number, hash, contract } of proposals)
    await files.administration.append('CONTRACT_ADOPTED', {
      contract,
      proposal: number,
      hash,
      ...(forced && { forced, reason, used: elements }),
    });
  await adoptProposals(hub.dataDir, proposals);
  return [
    printReport(report),
    ...proposals.map(
      ({ number, contract }) =>
        `Proposal ${number} is the contract ${contract}${forced ? ', by force' : ''}.`,
    ),
    'A running hub serves it within seconds.',
  ].join('\n');
}

const findServed = ({ network, dataDir }: JudgingHub, name: string): string | undefined =>
  network.partners.some(({ subgraph }) => subgraph === name)
    ? findContract(name, dataDir).sdl
    : undefined;

function refuseFlags({ command, force, reason, contract }: Options): void {
  if (command !== 'adopt' && (force || reason !== undefined))
    throw refuse('--force and --reason go with adopt.');
  if (force !== (reason !== undefined && reason.trim() !== ''))
    throw refuse('--force needs a --reason, which is logged, and the other way round.');
  if (contract !== undefined && ['list', 'show'].includes(command))
    throw refuse(`--contract does not go with ${command}.`);
}

/**
 * The command `contract`: the next version of what several partners serve.
 * @returns the exit code
 * @throws `UsageError`, or {@link ContractError}
 */
export async function runContractCommand(
  argv: readonly string[],
  say: (line: string) => void,
  environment?: Environment,
): Promise<number> {
  const options = readArguments(argv);
  refuseFlags(options);
  const hub = await readRepaired(say, environment);
  const place = { hub, files: openRegistryFiles(hub.dataDir), options, environment };
  switch (options.command) {
    case 'list':
      say(list(place));
      return 0;
    case 'show':
      say(show(place));
      return 0;
    case 'check': {
      const report = await judgeNextVersions(readSubjects(place), hub);
      say(printReport(report));
      return listObstacles(report).length > 0 ? 1 : 0;
    }
    case 'propose': {
      if (options.subjects.some(isNumber)) throw refuse('propose takes files.');
      const report = await judgeNextVersions(readSubjects(place), hub);
      say(printReport(report));
      for (const version of report.versions) {
        const { number, contract, hash } = await store(place, version);
        say(`${contract}: It is proposal ${number}, with the hash ${hash}.`);
      }
      return 0;
    }
    case 'adopt':
      say(await adopt(place));
      return 0;
    default:
      throw refuse(`There is no command contract ${options.command}.`);
  }
}
