import type { Fingerprint } from '@hub/shared/identity';
import type { Manifest } from '@hub/shared/records';
import type { Environment } from '@hub/shared/system';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { readPath, UsageError } from '../../config.js';
import type { Network } from '../../registry/network.js';
import { readRepaired } from '../read-repaired.js';
import { addPartner } from './add-partner.js';
import { changeMembership, type Decision } from './change-membership.js';
import { MembershipError } from './membership-error.js';

const usage = `Usage: npm run hub -- partner add URL --partner CODE --name NAME --keys FILE [--fingerprint=PRINT …] [--statement FILE …]
       npm run hub -- partner suspend CODE --reason TEXT
       npm run hub -- partner resume CODE
       npm run hub -- partner remove CODE --reason TEXT [--yes]
       npm run hub -- partner check URL

  add      fetches the partner’s signed manifest, shows the fingerprints of its keys, and asks whether they are those
           that the partner told you by another channel. Without a terminal, give each with --fingerprint=…
  suspend  nothing is sent to the partner any more. Its rows are missing, and responses say so.
  resume   ends that.
  remove   says what goes, and asks; --yes answers. Its records that others refer to keep their ids, and nobody else
           gets its code. It comes back with add: by the key that it had, or by the statements of two partners, which
           each makes with keys vouch
  check    questions and attacks a partner: see partner check --help

  A running hub notices within seconds.`;

const decisions: ReadonlySet<string> = new Set<Decision>(['suspend', 'resume', 'remove']);

function readArguments(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        partner: text,
        name: text,
        keys: text,
        reason: text,
        fingerprint: { type: 'string', multiple: true },
        statement: { type: 'string', multiple: true, default: [] },
        yes: { type: 'boolean', default: false },
      },
    });
    const [command = '', subject, ...others] = positionals;
    if (subject === undefined || others.length > 0) throw new Error('Give one partner.');
    return { ...values, command, subject };
  } catch (error) {
    throw refuse((error as Error).message);
  }
}

const refuse = (message: string): UsageError => new UsageError(`${message}\n\n${usage}`);

/** The commands that change who is in the network. Returns what to print. */
export async function runMembershipCommand(
  argv: readonly string[],
  say: (line: string) => void,
  environment?: Environment,
): Promise<void> {
  const options = readArguments(argv);
  const { command, subject, reason = '' } = options;
  const { network, dataDir, planning, certificateFiles } = await readRepaired(say, environment);
  if (decisions.has(command)) {
    const decision = command as Decision;
    if (decision !== 'resume' && reason.trim() === '') throw refuse('--reason is required.');
    if (decision === 'remove' && !options.yes) await confirmRemoval(subject, network, say);
    await changeMembership(decision, { network, dataDir, code: subject, reason });
    return say(`${subject}: ${command}${decision === 'resume' ? '' : ` (${reason})`}`);
  }
  if (command !== 'add') throw refuse(`There is no command partner ${command}.`);
  const { partner: code, name, keys, fingerprint: given } = options;
  if (!code || !name || !keys) throw refuse('--partner, --name and --keys are required.');
  if (!URL.canParse(subject)) throw refuse(`${subject} is not a URL.`);
  const statements = options.statement.map((file) =>
    readFileSync(readPath(file, environment), 'utf8').trim(),
  );
  const { partner, isNewKind, readmittedBy } = await addPartner(
    { code, name, url: new URL(subject).href, keys: readPath(keys, environment), statements },
    {
      network,
      dataDir,
      planning,
      certificateFiles,
      confirm: createConfirm(given, say),
    },
  );
  say(
    readmittedBy
      ? `${code} is back, with the contract ${partner.subgraph} (${readmittedBy.join(', ')}).`
      : `${code} has joined, with ${isNewKind ? 'the new contract' : 'the contract'} ${partner.subgraph}.`,
  );
}

/** Says what a removal takes away, and asks a person at the terminal. */
async function confirmRemoval(
  code: string,
  { partners }: Network,
  say: (line: string) => void,
): Promise<void> {
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
  if (!process.stdin.isTTY) throw refuse('Without a terminal, give --yes.');
  if ((await askTerminal(`Type ${code} to remove it: `)) !== code)
    throw new MembershipError('Nothing was changed.');
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
function createConfirm(given: readonly string[] | undefined, say: (line: string) => void) {
  return async (fingerprints: readonly Fingerprint[], manifest: Manifest): Promise<boolean> => {
    const { issuer, subgraph, schemaVersion, contact } = manifest;
    say(`${issuer} serves ${subgraph}, version ${schemaVersion}. Its operators: ${contact}`);
    for (const { use, thumbprint } of fingerprints) say(`  ${use} key  ${thumbprint}`);
    if (given) return fingerprints.every(({ thumbprint }) => given.includes(thumbprint));
    if (!process.stdin.isTTY) throw refuse('Without a terminal, give each --fingerprint=…');
    const question = 'Did the partner tell you these, by another channel? Type yes: ';
    return (await askTerminal(question)) === 'yes';
  };
}
