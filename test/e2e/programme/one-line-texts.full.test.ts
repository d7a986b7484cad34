import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importKinds as ofPolice } from '../../../subgraphs/national-police/seed/import-kinds.js';
import { importKinds as ofNetwork } from '../../../subgraphs/nbnp/seed/import-kinds.js';
import { importKinds as ofOffices } from '../../../subgraphs/ncm-offices/seed/import-kinds.js';
import { sampleOf } from '../../sample.js';
import { openServers, requestsWith, send, servers } from './bounded-servers.js';
import { findTextInputs } from './text-inputs.js';

/** One character of each kind that turns, hides or breaks a line, and their code points. */
const unseen = [
  ['a line break', '\n'],
  ['an escape', '\u001b'],
  ['U+0085, a line end', '\u0085'],
  ['a soft hyphen', '\u00ad'],
  ['a space of no width', '\u200b'],
  ['a mark from right to left', '\u200f'],
  ['U+2028, a line separator', '\u2028'],
  ['U+2029, a paragraph separator', '\u2029'],
  ['U+202E, which turns a line round', '\u202e'],
  ['U+2066, which isolates', '\u2066'],
  ['a byte order mark', '\ufeff'],
  ['a tag', '\u{e0041}'],
] as const;

/** The texts that may have several lines. All others are one line. */
const freeTexts = new Set(
  `access accommodation address agenda aim aims contactOnTheSpot diet emergencyContact meetingPoint
   motivation note openingHours outcome practicalInformation quote reason recommendations roleInField summary
   text transport what`.split(/\s+/),
);

/** Ids are compared and never shown: an odd one is only unknown. */
const isOneLine = ({ argument, type }: { argument: string; type: string }): boolean =>
  type === 'String' && !freeTexts.has(argument.replace(/\.0$/, '').split('.').at(-1) ?? '');

let opened: AsyncDisposable;
beforeAll(async () => {
  opened = await openServers();
});
afterAll(() => opened[Symbol.asyncDispose]());

describe.each(servers)('a text of one line at $name', (server) => {
  it.each(sampleOf(4, unseen))('is refused with %s, by its name', async (_, character) => {
    const inputs = findTextInputs(server.schema()).filter(isOneLine);
    expect(inputs.length).toBeGreaterThan(1);
    for (const input of inputs) {
      const [byVariable, ...byLiteral] = requestsWith(input, `dk:a${character}b`);
      // The value is the same in both; half of the characters are sent in the document.
      const request = character.codePointAt(0)! % 2 ? byVariable : byLiteral[0];
      const refusal = await send(server, request ?? {});
      expect.soft({ name: input.name, ...refusal }).toEqual({
        name: input.name,
        code: 'BAD_USER_INPUT',
        argument: input.argument,
        message: `\`${input.argument}\` must be one line, without control or format characters.`,
      });
    }
  });

  it('is not refused for letters, marks and signs of any language', async () => {
    for (const input of findTextInputs(server.schema()).filter(isOneLine)) {
      const [request = {}] = requestsWith(input, 'dk:Ł’Ж ß\u00a0–');
      const { message } = await send(server, request);
      expect.soft(message).not.toContain('must be one line');
    }
  });
});

describe.each([
  ['nbnp', ofNetwork],
  ['dk', ofPolice],
  ['ncm', ofOffices],
])('an imported text of one line of %s', (code, kinds) => {
  const lines = kinds.flatMap(({ name, columns }) =>
    Object.entries(columns)
      .filter(([column, { form }]) => form.endsWith('text') && !freeTexts.has(column))
      .map(([column, { read }]) => [`${name}.${column}`, read] as const),
  );

  it.each(unseen)('is refused with %s', (_, character) => {
    expect(lines.length).toBeGreaterThan(2);
    for (const [name, read] of lines) {
      expect.soft(() => read(`a${character}b`, code), name).toThrow('must be one line');
      expect.soft(read('Łódź’s – ß', code), name).toBeDefined();
    }
  });
});
