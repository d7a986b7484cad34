// Plain JavaScript: `npm run hub` sets up a fresh clone by itself.
import { runCommand, setUp } from './set-up.mjs';

/** The function in `commands.ts` for each command. Any other command line starts the hub. */
const commands = new Map([
  ['disclosures', 'runDisclosures'],
  ['backup', 'runBackUp'],
  ['restore', 'runRestore'],
  ['doctor', 'runDoctor'],
  ['explain', 'runExplain'],
]);

await runCommand(async () => {
  await setUp({ projects: ['gateway'] });
  const [command, ...rest] = process.argv.slice(2);
  const name = commands.get(command);
  if (name) return (await import('../dist/cli/commands.js'))[name](rest);
  // It reads the command line itself, and ends this process.
  await import('../dist/main.js');
});
