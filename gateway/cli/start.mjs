// Plain JavaScript: `npm start` sets up a fresh clone by itself.
import { runCommand, setUp } from './set-up.mjs';
import { preparePorts } from './start-ports.mjs';

await runCommand(async (args) => {
  await preparePorts(args);
  await setUp();
  const { runStart } = await import('../dist/cli/commands.js');
  return runStart(args);
});
