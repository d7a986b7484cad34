// cspell:ignore csvx
import { HubError } from '@hub/shared/errors';
import { type Charge, defaultLimits } from '@hub/shared/graphql';
import { silentLogger } from '@hub/shared/system';
import { describe, expect, it } from 'vitest';
import type { OperationRecord } from '../../fan-out/operation-record.js';
import { noContent } from './documents.js';
import { openExports, type Page } from './test-graph.js';

const linesOf = (csv: string): string[] => csv.trimEnd().split('\r\n');
const code = (expected: string) => ({ extensions: { code: expected } });

describe('an export of a connection', () => {
  it.each(['things', 'edged'])('fetches all pages of %s, 500 rows at a time', async (name) => {
    await using graph = await openExports({ count: 1_201 });
    const lines = linesOf((await graph.get(`/export/${name}.csv`)).text);
    expect(lines.slice(0, 2)).toEqual(['id,name', 't0,x']);
    expect(lines).toHaveLength(1_202);
    expect(new Set(lines).size).toBe(1_202);
    expect(graph.pages.map(({ after }) => after)).toEqual([null, '500', '1000']);
  });

  it('fetches smaller pages if the limits are lower', async () => {
    await using graph = await openExports({ count: 40, limits: { ...defaultLimits, cost: 60 } });
    expect(linesOf((await graph.get('/export/things.csv')).text)).toHaveLength(41);
    expect(graph.pages).toHaveLength(4);
  });

  it('fails if a page has no cursor for the next one', async () => {
    await using graph = await openExports();
    await expect(graph.open('/export/stuck.csv')).rejects.toThrow('stuck has another page');
  });

  it('begins with a byte order mark on request', async () => {
    await using graph = await openExports();
    expect((await graph.get('/export/things.csv?bom=true')).text).toMatch(/^\uFEFFid,name\r\n/);
  });

  it('gives each page what is left of the client’s time, and the last ones next to nothing', async () => {
    const given: (number | undefined)[] = [];
    const spend = (ms: number) => {
      const until = performance.now() + ms;
      while (performance.now() < until);
    };
    await using graph = await openExports({
      count: 1_801,
      onPage: () => spend(60),
      onAdmit: (_number, deadlineMs) => given.push(deadlineMs),
    });
    await using _ = await graph.open('/export/things.csv', undefined, 130);
    expect(given[0]).toBe(130);
    expect(given[1]).toBeLessThanOrEqual(70);
    expect(given.slice(2)).toEqual([expect.any(Number), 1]);
    expect(given[2]).toBeLessThanOrEqual(10);
  });

  it('stops when its client disconnects', async () => {
    const client = new AbortController();
    await using graph = await openExports({
      count: 5_000,
      onPage: ({ after }) => after === '500' && client.abort(),
    });
    await expect(graph.open('/export/things.csv', client.signal)).rejects.toThrow();
    expect(graph.pages).toHaveLength(2);
  });
});

describe('BAD_USER_INPUT', () => {
  it('charges the caller for a request that is refused', async () => {
    const charged: Parameters<Charge>[0][] = [];
    await using graph = await openExports({ charge: (work) => void charged.push(work) });
    await expect(graph.open('/export/things.csv?unknown=1')).rejects.toThrow('Unknown argument.');
    expect(charged).toEqual([{ ms: expect.any(Number) as number }]);
  });
});

describe('NOT_FOUND', () => {
  it.each(['nothing.csv', 'things.xml', 'thing.csv', 'things.csvx', '__schema.csv'])(
    'is what %s gets',
    async (fileName) => {
      await using graph = await openExports();
      await expect(graph.open(`/export/${fileName}`)).rejects.toMatchObject(code('NOT_FOUND'));
    },
  );

  it.each([
    '{ calendar: visit { id } }',
    'mutation { calendar: things { id } }',
    '{',
    '{ plain { id } } { a }',
  ])(
    'is raised for a document that the schema does not allow, and logged: %s',
    async (document) => {
      const logged: unknown[] = [];
      const logger = { ...silentLogger, error: (what: unknown) => logged.push(what) };
      const content = {
        ...noContent,
        documents: [{ fileName: 'x.ics', format: 'ics', text: document } as const],
      };
      await using graph = await openExports({}, { logger: logger as never, content });
      expect(logged).toMatchObject([{ export: 'x.ics' }]);
      await expect(graph.open('/export/x.ics')).rejects.toMatchObject(code('NOT_FOUND'));
    },
  );
});

