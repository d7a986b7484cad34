// Plain JavaScript: `npm run bench:trust` sets up a fresh clone by itself. `npm start` has to run beside it.
import { runCommand, setUp } from '../cli/set-up.mjs';

await runCommand(async () => {
  await setUp({ projects: ['gateway'], forTests: true });
  await import('../dist/bench/trust.js');
  return 0;
});
