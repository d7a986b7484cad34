// Plain JavaScript: `npm run hub` sets up a fresh clone by itself.
import { runCommand, setUp } from './set-up.mjs';

/** What each command of `commands.ts` does. */
const commands = new Map([
  ['partner', 'init, add, check, suspend, resume and remove partners'],
  ['contract', 'propose, check and adopt the next version of a contract'],
  ['release', 'list and compare releases of the graph, and roll back'],
  ['keys', 'make, show and replace keys'],
  ['status', 'ask a running hub how each partner is'],
  ['doctor', 'check every reference between organisations'],
  ['explain', 'show how the hub executes an operation'],
  ['supergraph', 'print the graph for another engine'],
  ['disclosures', 'read and verify the record of disclosures'],
  ['administration', 'list and verify what operators changed'],
  ['heads', 'verify the published heads of partners’ records'],
  ['evidence', 'write the kept evidence of a request to a file'],
  ['backup', 'copy a partner’s database'],
  ['restore', 'put a copy back'],
  ['deploy', 'write the files of a deployment'],
]);

const overview = [
  'Usage: npm run hub -- [serve] [--supergraph FILE] [--port N] [--workers N]',
  '       npm run hub -- COMMAND …',
  '',
  `  ${'serve'.padEnd(16)}serve GraphQL (the default)`,
  ...[...commands].map(([name, does]) => `  ${name.padEnd(16)}${does}`),
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
  if (commands.has(command))
    return (await import('../dist/cli/commands.js')).runHubCommand(command, rest);
  // It reads the command line itself, and ends this process.
  await import('../dist/main.js');
});