describe('an incomplete export', () => {
  const withoutNo = {
    count: 700,
    onPage({ after }: Page, operation: OperationRecord) {
      operation.recordStatus('dk', 'ANSWERED');
      operation.recordStatus('no', after ? 'TIMED_OUT' : 'ANSWERED');
      if (after)
        operation.recordError({ path: ['things'], code: 'PARTNER_TIMED_OUT', partner: 'no' });
    },
  };

  it('is refused with the code of the missing partner, on any page', async () => {
    await using graph = await openExports(withoutNo);
    await expect(graph.open('/export/things.csv')).rejects.toMatchObject({
      extensions: {
        code: 'PARTNER_TIMED_OUT',
        partner: 'no',
        completeness: { complete: false, partners: { no: { status: 'TIMED_OUT' } } },
      },
    });
  });

  it('is sent if the client accepts it, and names the missing partner', async () => {
    await using graph = await openExports(withoutNo);
    const { headers, text: csv } = await graph.get('/export/things.csv?partial=true');
    expect(linesOf(csv)).toHaveLength(701);
    expect(JSON.parse(headers['hub-completeness'] ?? '')).toEqual({
      complete: false,
      partners: { dk: { status: 'ANSWERED' }, no: { status: 'TIMED_OUT' } },
    });
  });

  it('is FORBIDDEN if the caller may not read it, even if a partner is missing', async () => {
    await using graph = await openExports({
      onPage(_page, operation) {
        operation.recordStatus('no', 'UNAVAILABLE');
        operation.recordError({ path: ['things'], code: 'FORBIDDEN', partner: 'dk' });
      },
    });
    await expect(graph.open('/export/things.csv')).rejects.toMatchObject(code('FORBIDDEN'));
    const { text: csv, headers } = await graph.get('/export/things.csv?partial=true');
    expect(linesOf(csv)).toHaveLength(4);
    expect(headers['hub-completeness']).toContain('"complete":false');
  });

  it('is refused if no field of a document has a value, even if the client accepts a part', async () => {
    const document = {
      fileName: 'x.ics',
      format: 'ics',
      text: 'query ($id: ID!) { calendar: thing(id: $id) { name } }',
    } as const;
    await using graph = await openExports(
      { onThing: (operation) => operation.recordStatus('no', 'UNAVAILABLE') },
      { content: { ...noContent, documents: [document] } },
    );
    await expect(graph.open('/export/x.ics?id=a&partial=true')).rejects.toMatchObject(
      code('PARTNER_UNAVAILABLE'),
    );
  });

  it('is refused for any other error in a row', async () => {
    const failing = {
      onPage: (_page: Page, operation: OperationRecord) =>
        operation.recordError({ path: ['things', 'nodes', 1, 'name'], code: 'NOT_FOUND' }),
    };
    await using graph = await openExports(failing);
    await expect(graph.open('/export/things.csv')).rejects.toMatchObject(code('NOT_FOUND'));
    const { headers } = await graph.get('/export/things.csv?partial=true');
    expect(headers['hub-completeness']).toBe('{"complete":false,"partners":{}}');
  });
});

describe('FORBIDDEN', () => {
  it('leaves a cell empty, and names its column in `hub-withheld`', async () => {
    await using graph = await openExports({
      onPage: (_page, operation) =>
        operation.recordError({ path: ['edged', 'edges', 1, 'node', 'name'], code: 'FORBIDDEN' }),
    });
    const { headers } = await graph.get('/export/edged.csv');
    expect(headers['hub-withheld']).toBe('name');
    expect(JSON.parse(headers['hub-completeness'] ?? '')).toMatchObject({ complete: true });
    const columns = await graph.get('/export/edged.csv?columns=id');
    expect(columns.headers['hub-withheld']).toBeUndefined();
  });

  it('refuses a list that the caller may not read at all', async () => {
    await using graph = await openExports();
    await expect(graph.open('/export/hidden.csv')).rejects.toMatchObject(code('FORBIDDEN'));
  });
});

