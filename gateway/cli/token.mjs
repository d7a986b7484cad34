// Plain JavaScript: `npm run token` sets up a fresh clone by itself. Standard output has only the
// token.
import { runCommand, setUp } from './set-up.mjs';

await runCommand(async (args) => {
  await setUp({ projects: ['gateway'] });
  const { runToken } = await import('../dist/cli/commands.js');
  return runToken(args);
});
