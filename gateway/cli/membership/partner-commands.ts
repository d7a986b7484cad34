import type { Environment } from '@hub/shared/config';
import type { Fingerprint } from '@hub/shared/identity';
import type { Manifest } from '@hub/shared/manifest';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { readPath, UsageError } from '../../config.js';
import { readRepaired } from '../read-repaired.js';
import { addPartner } from './add-partner.js';
import { changeMembership, type Decision } from './change-membership.js';

const usage = `Usage: npm run hub -- partner add URL --partner CODE --name NAME --keys FILE [--fingerprint=PRINT …]
       npm run hub -- partner suspend CODE --reason TEXT
       npm run hub -- partner resume CODE
       npm run hub -- partner remove CODE --reason TEXT
       npm run hub -- partner check URL

  add      fetches the partner’s signed manifest, shows the fingerprints of its keys, and asks whether they are those
           that the partner told you by another channel. Without a terminal, give each with --fingerprint=…
  suspend  nothing is sent to the partner any more. Its rows are missing, and responses say so.
  resume   ends that.
  remove   for ever. It has no rows any more; its records that others refer to keep their ids.
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
    await changeMembership(decision, { network, dataDir, code: subject, reason });
    return say(`${subject}: ${command}${decision === 'resume' ? '' : ` (${reason})`}`);
  }
  if (command !== 'add') throw refuse(`There is no command partner ${command}.`);
  const { partner: code, name, keys, fingerprint: given } = options;
  if (!code || !name || !keys) throw refuse('--partner, --name and --keys are required.');
  if (!URL.canParse(subject)) throw refuse(`${subject} is not a URL.`);
  const { partner, isNewKind } = await addPartner(
    { code, name, url: new URL(subject).href, keys: readPath(keys, environment) },
    {
      network,
      dataDir,
      planning,
      certificateFiles,
      confirm: createConfirm(given, say),
    },
  );
  say(
    `${code} has joined, with ${isNewKind ? 'the new contract' : 'the contract'} ${partner.subgraph}.`,
  );
}

/** Asks a person at the terminal, or compares with what the person has given. */
function createConfirm(given: readonly string[] | undefined, say: (line: string) => void) {
  return async (fingerprints: readonly Fingerprint[], manifest: Manifest): Promise<boolean> => {
    const { issuer, subgraph, schemaVersion, contact } = manifest;
    say(`${issuer} serves ${subgraph}, version ${schemaVersion}. Its operators: ${contact}`);
    for (const { use, thumbprint } of fingerprints) say(`  ${use} key  ${thumbprint}`);
    if (given) return fingerprints.every(({ thumbprint }) => given.includes(thumbprint));
    if (!process.stdin.isTTY) throw refuse('Without a terminal, give each --fingerprint=…');
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    try {
      const question = 'Did the partner tell you these, by another channel? Type yes: ';
      return (await terminal.question(question)).trim() === 'yes';
    } finally {
      terminal.close();
    }
  };
}
