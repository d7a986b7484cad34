// Plain JavaScript: `npm run hub` sets up a fresh clone by itself.
import { runCommand, setUp } from './set-up.mjs';

/** For each command: its function in `commands.ts`, and what it does. */
const commands = new Map([
  ['partner', ['runPartnerCommand', 'init, add, check, suspend, resume and remove partners']],
  ['contract', ['runContract', 'propose, check and adopt the next version of a contract']],
  ['release', ['runRelease', 'list and compare releases of the graph, and roll back']],
  ['keys', ['runKeys', 'make, show and replace keys']],
  ['status', ['runStatus', 'ask a running hub how each partner is']],
  ['doctor', ['runDoctor', 'check every reference between organisations']],
  ['explain', ['runExplain', 'show how the hub executes an operation']],
  ['supergraph', ['runSupergraph', 'print the graph for another engine']],
  ['disclosures', ['runDisclosures', 'read and verify the record of disclosures']],
  ['administration', ['runAdministration', 'list and verify what operators changed']],
  ['heads', ['runHeads', 'verify the published heads of partners’ records']],
  ['evidence', ['runEvidence', 'write the kept evidence of a request to a file']],
  ['backup', ['runBackUp', 'copy a partner’s database, or verify a copy']],
  ['restore', ['runRestore', 'put a copy back']],
  ['deploy', ['runDeploy', 'write the files of a deployment']],
]);

const overview = [
  'Usage: npm run hub -- [serve] [--supergraph FILE] [--port N] [--workers N]',
  '       npm run hub -- COMMAND …',
  '',
  `  ${'serve'.padEnd(16)}serve GraphQL (the default)`,
  ...[...commands].map(([name, [, does]]) => `  ${name.padEnd(16)}${does}`),
  '',
  'COMMAND --help says what it takes.',
  '',
].join('\n');

const isHelp = (word) => word === '--help' || word === '-h' || word === 'help';

await runCommand(async () => {
  const [command, ...rest] = process.argv.slice(2);
  if (isHelp(command) || (command === 'partner' && isHelp(rest[0]))) {
    process.stdout.write(overview);
    return 0;
  }
  const isWord = command !== undefined && !command.startsWith('-');
  if (isWord && command !== 'serve' && !commands.has(command)) {
    process.stderr.write(`There is no command ${command}.\n\n${overview}`);
    return 2;
  }
  if (command === 'partner' && rest[0] === 'init') {
    await (await import('./init/init.mjs')).initPartner(rest.slice(1));
    return;
  }
  await setUp({ projects: ['gateway'] });
  const [name] = commands.get(command) ?? [];
  if (name) return (await import('../dist/cli/commands.js'))[name](rest);
  // It reads the command line itself, and ends this process.
  await import('../dist/main.js');
});
