import { parseArgs } from 'node:util';
import { HubError } from '../../errors/hub-error.js';
import type { PartnerPart } from '../../partner/define-partner.js';
import { createPartnerIdentity } from '../../partner/partner-identity.js';
import { openPartner } from '../../partner/partner.js';
import type { ChoreContext } from '../../policy/context/partner-context.js';
import { forgetReaders, forgetReadersAgain } from '../../records/changes/forget-readers.js';
import { usualRetention } from '../../records/manifest/retention.js';
import { openTls } from '../../server/tls/open-tls.js';
import { findErasedReaders, noteErasedReaders } from '../../storage/erased-list.js';
import { describeFileError } from '../../system/file-error.js';
import { silentLogger } from '../../system/logger.js';
import { keepFilesPrivate } from '../../system/private-files.js';
import { UsageError } from '../../system/settings/read-environment.js';
import { eraseElsewhere } from '../journeys/erase-elsewhere.js';
import { Erasure } from '../journeys/erasure.entity.js';
import { eraseAgain, findErased } from './erase-again.js';
import { isOfOwnPeople, type PersonalData } from './erase-person.js';
import { RetentionHold } from './hold.entity.js';
import { RetentionNotice, RetentionRun } from './retention.entity.js';
import { describeDue, runRetention } from './run-retention.js';

type CommandOptions = Parameters<NonNullable<PartnerPart['commands']>[string]>[0];

const usage = `Usage: npm run retention -- [--dry-run] [--partner <code>] [--facts-only]
  Erases the personal data that is due by age, as the server does once a day.
  --dry-run    prints what is due within 30 days, and writes nothing`;

function readCommand(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        'dry-run': { type: 'boolean', default: false },
        'facts-only': { type: 'boolean', default: false },
        partner: { type: 'string' },
      },
    });
    const { partner } = values;
    const flags = [
      ...(partner === undefined ? [] : ['--partner', partner]),
      ...(values['facts-only'] ? ['--facts-only'] : []),
    ];
    return { isDry: values['dry-run'], flags };
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${usage}`);
  }
}

async function carryOut(
  { definition, readConfig, argv }: CommandOptions,
  all: readonly PersonalData[],
): Promise<string> {
  const { isDry, flags } = readCommand(argv);
  const config = readConfig(undefined, flags);
  keepFilesPrivate();
  using tls = openTls(config.certificateFiles ?? {}, silentLogger);
  await using identity = createPartnerIdentity({ ...config, connect: tls.connect });
  await using server = await openPartner(definition, { ...config, logger: silentLogger });
  const { partner, retention = usualRetention } = config;
  const { source } = server;
  const { askHub } = identity;
  const context = { partner, source, askHub, clock: () => new Date(), retention };
  if (isDry) return await describeDue(context, all);
  const done = [
    await forgetReaders({
      ...context,
      noteErased: (subjects) => noteErasedReaders(source, subjects, context.clock()),
    }),
    await runRetention(context, all),
  ];
  return done.every((one) => one)
    ? 'Done for today.\n'
    : 'The hub or the network did not tell of each journey. The server tries again.\n';
}

async function runCommand(options: CommandOptions, all: readonly PersonalData[]): Promise<number> {
  try {
    process.stdout.write(await carryOut(options, all));
    return 0;
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    const why = error instanceof HubError ? String(error.extensions['code']) : told;
    process.stderr.write(`${describeFileError(error, 'A file') ?? why}\n`);
    return 1;
  }
}

/**
 * A partner’s personal data. Its server erases what is due by age, and tells others of erasures until
 * they have confirmed them. What was erased stays erased in a restored copy.
 */
export const forgetting = (all: readonly PersonalData[]): PartnerPart => {
  const hasPeople = all.some(isOfOwnPeople);
  return {
    entities: [...(hasPeople ? [Erasure] : []), RetentionHold, RetentionNotice, RetentionRun],
    async chore(context: ChoreContext) {
      const isTold = !hasPeople || (await eraseElsewhere(context));
      return (await runRetention(context, all)) && isTold;
    },
    commands: { retention: (options) => runCommand(options, all) },
    erased: {
      find: (source) => findErased(source, all),
      async eraseAgain(context, entries) {
        const readers = await forgetReadersAgain(context, findErasedReaders(entries));
        return readers + (await eraseAgain(context, all, entries));
      },
    },
  };
};
