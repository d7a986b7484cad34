import { InvalidArgumentError } from 'commander';
import type { Network } from '../../registry/network.js';
import { workers as workersSchema } from '../../server/settings/hub-variables.js';
import { createCommand, mustBe, type Say } from '../define-command.js';

export interface StartOptions {
  /**
   * The codes of the partners that are not started. They stay in the network and are unavailable.
   */
  readonly without: readonly string[];
  /** Whether the invented demonstration is left out. */
  readonly factsOnly: boolean;
  /** Whether partners accept their databases as they are: new, older, or changed by hand. */
  readonly newDatabase: boolean;
  /** The number of worker processes of the hub. @default `HUB_WORKERS` */
  readonly workers: number | undefined;
}

/**
 * @param say prints the help
 * @throws {@link UsageError} for an unknown flag or partner
 */
export function readStartOptions(
  argv: readonly string[],
  { partners }: Network,
  say: Say,
): StartOptions {
  const codes = partners.map(({ code }) => code);
  const readCodes = (list: string, before: readonly string[] = []): readonly string[] => {
    const given = list
      .split(',')
      .map((code) => code.trim())
      .filter((code) => code !== '');
    const unknown = given.filter((code) => !codes.includes(code));
    if (unknown.length === 0) return [...before, ...given];
    throw new InvalidArgumentError(`--without: no partner has the code ${unknown.join(', ')}.`);
  };
  const command = createCommand('npm start --', say)
    .option('--without <codes>', `does not start these partners: ${codes.join(', ')}`, readCodes)
    .option('--facts-only', 'does not load the invented demonstration')
    .option(
      '--new-database',
      'accepts the partners’ databases as they are: new, older, or changed by hand',
    )
    .option(
      '--workers <number>',
      'the number of worker processes of the hub, instead of HUB_WORKERS',
      mustBe(
        (text) => workersSchema.safeParse(text).data,
        '--workers must be a number from 1 to 64.',
      ),
    )
    // `start-ports.mjs` has moved the network.
    .option(
      '--port-base <number>',
      'the hub’s port. The ports of the partners keep their distance from it',
    )
    .parse([...argv], { from: 'user' });
  const given = command.opts<Partial<StartOptions>>();
  const { without = [], factsOnly = false, newDatabase = false, workers } = given;
  return { without, factsOnly, newDatabase, workers };
}
