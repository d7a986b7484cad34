import { checkOpenFiles } from '../system/open-files.js';
import type { Partner } from './define-partner.js';

export { checkOpenFiles };

/**
 * Runs the server of a partner’s folder as this process, until it is told to stop.
 * @param load loads the folder. Loading opens many files at once, so it comes after the check.
 * @example await startPartner(() => import('./partner.js'));
 */
export async function startPartner(
  load: () => Promise<{ readonly definition: Partner }>,
): Promise<never> {
  try {
    checkOpenFiles();
    const { runPartner } = await import('./run-partner.js');
    const { definition } = await load();
    return process.exit(await runPartner(definition, definition.readConfig()));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return process.exit(1);
  }
}
