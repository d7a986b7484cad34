import { describe, expect, it } from 'vitest';
import { ExportRecord } from '../export-record.js';
import type { GraphResponse } from '../graph-response.js';
import { writeGraph } from './graphml.js';

const node = (id: string, name: string | null = `Name of ${id}`) => ({ id, name });
const edge = (source: string, target: string, weight = 1, since: string | null = null) => ({
  source,
  target,
  weight,
  since,
  isRehearsal: false,
  nodes: [node(source), node(target)],
});
const page = (nodes: readonly object[], endCursor: string | null): GraphResponse => ({
  data: { edges: { nodes, pageInfo: { hasNextPage: endCursor !== null, endCursor } } },
});

/** Writes these pages, and lists the variables with which they were fetched. */
async function write(pages: readonly GraphResponse[], isPartial = false) {
  const asked: unknown[] = [];
  const pieces = writeGraph({
    query: 'query',
    variables: { minimum: 2 },
    record: new ExportRecord(isPartial),
    ask: async ({ variables }) => {
      asked.push(variables);
      return pages[asked.length - 1] ?? {};
    },
  });
  let text = '';
  for await (const piece of pieces) text += piece;
  return { text, asked };
}

describe('writeGraph', () => {
  it('writes every edge of every page, and each node once, before its edges', async () => {
    const pages = [
      page([edge('dk:a', 'lt:b', 3, '2010'), edge('dk:a', 'se:c')], 'next'),
      page([edge('lt:b', 'se:c')], null),
    ];
    const { text, asked } = await write(pages);
    expect(asked).toEqual([
      { minimum: 2, first: 500, after: null },
      { minimum: 2, first: 500, after: 'next' },
    ]);
    expect(text.match(/<(?:node id|edge source)="[^"]+"(?: target="[^"]+")?/g)).toEqual([
      '<node id="dk:a"',
      '<node id="lt:b"',
      '<edge source="dk:a" target="lt:b"',
      '<node id="se:c"',
      '<edge source="dk:a" target="se:c"',
      '<edge source="lt:b" target="se:c"',
    ]);
    expect(text).toContain('<node id="dk:a"><data key="node-name">Name of dk:a</data></node>');
    expect(text).toContain(
      '<data key="edge-weight">3</data><data key="edge-since">2010</data><data key="edge-isRehearsal">false</data>',
    );
    const keys = [...text.matchAll(/<key id="([^"]+)" .* attr.type="(\w+)"\/>/g)];
    expect(keys.map(([, id, type]) => [id, type])).toEqual([
      ['node-name', 'string'],
      ['edge-weight', 'double'],
      ['edge-since', 'string'],
      ['edge-isRehearsal', 'boolean'],
    ]);
  });

  it('escapes every text, and leaves out what XML cannot have', async () => {
    const bad = '<"A" & \'B\'>\u0000\u001b\ufffe\ud800';
    const { text } = await write([page([{ ...edge('dk:<', 'lt:b', 1, bad), nodes: [] }], null)]);
    expect(text).toContain('<edge source="dk:&lt;" target="lt:b">');
    expect(text).toMatch(/<data key="edge-since">&lt;&quot;A&quot; &amp; &#39;B&#39;&gt;<\/data>/);
  });

  it('is a graph without edges where there are none', async () => {
    const { text } = await write([page([], null)]);
    expect(text).toMatch(/<graph id="graph" edgedefault="undirected">\n<\/graph>\n<\/graphml>\n$/);
  });

  const missing = { code: 'PARTNER_TIMED_OUT', partner: 'no' };
  const withoutNo = {
    ...page([edge('dk:a', 'lt:b')], null),
    errors: [{ message: 'Missing.', path: ['edges'], extensions: missing }],
    extensions: { completeness: { partners: { no: { status: 'TIMED_OUT' } } } },
  };

  it('is refused with the code of a missing partner, unless the client accepts a part', async () => {
    await expect(write([withoutNo])).rejects.toMatchObject({ extensions: missing });
    expect((await write([withoutNo], true)).text).toContain('<edge source="dk:a" target="lt:b">');
  });

  it('fails if a page has no cursor for the next one', async () => {
    const stuck = page([edge('dk:a', 'lt:b')], 'same');
    await expect(write([stuck, stuck])).rejects.toThrow('no new cursor');
  });
});
