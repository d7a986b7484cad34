import { digestOf, type Environment } from '@hub/shared/system';
import { UsageError, readPath } from '../../config.js';
import { findContract, hubSubgraph, isCommitted, readAdopted } from '../../registry/contracts.js';
import { adoptProposals, holdMembers, isHeld } from '../../registry/files/adopt-proposals.js';
import { openRegistryFiles } from '../../registry/files/served-graph.js';
import type { Proposal } from '../../registry/proposals/proposal.js';
import { defineCommand, nonEmptyReason, type Say } from '../define-command.js';
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

interface NamingOptions {
  readonly contract?: string;
}

interface AdoptOptions extends NamingOptions {
  readonly force?: boolean;
  readonly reason?: string;
}

interface Workplace {
  readonly hub: JudgingHub;
  readonly files: ReturnType<typeof openRegistryFiles>;
  readonly environment: Environment | undefined;
}

const isNumber = (subject: string): boolean => /^\d{1,9}$/.test(subject);

function findProposal({ files }: Workplace, number: string): Proposal {
  const proposal = files.proposals.read(Number(number));
  if (!proposal) throw new ContractError('PROPOSAL_UNKNOWN', `There is no proposal ${number}.`);
  return proposal;
}

/** The next versions that the command line names. Some are proposals. */
function readSubjects(
  place: Workplace,
  subjects: readonly string[],
  { contract }: NamingOptions,
): readonly (NextVersion | Proposal)[] {
  if (contract !== undefined && subjects.length > 1)
    throw new UsageError(
      '`--contract` takes one file. With several, each file name is the contract’s name.',
    );
  const next = subjects.map((subject) => {
    if (!isNumber(subject)) return readNextVersion(readPath(subject, place.environment), contract);
    if (contract !== undefined)
      throw new UsageError('--contract goes with a file. A proposal knows its own.');
    return findProposal(place, subject);
  });
  const names = next.map((one) => one.contract);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new UsageError(`${twice} is named twice.`);
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

function show(place: Workplace, subject: string): string {
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

async function adopt(
  place: Workplace,
  subjects: readonly string[],
  { force = false, reason, ...naming }: AdoptOptions,
): Promise<string> {
  const { hub, files } = place;
  if (force !== (reason !== undefined))
    throw new UsageError('--force needs a --reason, which is logged, and the other way round.');
  await using held = await holdMembers(hub.dataDir);
  if (!held) throw new ContractError('CONTRACT_BUSY', isHeld);
  const next = readSubjects(place, subjects, naming);
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

/** Prints what the next versions would do. */
async function judge(
  place: Workplace,
  subjects: readonly string[],
  naming: NamingOptions,
  say: Say,
): Promise<Awaited<ReturnType<typeof judgeNextVersions>>> {
  const report = await judgeNextVersions(readSubjects(place, subjects, naming), place.hub);
  say(printReport(report));
  return report;
}

const whole = `
FILE is the whole next version. Its name is that of the contract, unless --contract names it. A file
NAME.additions.graphql or NAME.descriptions.json beside it belongs to it. Give several to judge and adopt
them together, if one needs the change of another. A running hub follows within seconds.`;

/** The command `contract`: the next version of what several partners serve. */
export const runContractCommand = defineCommand(
  'npm run hub -- contract',
  (command, { say, environment, end }) => {
    const open = async (): Promise<Workplace> => {
      const hub = await readRepaired(say, environment);
      return { hub, files: openRegistryFiles(hub.dataDir), environment };
    };
    const naming = ['--contract <name>', 'the contract, if the file has another name'] as const;
    command.addHelpText('after', whole);
    command
      .command('list')
      .description('the contracts that the hub serves, and what was proposed')
      .action(async () => say(list(await open())));
    command
      .command('show')
      .description('prints a contract, or a proposal')
      .argument('<subject>', 'the name of a contract, or the number of a proposal')
      .action(async (subject: string) => say(show(await open(), subject)));
    command
      .command('check')
      .description(
        'says what the next version of a contract would do, and changes nothing. It ends with 0 if it can be adopted, and with 1 otherwise',
      )
      .argument('<subjects...>', 'files, or numbers of proposals')
      .option(...naming)
      .action(async (subjects: string[], given: NamingOptions) => {
        const report = await judge(await open(), subjects, given, say);
        end(listObstacles(report).length > 0 ? 1 : 0);
      });
    command
      .command('propose')
      .description('stores it with a number, for partners and operators to look at')
      .argument('<files...>')
      .option(...naming)
      .action(async (files: string[], given: NamingOptions) => {
        if (files.some(isNumber)) throw new UsageError('propose takes files.');
        const place = await open();
        const { versions } = await judge(place, files, given, say);
        for (const version of versions) {
          const { number, contract, hash } = await store(place, version);
          say(`${contract}: It is proposal ${number}, with the hash ${hash}.`);
        }
      });
    command
      .command('adopt')
      .description('makes it the contract. Refused while clients use what would go, unless forced')
      .argument('<subjects...>', 'files, or numbers of proposals')
      .option(...naming)
      .option('--force', 'although clients use what would go')
      .option('--reason <text>', 'why, with --force. It is logged', nonEmptyReason)
      .action(async (subjects: string[], given: AdoptOptions) =>
        say(await adopt(await open(), subjects, given)),
      );
  },
);
