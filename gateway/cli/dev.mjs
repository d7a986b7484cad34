// Plain JavaScript: `npm run dev` sets up a fresh clone by itself.
import { runCommand, setUp } from './set-up.mjs';
import { preparePorts } from './start-ports.mjs';

await runCommand(async (args) => {
  await preparePorts(args);
  await setUp();
  const { runDev } = await import('../dist/cli/commands.js');
  return runDev(args);
});
