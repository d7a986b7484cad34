import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createCursors, cursorKeyBytes } from './cursor.js';

const key = randomBytes(cursorKeyBytes);
const positions = new Map([
  ['dk', 12],
  ['nbnp', 3_456_789],
]);

describe('createCursors', () => {
  it('reads what another worker with the same key has written', () => {
    const cursor = createCursors(key).write(positions);
    expect(createCursors(key).read(cursor)).toEqual(positions);
  });

  it('shows no position: two cursors of one position differ, and those of all have one length', () => {
    const cursors = createCursors(key);
    const [cursor = '', again = '', none = ''] = [positions, positions, new Map()].map((one) =>
      cursors.write(one),
    );
    expect(cursor).not.toBe(again);
    expect(none.length).toBe(cursor.length);
    expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toContain('nbnp');
  });

  it('reads nothing that was altered, cut, made elsewhere or is no cursor at all', () => {
    const cursors = createCursors(key);
    const cursor = cursors.write(positions);
    const altered = `${cursor.slice(0, -2)}${cursor.endsWith('AA') ? 'BB' : 'AA'}`;
    const texts = [altered, cursor.slice(0, 40), createCursors().write(positions), '', 'x'];
    expect(texts.map((text) => cursors.read(text))).toEqual(texts.map(() => undefined));
    expect(cursors.read('A'.repeat(1_000_000))).toBeUndefined();
  });
});
