import type { Fingerprint } from '@hub/shared/identity';
import type { Manifest } from '@hub/shared/records';
import { UserError } from '@hub/shared/system';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { UsageError, readPath } from '../../config.js';
import type { Network } from '../../registry/network.js';
import {
  collect,
  defineCommand,
  nonEmptyReason,
  readUrl,
  type Say,
  type Terminal,
} from '../define-command.js';
import { addCheck } from '../partner-check/partner-check.js';
import { readRepaired } from '../read-repaired.js';
import { addPartner } from './add-partner.js';
import { changeMembership, type Decision } from './change-membership.js';

interface AddOptions {
  readonly partner: string;
  readonly name: string;
  readonly keys: string;
  readonly fingerprint?: readonly string[];
  readonly statement?: readonly string[];
}

/** The command `partner`: who is in the network. */
export const runPartnerCommand = defineCommand('npm run hub -- partner', (command, terminal) => {
  const { say, environment } = terminal;
  const decide = async (decision: Decision, code: string, reason = '', asks = false) => {
    const { network, dataDir } = await readRepaired(say, environment);
    if (asks) await confirmRemoval(code, network, say);
    await changeMembership(decision, { network, dataDir, code, reason });
    say(`${code}: ${decision}${decision === 'resume' ? '' : ` (${reason})`}`);
  };
  const reason = ['--reason <text>', 'shown in the graph', nonEmptyReason] as const;
  command.addHelpText('after', '\nA running hub notices within seconds.');
  command
    .command('add')
    .summary('adds a partner, or one that was removed')
    .description(
      'Fetches the partner’s signed manifest, shows the fingerprints of its keys, and asks whether they are those that the partner told you by another channel. One that was removed comes back by the key that it had, or by the statements of two partners, which each makes with keys vouch.',
    )
    .argument('<url>', 'its GraphQL endpoint', readUrl)
    .requiredOption('--partner <code>', 'its code')
    .requiredOption('--name <name>', 'its name')
    .requiredOption('--keys <file>', 'its public keys')
    .option(
      '--fingerprint <print>',
      'in place of the question: each fingerprint, as --fingerprint=PRINT',
      collect,
    )
    .option('--statement <file>', 'the statement of another partner', collect)
    .action((url: string, options: AddOptions) => add(url, options, terminal));
  command
    .command('suspend')
    .description('sends nothing to a partner any more. Responses say that its rows are missing')
    .argument('<code>')
    .requiredOption(...reason)
    .action((code: string, given: { reason: string }) => decide('suspend', code, given.reason));
  command
    .command('resume')
    .description('ends that')
    .argument('<code>')
    .action((code: string) => decide('resume', code));
  command
    .command('remove')
    .summary('removes a partner')
    .description(
      'Says what goes, and asks. Records that others refer to keep their ids, and nobody else gets the code. The partner comes back with add.',
    )
    .argument('<code>')
    .requiredOption(...reason)
    .option('--yes', 'does not ask')
    .action((code: string, given: { reason: string; yes?: true }) =>
      decide('remove', code, given.reason, !given.yes),
    );
  addCheck(command, terminal);
});

async function add(
  url: string,
  { partner: code, name, keys, fingerprint: given, statement = [] }: AddOptions,
  { say, environment }: Terminal,
): Promise<void> {
  const { network, dataDir, planning, certificateFiles } = await readRepaired(say, environment);
  const statements = statement.map((file) =>
    readFileSync(readPath(file, environment), 'utf8').trim(),
  );
  const { partner, isNewKind, readmittedBy } = await addPartner(
    { code, name, url, keys: readPath(keys, environment), statements },
    { network, dataDir, planning, certificateFiles, confirm: createConfirm(given, say) },
  );
  say(
    readmittedBy
      ? `${code} is back, with the contract ${partner.subgraph} (${readmittedBy.join(', ')}).`
      : `${code} has joined, with ${isNewKind ? 'the new contract' : 'the contract'} ${partner.subgraph}.`,
  );
}

/** Says what a removal takes away, and asks a person at the terminal. */
async function confirmRemoval(code: string, { partners }: Network, say: Say): Promise<void> {
  const partner = partners.find((one) => one.code === code);
  // The removal itself says why there is nothing to remove.
  if (!partner || partner.membership?.state === 'REMOVED') return;
  const { name, subgraph } = partner;
  const others = partners.filter(
    (one) => one !== partner && one.subgraph === subgraph && one.membership?.state !== 'REMOVED',
  );
  say(`${code} (${name}) would be removed:
  - Its rows go from all lists of the contract ${subgraph}, and no response reports them as missing.
  - ${others.length === 0 ? `It is the only partner of ${subgraph}: all root fields of it are without rows.` : `Left in ${subgraph}: ${others.map((one) => one.code).join(', ')}.`}
  - What others refer to keeps its id, with PARTNER_REMOVED.
  - Nobody else gets its code. It comes back by the key that it has, or by two partners.`);
  if (!process.stdin.isTTY) throw new UsageError('Without a terminal, give --yes.');
  if ((await askTerminal(`Type ${code} to remove it: `)) !== code)
    throw new UserError('Nothing was changed.');
}

async function askTerminal(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question(question)).trim();
  } finally {
    terminal.close();
  }
}

/** Asks a person at the terminal, or compares with what the person has given. */
function createConfirm(given: readonly string[] | undefined, say: Say) {
  return async (fingerprints: readonly Fingerprint[], manifest: Manifest): Promise<boolean> => {
    const { issuer, subgraph, schemaVersion, contact } = manifest;
    say(`${issuer} serves ${subgraph}, version ${schemaVersion}. Its operators: ${contact}`);
    for (const { use, thumbprint } of fingerprints) say(`  ${use} key  ${thumbprint}`);
    if (given) return fingerprints.every(({ thumbprint }) => given.includes(thumbprint));
    if (!process.stdin.isTTY) throw new UsageError('Without a terminal, give each --fingerprint=…');
    const question = 'Did the partner tell you these, by another channel? Type yes: ';
    return (await askTerminal(question)) === 'yes';
  };
}
