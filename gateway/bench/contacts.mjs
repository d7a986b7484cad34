// Plain JavaScript: `npm run bench:contacts` sets up a fresh clone by itself.
import { runCommand, setUp, tell } from '../cli/set-up.mjs';

await runCommand(async () => {
  await setUp({ forTests: true });
  const { main } = await import('../dist/bench/contacts.js');
  return main(tell);
});
