import { parseArgs } from 'node:util';
import { HubError } from '../../errors/hub-error.js';
import type { ReadConfig } from '../../partner/config/config.js';
import type { PartnerPart } from '../../partner/define-partner.js';
import type { PartnerDefinition } from '../../partner/partner-definition.js';
import { createPartnerIdentity } from '../../partner/partner-identity.js';
import { openPartner } from '../../partner/partner.js';
import { openTls } from '../../server/tls/open-tls.js';
import { describeFileError } from '../../system/file-error.js';
import { silentLogger } from '../../system/logger.js';
import { keepFilesPrivate } from '../../system/private-files.js';
import { UsageError } from '../../system/settings/read-environment.js';
import { removeRehearsals, type PrepareRemoval } from './removal.js';

export interface RunRehearsalsOptions {
  readonly definition: PartnerDefinition;
  readonly readConfig: ReadConfig;
  readonly prepare: PrepareRemoval;
  /** @default the process’s */
  readonly argv?: readonly string[];
  /** Prints results. @default standard output */
  readonly print?: (text: string) => void;
  /** Prints why nothing was done. @default standard error */
  readonly tell?: (text: string) => void;
}

const usage = `Usage: npm run rehearsals -- [--remove] [--partner <code>] [--facts-only]
  Lists what belongs to rehearsals that ended, by table. The network removes its part first.
  --remove     removes it`;

function readCommand(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        remove: { type: 'boolean', default: false },
        'facts-only': { type: 'boolean', default: false },
        partner: { type: 'string' },
      },
    });
    return {
      isDone: values.remove,
      flags: [
        ...(values.partner === undefined ? [] : ['--partner', values.partner]),
        ...(values['facts-only'] ? ['--facts-only'] : []),
      ],
    };
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${usage}`);
  }
}

function describe(counts: ReadonlyMap<string, number>, isDone: boolean): string {
  if (counts.size === 0) return 'There is nothing to remove.\n';
  const rows = [...counts].map(([table, count]) => `  ${table}: ${count}`).toSorted();
  const first = isDone ? 'Removed:' : 'Nothing was removed. --remove removes:';
  return `${[first, ...rows].join('\n')}\n`;
}

async function carryOut({
  definition,
  readConfig,
  prepare,
  argv = process.argv.slice(2),
}: RunRehearsalsOptions): Promise<string> {
  const { isDone, flags } = readCommand(argv);
  const config = readConfig(undefined, flags);
  const logger = silentLogger;
  keepFilesPrivate();
  using tls = openTls(config.certificateFiles ?? {}, logger);
  await using identity = createPartnerIdentity({ ...config, connect: tls.connect });
  await using server = await openPartner(definition, { ...config, logger });
  const { partner } = config;
  const context = {
    partner,
    source: server.source,
    askHub: identity.askHub,
    clock: () => new Date(),
  };
  return describe(await removeRehearsals(context, prepare, isDone), isDone);
}

function explain(error: unknown): string {
  if (error instanceof HubError)
    return `The hub or the network did not respond, and nothing was removed: ${String(error.extensions['code'])}.`;
  const told = error instanceof Error ? error.message : String(error);
  return describeFileError(error, 'A file') ?? told;
}

/**
 * Lists or removes a partner’s part of the rehearsals that ended, in a process of its own, with or
 * without the partner’s server.
 * @returns the exit code: 0, or 1 if nothing was done
 */
export async function runRehearsals(options: RunRehearsalsOptions): Promise<number> {
  const {
    print = (text) => process.stdout.write(text),
    tell = (text) => process.stderr.write(text),
  } = options;
  try {
    print(await carryOut(options));
    return 0;
  } catch (error) {
    tell(`${explain(error)}\n`);
    return 1;
  }
}

/** The command `rehearsals` of a partner’s folder. */
export const rehearsals = (prepare: PrepareRemoval): PartnerPart => ({
  commands: { rehearsals: (options) => runRehearsals({ ...options, prepare }) },
});
