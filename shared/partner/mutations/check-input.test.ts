import { describe, expect, it } from 'vitest';
import { checkDistinct, checkName, checkText } from './check-input.js';

const refusal = { extensions: { code: 'BAD_USER_INPUT', argument: 'input.it' } };
const refused = (check: () => void): unknown => {
  try {
    check();
    return undefined;
  } catch (error) {
    return error;
  }
};

describe('BAD_USER_INPUT', () => {
  it.each(['', '   ', '\t\n', 'a\0b', 'a\uD83D', '\uDE00b', 'x'.repeat(301)])(
    'rejects the name %j',
    (name) => {
      expect(refused(() => checkName(name, 'input.it'))).toMatchObject(refusal);
    },
  );

  it.each(['', ' ', 'a\0b', 'x'.repeat(20_001)])(
    'rejects a text, and does not repeat it',
    (text) => {
      const error = refused(() => checkText(text, 'input.it'));
      expect(error).toMatchObject({
        ...refusal,
        message: expect.stringContaining('1 to 20000'),
      });
      if (text.length > 1) expect(JSON.stringify(error)).not.toContain(text);
    },
  );

  it.each([['a', 'a'], []])('rejects a list with repeated or too few items', (...list) => {
    expect(refused(() => checkDistinct(list, 'input.it', 1))).toMatchObject({
      ...refusal,
      message: 'The items of a list must be different, and at least 1.',
    });
  });

  it('accepts a text that is not empty, and a missing text', () => {
    for (const text of ['a', 'x'.repeat(300), '警察 ', '😀', null, undefined]) {
      checkName(text, 'input.it');
      checkText(text, 'input.it');
    }
    checkText('x'.repeat(20_000), 'input.it');
    checkDistinct(['a', 'b'], 'input.it', 1);
    checkDistinct([], 'input.it');
  });
});
