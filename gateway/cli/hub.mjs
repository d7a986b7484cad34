// Plain JavaScript: `npm run hub` sets up a fresh clone by itself.
import { runCommand, setUp } from './set-up.mjs';

await runCommand(async () => {
  await setUp({ projects: ['gateway'] });
  const [command, ...rest] = process.argv.slice(2);
  if (command === 'disclosures') {
    const { runDisclosures } = await import('../dist/cli/commands.js');
    return runDisclosures(rest);
  }
  if (command === 'backup') {
    const { runBackUp } = await import('../dist/cli/commands.js');
    return runBackUp(rest);
  }
  if (command === 'restore') {
    const { runRestore } = await import('../dist/cli/commands.js');
    return runRestore(rest);
  }
  if (command === 'doctor') {
    const { runDoctor } = await import('../dist/cli/commands.js');
    return runDoctor(rest);
  }
  // It reads the command line itself, and ends this process.
  await import('../dist/main.js');
});
