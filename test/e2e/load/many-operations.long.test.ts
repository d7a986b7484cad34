import { describe, expect, it } from 'vitest';
import { readGrowth, readHeapMegabytes } from '../network/measure.js';
import { openManyPartners } from './many-partners.js';

const count = 10_000;
const samples = 20;

/** What may be kept of each operation, within bounds that are reached long before the half. */
const mostGrowth = 0.03;

describe('ten thousand different operations', () => {
  it('need no more memory than the first thousands', async () => {
    await using network = await openManyPartners({ count: 1, rows: 3, register: ['p00:000001'] });
    const fields = ['id', 'name', 'rank', 'unit'];
    /** Each has a name, an alias and a choice of fields of its own; it is two fetches. */
    const write = (index: number): string => {
      const chosen = fields.filter((_, bit) => (index >> bit) % 2 === 1).join(' ');
      return `query Q${index} { entries { place officer { key${index}: id ${chosen} } } }`;
    };
    const heap: number[] = [];
    for (let index = 1; index <= count; index += 1) {
      const { data, errors } = await network.ask(write(index));
      expect(errors).toBeUndefined();
      expect(data.entries[0].officer[`key${index}`]).toBe('p00:000001');
      if (index % (count / samples) === 0) heap.push(readHeapMegabytes());
    }
    const growth = readGrowth(heap.slice(samples / 2));
    console.log(
      `after each ${count / samples}: ${heap.map((mb) => mb.toFixed(0)).join(', ')} MB; over the later half ${growth.megabytes.toFixed(1)} MB more, ${(growth.share * 100).toFixed(1)} %`,
    );
    expect(growth.share).toBeLessThan(mostGrowth);
  });
});
