import { checkOpenFiles } from '@hub/shared/open-files';

try {
  checkOpenFiles();
  // Loading opens many files at once, so it comes after the check.
  const { runPartner } = await import('@hub/shared/partner');
  const { readConfig } = await import('./config.js');
  const { definition } = await import('./partner.js');
  process.exit(await runPartner(definition, readConfig()));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
