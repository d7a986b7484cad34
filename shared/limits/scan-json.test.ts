import { describe, expect, it } from 'vitest';
import { scanJson } from './scan-json.js';

const scan = (json: string) => scanJson(Buffer.from(json), { nesting: 3 });

describe('QUERY_TOO_COMPLEX', () => {
  it.each(['[[[[[[', '{"a":{"b":{"c":{"d":{"e":{', '{"a\\"":[[[[[', '[],[[[[[[', '"é",[[[[[['])(
    'is raised by %s before it is parsed',
    (json) => {
      expect(() => scan(json)).toThrow(expect.objectContaining({ code: 'QUERY_TOO_COMPLEX' }));
    },
  );

  it.each(['[[[[[]]]]]', '[],[],[],[],[],[]', '"[[[[[["', '"\\"[[[[[["', '{"[[[[[[":"\\\\"}', ''])(
    'is not raised by %s',
    (json) => {
      expect(() => scan(json)).not.toThrow();
    },
  );

  it('takes little time for a megabyte', () => {
    const startedAt = performance.now();
    scan(`"${'x'.repeat(1_000_000)}"`);
    scan('1,'.repeat(500_000));
    expect(performance.now() - startedAt).toBeLessThan(200);
  });
});
