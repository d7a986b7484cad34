// Plain JavaScript: `npm run bench` sets up a fresh clone by itself.
import { runCommand, setUp, tell } from '../cli/set-up.mjs';

await runCommand(async (argv) => {
  await setUp({ projects: ['gateway'], forTests: true });
  const { main } = await import('../dist/bench/bench.js');
  return main(argv, tell);
});
