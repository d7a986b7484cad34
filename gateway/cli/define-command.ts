import type { Environment } from '@hub/shared/system';
import { Command, InvalidArgumentError } from 'commander';
import { UsageError } from '../config.js';

/** Prints a line, or several. */
export type Say = (text: string) => void;

/** What a command has besides its words. */
export interface Terminal {
  readonly say: Say;
  /** @default the process’s */
  readonly environment: Environment | undefined;
  /** Sets the exit code, which is 0 otherwise. */
  end(code: number): void;
}

/**
 * Reads the words of a command line, and does what they say.
 * @returns the exit code
 * @throws {@link UsageError} for words that do not fit, or an error that the command names
 */
export type RunCommand = (
  argv: readonly string[],
  say: Say,
  environment?: Environment,
) => Promise<number>;

/** The help was printed, and there is nothing to do. */
export class HelpShown extends Error {}

/** A message of commander’s as a sentence of ours. */
function tidy(text: string): string {
  const said = text.trim().replace(/^error: /, '');
  const [, missing] = /^required option '(--[\w-]+).*' not specified$/.exec(said) ?? [];
  if (missing !== undefined) return `${missing} is required.\n`;
  const own = said.replace(/^(option|command-argument value) '.*?' is invalid[^.]*\. /s, '');
  const sentence = own.charAt(0).toUpperCase() + own.slice(1);
  return `${sentence}${/[.)]$/.test(sentence) ? '' : '.'}\n`;
}

/**
 * A command whose sub-commands and options are still to be added. Its errors are {@link UsageError}s with the
 * help of the sub-command.
 * @param name with all that comes before the options: `npm run hub -- doctor`
 */
export function createCommand(name: string, say: Say): Command {
  let complaint = '';
  return new Command(name)
    .showHelpAfterError()
    .configureOutput({
      writeOut: (text) => say(text.trimEnd()),
      writeErr: (text) => (complaint += text),
      outputError: (text, write) => write(tidy(text)),
    })
    .exitOverride(({ exitCode }) => {
      throw exitCode === 0 ? new HelpShown() : new UsageError(complaint.trimEnd());
    });
}

/** Parses the words, and waits for the action. */
async function parse(command: Command, argv: readonly string[]): Promise<void> {
  let running = command;
  command.hook('preAction', (_, action) => void (running = action));
  try {
    await command.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (error instanceof HelpShown) return;
    // What an action refuses has no help yet.
    if (error instanceof UsageError && !error.message.includes('Usage: '))
      throw new UsageError(`${error.message}\n\n${running.helpInformation().trimEnd()}`);
    throw error;
  }
}

/**
 * A command of the command line.
 * @param define adds its options and actions
 */
export const defineCommand =
  (name: string, define: (command: Command, terminal: Terminal) => void): RunCommand =>
  async (argv, say, environment) => {
    let code = 0;
    const command = createCommand(name, say);
    define(command, { say, environment, end: (ended) => void (code = ended) });
    await parse(command, argv);
    return code;
  };

/** An argument that a rule accepts. The message says what it must be. */
export const mustBe =
  <Value>(read: (text: string) => Value | undefined, message: string) =>
  (text: string): Value => {
    const value = read(text);
    if (value === undefined) throw new InvalidArgumentError(message);
    return value;
  };

/** A URL, as it is written in full. */
export const readUrl = mustBe(
  (text) => (URL.canParse(text) ? new URL(text).href : undefined),
  'Give a URL.',
);

/** An `http` or `https` URL, as it is written in full. */
export const readHttpUrl = (text: string): string | undefined => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url && /^https?:$/.test(url.protocol) ? url.href : undefined;
};

/** Gathers the values of an option that may be given several times. */
export const collect = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
];

/** A text that says why. */
export const nonEmptyReason = mustBe(
  (text) => (text.trim() === '' ? undefined : text),
  '--reason is required.',
);
