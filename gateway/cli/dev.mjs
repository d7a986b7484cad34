// Plain JavaScript: `npm run dev` sets up a fresh clone by itself.
import { runCommand, setUp } from './set-up.mjs';
import { preparePorts } from './start-ports.mjs';

await runCommand(async (args) => {
  await preparePorts(args);
  // The compiler that watches checks types.
  await setUp({ forTests: true });
  const { runDev } = await import('../dist/cli/commands.js');
  return runDev(args);
});
