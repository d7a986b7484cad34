/** Node opens many modules at once when it loads them. A server needs a file for each connection. */
const fewestOpenFiles = 1_024;

/** A part of Node’s report. Undefined where the system has no such limits. */
interface Report {
  readonly userLimits?: { readonly open_files: { readonly soft: number | 'unlimited' } };
}

/**
 * Checks how many files this process may open. Call it before you load what needs them.
 * @throws if they are too few
 */
export function checkOpenFiles(): void {
  const { userLimits } = process.report.getReport() as Report;
  const limit = userLimits?.open_files.soft ?? 'unlimited';
  if (limit === 'unlimited' || limit >= fewestOpenFiles) return;
  throw new Error(
    `This process may open ${limit} files, and needs at least ${fewestOpenFiles}. Raise the limit: ulimit -n 16384.`,
  );
}
