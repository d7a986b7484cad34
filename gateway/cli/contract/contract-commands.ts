import type { Environment } from '@hub/shared/config';
import { digestOf } from '@hub/shared/files';
import { parseArgs } from 'node:util';
import { readPath, UsageError } from '../../config.js';
import type { Proposal } from '../../proposals/proposal.js';
import { openRegistryFiles } from '../../registry-files/served-graph.js';
import {
  adoptedFile,
  findContract,
  hubSubgraph,
  isCommitted,
  readAdopted,
  readContract,
} from '../../registry/contracts.js';
import { noteContract } from '../../registry/written/members.js';
import { removeSealed, writeSealed } from '../../registry/written/sealed-file.js';
import { readRepaired } from '../read-repaired.js';
import { ContractError } from './contract-error.js';
import {
  judgeNextVersion,
  listObstacles,
  type JudgingHub,
  type NextVersionReport,
} from './judge-next-version.js';
import { printReport } from './print-report.js';
import { readNextVersion, type NextVersion } from './read-next-version.js';

const usage = `Usage: npm run hub -- contract list
       npm run hub -- contract show NAME | NUMBER
       npm run hub -- contract check FILE | NUMBER [--contract NAME]
       npm run hub -- contract propose FILE [--contract NAME]
       npm run hub -- contract adopt FILE | NUMBER [--contract NAME] [--force --reason TEXT]

  list     the contracts that the hub serves, and what was proposed
  show     prints a contract, or a proposal
  check    says what the next version of a contract would do, and changes nothing
  propose  stores it with a number, for partners and operators to look at
  adopt    makes it the contract. Refused while clients use what would go, unless forced

  FILE is the whole next version. Its name is that of the contract, unless --contract names it. A file
  NAME.additions.graphql or NAME.descriptions.json beside it belongs to it. A running hub follows within seconds.

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
    const [command = '', subject, ...others] = positionals;
    const isList = command === 'list';
    if (others.length > 0 || (subject === undefined) !== isList)
      throw new Error(isList ? 'list takes nothing more.' : 'Give one file or number.');
    return { ...values, command, subject: subject ?? '' };
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

/** The next version that the command line names. */
function readSubject(place: Workplace): { next: NextVersion; proposal?: Proposal } {
  const { subject, contract } = place.options;
  if (!isNumber(subject))
    return { next: readNextVersion(readPath(subject, place.environment), contract) };
  if (contract !== undefined)
    throw refuse('--contract goes with a file. A proposal knows its own.');
  const proposal = findProposal(place, subject);
  return { next: proposal, proposal };
}

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
  const { subject } = place.options;
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
  { contract, sdl, descriptions }: NextVersion,
  { before, changes }: NextVersionReport,
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

/** Makes it the contract. The committed text itself needs no file. */
async function write(dataDir: string, next: NextVersion): Promise<void> {
  const { contract: name, sdl, descriptions } = next;
  const file = adoptedFile(dataDir, name);
  const described = adoptedFile(dataDir, name, 'descriptions.json');
  if (isCommitted(name) && readContract(name).sdl === sdl) {
    await noteContract(dataDir, name, false);
    await removeSealed(described);
    await removeSealed(file);
    return;
  }
  if (descriptions) await writeSealed(described, `${JSON.stringify(descriptions, null, 2)}\n`);
  await writeSealed(file, sdl);
  await noteContract(dataDir, name, true);
}

async function adopt(place: Workplace): Promise<string> {
  const { hub, files, options } = place;
  const { force, reason } = options;
  const { next, proposal: given } = readSubject(place);
  const current = findServed(hub, next.contract);
  if (given && current !== undefined && given.replaces !== digestOf(current)) {
    const why = given.adoptedAt ? 'was adopted already' : 'was made for another version';
    throw new ContractError(
      'PROPOSAL_OUTDATED',
      `Proposal ${given.number} ${why} of ${next.contract}. Propose it again.`,
    );
  }
  const report = await judgeNextVersion(next, hub);
  const obstacles = listObstacles(report);
  if (obstacles.length > 0 && !force)
    throw new ContractError('CONTRACT_IN_USE', `Nothing was changed.\n${printReport(report)}`);
  const proposal = given ?? (await store(place, next, report));
  const { number, hash, contract } = proposal;
  const forced = obstacles.length > 0;
  const elements = [...new Set(report.used.map(({ change }) => change.element))];
  await files.administration.append('CONTRACT_ADOPTED', {
    contract,
    proposal: number,
    hash,
    ...(forced && { forced, reason, used: elements }),
  });
  await write(hub.dataDir, next);
  await files.proposals.update({ ...proposal, adoptedAt: new Date().toISOString() });
  return `${printReport(report)}\nProposal ${number} is the contract ${contract}${forced ? ', by force' : ''}. A running hub serves it within seconds.`;
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
      const report = await judgeNextVersion(readSubject(place).next, hub);
      say(printReport(report));
      return listObstacles(report).length > 0 ? 1 : 0;
    }
    case 'propose': {
      if (isNumber(options.subject)) throw refuse('propose takes a file.');
      const { next } = readSubject(place);
      const report = await judgeNextVersion(next, hub);
      const { number, hash } = await store(place, next, report);
      say(`${printReport(report)}\nIt is proposal ${number}, with the hash ${hash}.`);
      return 0;
    }
    case 'adopt':
      say(await adopt(place));
      return 0;
    default:
      throw refuse(`There is no command contract ${options.command}.`);
  }
}
