import { describe, expect, it } from 'vitest';
import { cpuMsOf } from '../../testing/cpu-time.js';
import { scanJson } from './limit-operations.js';

const scan = (json: string) => scanJson(Buffer.from(json), { nesting: 3, values: 10 });

describe('QUERY_TOO_COMPLEX', () => {
  it.each(['[[[[[[', '{"a":{"b":{"c":{"d":{"e":{', '{"a\\"":[[[[[', '[],[[[[[[', '"é",[[[[[['])(
    'is raised for %s before it is parsed',
    (json) => {
      expect(() => scan(json)).toThrow(expect.objectContaining({ code: 'QUERY_TOO_COMPLEX' }));
    },
  );

  it.each(['[[[[[]]]]]', '[],[],[],[],[],[]', '"[[[[[["', '"\\"[[[[[["', '{"[[[[[[":"\\\\"}', ''])(
    'is not raised for %s',
    (json) => {
      expect(() => scan(json)).not.toThrow();
    },
  );

  it('is raised for too many values anywhere', () => {
    const [names, numbers] = ['"a":1,', '1,'].map((one) => one.repeat(1_100));
    for (const json of [`{${names}"b":1}`, `{"variables":{"c":[${numbers}1]}}`])
      expect(() => scan(json)).toThrow(expect.objectContaining({ code: 'QUERY_TOO_COMPLEX' }));
    expect(() => scan(JSON.stringify({ query: ','.repeat(2_000) }))).not.toThrow();
  });

  it('is raised after a string of any length, wherever it has quotes and backslashes', () => {
    const quoted = ['x', '\\"', '\\\\', '\\u0022', 'é'];
    for (let length = 50; length < 140; length += 1) {
      for (const end of quoted) {
        for (const rest of ['', 'y'.repeat(70), ...quoted]) {
          const string = `"${'x'.repeat(length)}${end}${rest}"`;
          expect(JSON.parse(string)).toBeTypeOf('string');
          expect(() => scan(`${string},[[[[[[`), string).toThrow();
          expect(() => scan(`"[[[[[[${string.slice(1)}`), string).not.toThrow();
        }
      }
    }
  });

  it('takes little time for a megabyte', async () => {
    const bodies = [
      `"${'x'.repeat(1_000_000)}"`,
      '1 '.repeat(500_000),
      '""'.repeat(500_000),
      `"${'\\"'.repeat(500_000)}"`,
      `"${'x'.repeat(64)}"`.repeat(15_000),
    ];
    const ms = await cpuMsOf(() => bodies.forEach(scan));
    expect(ms).toBeLessThan(500);
  });
});
