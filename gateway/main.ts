import { checkOpenFiles } from '@hub/shared/start';

try {
  checkOpenFiles();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
// Loading opens many files at once, so it comes after the check.
const { runHub } = await import('./process/run-hub.js');
process.exit(await runHub());
