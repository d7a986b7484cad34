import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../config.js';
import { commands } from './commands.js';

/** Runs a command in a network that nobody has changed. */
async function run(name: string, ...argv: string[]) {
  const lines: string[] = [];
  const code = await commands[name]?.(argv, (line) => void lines.push(line), {});
  return { code, text: lines.join('\n') };
}

const refusal = (name: string, ...argv: string[]) =>
  run(name, ...argv).then(
    () => undefined,
    (error: unknown) => error,
  );

/** The sub-commands that a help lists. */
const listedIn = (help: string): string[] => {
  const [, list = ''] = /\nCommands:\n([^]*?)(\n\n|$)/.exec(help) ?? [];
  return [...list.matchAll(/^ {2}([\w-]+)/gm)].flatMap(([, name = '']) =>
    name === 'help' ? [] : name,
  );
};

/** They read their words as the commands of partners’ folders do. */
const ofKit = ['keys', 'disclosures'];
const names = Object.keys(commands);
const own = names.filter((name) => !ofKit.includes(name));

describe('npm run hub', () => {
  it('has all commands of its overview, and no others', () => {
    const overview = readFileSync(new URL('hub.mjs', import.meta.url), 'utf8');
    const named = [...overview.matchAll(/^ {2}\['(\w+)', '/gm)].map(([, name]) => name);
    expect(names.toSorted()).toEqual(named.toSorted());
  });

  it.each(names)(
    'prints the help of %s and of all its sub-commands, and does nothing',
    async (name) => {
      for (const flag of ['--help', '-h']) {
        const { code, text } = await run(name, flag);
        expect([code, text]).toEqual([0, expect.stringMatching(/^Usage:/)]);
        for (const word of listedIn(text)) {
          const help = await run(name, word, flag);
          expect(help.code).toBe(0);
          expect(help.text).toMatch(
            new RegExp(`^Usage: npm run (--silent )?hub -- ${name} ${word} `),
          );
        }
      }
    },
  );

  it('lists the sub-commands', async () => {
    const listed = async (name: string) => listedIn((await run(name, '--help')).text);
    expect(await listed('partner')).toEqual(['add', 'suspend', 'resume', 'remove', 'check']);
    expect(await listed('contract')).toEqual(['list', 'show', 'check', 'propose', 'adopt']);
    expect(await listed('release')).toEqual(['list', 'show', 'diff', 'rollback', 'unpin']);
    expect(await listed('heads')).toEqual(['verify', 'reset']);
    expect(await listed('deploy')).toEqual(['compose']);
  });

  it.each(own)('refuses an unknown option of %s and of all its sub-commands', async (name) => {
    const words = listedIn((await run(name, '--help')).text);
    for (const argv of [[], ...words.map((word) => [word])]) {
      const error = await refusal(name, ...argv, '--no-such-option');
      expect(error, argv.join(' ')).toBeInstanceOf(UsageError);
      expect((error as Error).message).toMatch(
        /^(Unknown option '--no-such-option'|--[a-z]+ is required)\.\n\nUsage: npm run (--silent )?hub -- /,
      );
    }
  });

  it.each([
    [
      'contract',
      ['shows'],
      /^Unknown command 'shows'\n\(Did you mean show\?\)\n\nUsage: .* contract /,
    ],
    ['contract', ['show'], /^Missing required argument 'subject'\.\n\nUsage: .* contract show /],
    [
      'contract',
      ['list', 'x'],
      /^Too many arguments for 'list'\. Expected 0 arguments but got 1\./,
    ],
    [
      'contract',
      ['adopt', '1', '--force'],
      /^--force needs a --reason[^]*\n\nUsage: .* contract adopt /,
    ],
    ['contract', ['adopt', '1', '--force', '--reason', ' '], /^--reason is required\.\n/],
    ['contract', ['show', '1', '--force'], /^Unknown option '--force'\.\n/],
    ['contract', ['check', 'a', 'b', '--contract', 'c'], /`--contract` takes one file\./],
    ['contract', ['propose', '1'], /^propose takes files\.\n\nUsage: .* contract propose /],
    ['partner', ['suspend', 'dk'], /^--reason is required\.\n\nUsage: .* partner suspend /],
    ['partner', ['add', 'dk', '--partner', 'dk', '--name', 'x', '--keys', 'y'], /^Give a URL\.\n/],
    ['partner', ['add', 'http://dk', '--partner', 'dk', '--name', 'x'], /^--keys is required\.\n/],
    ['partner', ['check', 'http://dk', '--days', '0'], /^--days must be from 1 to 366\.\n/],
    ['release', ['show', 'x'], /^Give the number of a release\.\n\nUsage: .* release show /],
    [
      'heads',
      ['reset', 'xx', '--reason', 'A test'],
      /^xx is no partner of the network\.\n\nUsage: /,
    ],
    ['evidence', ['an-id'], /^--to is required\.\n/],
    ['backup', ['--partner', 'xx', '--to', 'y'], /^--partner must be one of [a-z, ]+\.\n\nUsage: /],
    ['doctor', ['--as', 'xx'], /^--as must be one of [a-z, ]+\.\n\nUsage: npm run hub -- doctor /],
    ['doctor', ['--url', 'ftp://x'], /^--url must be an http or https URL\.\n/],
    ['status', ['--url'], /^Option '--url <url>' argument missing\.\n/],
    ['explain', ['{ a }', '--variables', '[]'], /^--variables must be a JSON object\.\n/],
  ] as const)('says what is wrong with %s %j', async (name, argv, message) => {
    const error = await refusal(name, ...argv);
    expect(error).toBeInstanceOf(UsageError);
    expect((error as Error).message).toMatch(message);
  });
});
