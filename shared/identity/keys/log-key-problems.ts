import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { describeFileError } from '../../system/file-error.js';
import type { Logger } from '../../system/logger.js';

export interface LogKeyProblemsOptions {
  /** The files of the keys. The log says of each why this process cannot read it. */
  readonly files: readonly string[];
  readonly logger: Logger;
  /** @default error */
  readonly level?: 'error' | 'warn';
}

/**
 * Makes a check that logs each new problem of keys once, with the files that cannot be read and the
 * user that tried. `/health/ready` shows the problem only, because anybody may read it.
 * @param find returns the problem, if there is one
 */
export function logKeyProblems(
  find: () => Promise<string | undefined>,
  { files, logger, level = 'error' }: LogKeyProblemsOptions,
): () => Promise<string | undefined> {
  let told: string | undefined;
  return async () => {
    const reason = await find();
    const isNew = reason !== undefined && reason !== told;
    told = reason;
    if (!isNew) return reason;
    const unreadable = (await Promise.all(files.map(findProblem))).filter(isText);
    const user = process.getuid?.();
    logger[level](
      { reason, ...(unreadable.length > 0 && { files: unreadable, user }) },
      'keys cannot be used',
    );
    return reason;
  };
}

const findProblem = (file: string): Promise<string | undefined> =>
  access(file, constants.R_OK).then(
    () => undefined,
    (error: unknown) => describeFileError(error, file) ?? `${file} does not exist.`,
  );

const isText = (text: string | undefined): text is string => text !== undefined;
