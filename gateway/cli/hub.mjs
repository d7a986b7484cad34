// Plain JavaScript: `npm run hub` sets up a fresh clone by itself.
import { runCommand, setUp } from './set-up.mjs';

/** The function in `commands.ts` for each command. Any other command line starts the hub. */
const commands = new Map([
  ['disclosures', 'runDisclosures'],
  ['keys', 'runKeys'],
  ['partner', 'runPartnerCommand'],
  ['contract', 'runContract'],
  ['release', 'runRelease'],
  ['administration', 'runAdministration'],
  ['heads', 'runHeads'],
  ['evidence', 'runEvidence'],
  ['backup', 'runBackUp'],
  ['restore', 'runRestore'],
  ['deploy', 'runDeploy'],
  ['doctor', 'runDoctor'],
  ['status', 'runStatus'],
  ['explain', 'runExplain'],
  ['supergraph', 'runSupergraph'],
]);

await runCommand(async () => {
  const [command, ...rest] = process.argv.slice(2);
  if (command === 'partner' && rest[0] === 'init') {
    await (await import('./init/init.mjs')).initPartner(rest.slice(1));
    return;
  }
  await setUp({ projects: ['gateway'] });
  const name = commands.get(command);
  if (name) return (await import('../dist/cli/commands.js'))[name](rest);
  // It reads the command line itself, and ends this process.
  await import('../dist/main.js');
});