describe('OVERLOADED', () => {
  it('makes an export wait, also at its start, and loses no row', async () => {
    let number = 0;
    const didResolveOperation = () => {
      number += 1;
      if (number % 2 === 1) throw new HubError('OVERLOADED', { retryAfter: 0.001 });
    };
    await using graph = await openExports({ count: 900, hooks: [{ didResolveOperation }] });
    expect(linesOf((await graph.get('/export/things.csv')).text)).toHaveLength(901);
  });
});

describe('RATE_LIMITED', () => {
  const busy = () => {
    throw new HubError('RATE_LIMITED', { retryAfter: 0.001 });
  };

  it('refuses an export that may not start', async () => {
    await using graph = await openExports({ onAdmit: busy });
    await expect(graph.open('/export/things.csv')).rejects.toMatchObject(code('RATE_LIMITED'));
  });

  it('makes an export that has started wait', async () => {
    await using graph = await openExports({
      count: 900,
      onAdmit: (number) => (number > 1 && number < 4 ? busy() : undefined),
    });
    expect(linesOf((await graph.get('/export/things.csv')).text)).toHaveLength(901);
  });

  it('is raised for an export that would wait too long', async () => {
    const never = () => {
      throw new HubError('RATE_LIMITED', { retryAfter: 3_600 });
    };
    await using graph = await openExports({
      count: 900,
      onAdmit: (number) => (number > 1 ? never() : undefined),
    });
    await expect(graph.open('/export/things.csv')).rejects.toMatchObject(code('RATE_LIMITED'));
  });

  it('is raised by the counters of exports that are being made, and of those being sent', async () => {
    const inside = { making: 0, unsent: 0 };
    const seen: unknown[] = [];
    const count = (what: keyof typeof inside) => () => {
      inside[what] += 1;
      return () => void (inside[what] -= 1);
    };
    await using graph = await openExports(
      { onPage: () => seen.push({ ...inside }) },
      { enter: count('making'), hold: count('unsent') },
    );
    await expect(graph.open('/export/nothing.csv')).rejects.toThrow();
    expect(inside).toEqual({ making: 0, unsent: 0 });
    {
      await using file = await graph.open('/export/things.csv');
      expect(seen).toEqual([{ making: 1, unsent: 1 }]);
      expect({ isThere: file.bytes > 0, ...inside }).toEqual({
        isThere: true,
        making: 0,
        unsent: 1,
      });
    }
    expect(inside).toEqual({ making: 0, unsent: 0 });
  });

  it('is raised if there is no place to make a file, and holds no other place', async () => {
    let held = 0;
    const hold = () => {
      held += 1;
      return () => void (held -= 1);
    };
    await using graph = await openExports({}, { enter: busy, hold });
    await expect(graph.open('/export/things.csv')).rejects.toMatchObject(code('RATE_LIMITED'));
    expect(held).toBe(0);
  });
});

describe('QUERY_TOO_COMPLEX', () => {
  it('is raised for an export that takes too long', async () => {
    await using graph = await openExports({}, { deadlineMs: -1 });
    await expect(graph.open('/export/things.csv')).rejects.toMatchObject({
      extensions: { code: 'QUERY_TOO_COMPLEX', limit: 'exportMs' },
    });
  });
});

describe('a list that is not a connection', () => {
  it('is one page, and a null in it is an empty row', async () => {
    await using graph = await openExports();
    expect((await graph.get('/export/plain.csv?minimum=2')).text).toBe('id,name\r\na,\r\n,\r\n');
  });

  it.each([
    ['things.csv?first=3', 'first'],
    ['plain.csv?minimum=many', 'minimum'],
    ['plain.csv?columns=nothing', 'columns'],
  ])('refuses %s', async (url, argument) => {
    await using graph = await openExports();
    await expect(graph.open(`/export/${url}`)).rejects.toMatchObject({
      extensions: { code: 'BAD_USER_INPUT', argument },
    });
  });
});
