// Plain JavaScript: `npm run bench:partner` sets up a fresh clone by itself.
import { runCommand, setUp, tell } from '../cli/set-up.mjs';

await runCommand(async (argv) => {
  await setUp({ forTests: true });
  const { main } = await import('../dist/bench/partner.js');
  return main(argv, tell);
});
