import { catalogue, type ErrorCode } from '@hub/shared/errors';
import type { ProxiedRequest } from '../faults/fault-proxy.js';

import { describe, expect, it } from 'vitest';
import { openLibrary, type Library, type Tree } from './library.js';

/**
 * A partner refuses a whole request of the hub with a code. The contract: a partner that does not
 * answer leaves its rows out and is named. Issue 30: the hub writes these requests, so no such code
 * is the client’s fault, unless it names a value that the hub passed on.
 */
const own: Readonly<Partial<Record<ErrorCode, string>>> = {
  UNAUTHENTICATED: 'REFUSED',
  GRAPHQL_PARSE_FAILED: 'INVALID_RESPONSE',
  GRAPHQL_VALIDATION_FAILED: 'INVALID_RESPONSE',
};
const statusOf = (code: ErrorCode): string => own[code] ?? 'UNAVAILABLE';

/** Codes after which the same request may succeed. */
const passing: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['RATE_LIMITED', 'OVERLOADED']);
const codes = Object.keys(catalogue) as ErrorCode[];

/** Each code with its own HTTP status, and with 200. */
const refusals = [
  ...codes.flatMap((code) =>
    [...new Set([catalogue[code].status, 200])].map((status) => ({ code, status })),
  ),
  // Node’s own server says so of a request that took too long to arrive.
  { code: 'BAD_REQUEST' as const, status: 408 },
].map((refusal) => ({
  ...refusal,
  passes: passing.has(refusal.code) || refusal.status === 408 || refusal.status === 429,
}));

interface Form {
  readonly query: string;
  readonly on: 'roots' | 'entities';
  /** What the client gets without the rows of `north`, which has 11 copies, 4 of them of book 1. */
  readonly without: Tree;
  readonly whole: Tree;
  readonly path: string;
  readonly isMutation?: true;
}

const forms: Readonly<Record<string, Form>> = {
  'a gathered connection': {
    query: '{ copies { totalCount countAtLeast } }',
    on: 'roots',
    without: { copies: { totalCount: null, countAtLeast: 11 } },
    whole: { copies: { totalCount: 22, countAtLeast: 22 } },
    path: 'copies',
  },
  'a gathered list': {
    query: '{ shelves { id } }',
    on: 'roots',
    without: {
      shelves: ['east:shelf-1', 'south:shelf-1', 'east:shelf-2', 'south:shelf-2'].map((id) => ({
        id,
      })),
    },
    whole: {
      shelves: [
        'east:shelf-1',
        'north:shelf-1',
        'south:shelf-1',
        'east:shelf-2',
        'north:shelf-2',
        'south:shelf-2',
      ].map((id) => ({ id })),
    },
    path: 'shelves',
  },
  'the record of one partner': {
    query: '{ copy(id: "north:1") { id } }',
    on: 'roots',
    without: { copy: null },
    whole: { copy: { id: 'north:1' } },
    path: 'copy',
  },
  'a gathered entity': {
    query: '{ book(isbn: "1") { copyCount } }',
    on: 'entities',
    without: { book: { copyCount: null } },
    whole: { book: { copyCount: 9 } },
    path: 'book',
  },
  'a mutation': {
    query: 'mutation { lend(input: { copy: "north:1", reader: "x" }) { id } }',
    on: 'roots',
    without: { lend: null },
    whole: { lend: { id: 'north:1' } },
    path: 'lend',
    isMutation: true,
  },
};

/** Asks once while `north` refuses whole requests, all of them or the first one. */
async function askRefused(
  library: Library,
  { query, on }: Form,
  { code, status }: { readonly code: ErrorCode; readonly status: number },
  {
    times,
    extensions = {},
    at,
  }: { times?: number; extensions?: object; at?: readonly string[] } = {},
) {
  const north = library.proxies.north!;
  const error = { message: 'Its own words.', extensions: { code, ...extensions }, path: at };
  const body = { errors: [error], ...(at && { data: null }) };
  const isMeant = (request: ProxiedRequest) =>
    request.kind === on && request.query !== '{ __typename }';
  const before = north.requests.filter(isMeant).length;
  await north.set({ fault: { status, body }, on: isMeant, ...(times && { times }) });
  const { data, errors = [], extensions: said } = await library.ask(query);
  await north.clear();
  return {
    data: data as unknown,
    errors: errors.map(({ path, extensions: { code: named, partner } }) => [
      path?.[0],
      named,
      partner,
    ]),
    complete: said.completeness.complete,
    north: said.completeness.partners.north?.status as unknown,
    asked: north.requests.filter(isMeant).length - before,
  };
}

describe.each(Object.entries(forms))('a partner that refuses the whole request: %s', (_, form) => {
  const { path, isMutation = false } = form;

  it('is named and its rows are missing, whatever the code', async () => {
    await using library = await openLibrary({ deadlineMs: 2_000 });
    const found: Record<string, unknown> = {};
    const expected: Record<string, unknown> = {};
    for (const refusal of refusals) {
      const name = `${refusal.code} ${refusal.status}`;
      const north = refusal.status === 401 ? 'REFUSED' : statusOf(refusal.code);
      found[name] = await askRefused(library, form, refusal);
      expected[name] = {
        data: form.without,
        errors: [[path, `PARTNER_${north}`, 'north']],
        complete: false,
        north,
        asked: refusal.passes && !isMutation ? 2 : 1,
      };
    }
    expect(found).toEqual(expected);
  });

  it.runIf(!isMutation)('is asked once more if the reason passes by itself', async () => {
    await using library = await openLibrary({ deadlineMs: 2_000 });
    for (const refusal of refusals.filter(({ passes }) => passes)) {
      expect(await askRefused(library, form, refusal, { times: 1 })).toEqual({
        data: form.whole,
        errors: [],
        complete: true,
        north: 'ANSWERED',
        asked: 2,
      });
    }
  });
});

describe('a partner that refuses all entities at once', () => {
  it('is named too: the hub makes the list of representations', async () => {
    await using library = await openLibrary();
    const form = forms['a gathered entity']!;
    const isRequests = ({ code }: { readonly code: ErrorCode }) => statusOf(code) === 'UNAVAILABLE';
    for (const refusal of refusals.filter(isRequests)) {
      const found = await askRefused(
        library,
        form,
        { ...refusal, status: 200 },
        { at: ['_entities'] },
      );
      expect(found).toMatchObject({
        data: form.without,
        errors: [['book', 'PARTNER_UNAVAILABLE', 'north']],
        complete: false,
      });
    }
  });
});

describe('a partner that refuses a value of the client', () => {
  const refusal = { code: 'BAD_USER_INPUT', status: 400 } as const;
  const given = {
    copy: { ...forms['the record of one partner']!, argument: 'id' },
    lend: { ...forms['a mutation']!, argument: 'input.reader' },
  };

  it.each(Object.entries(given))(
    'has answered if it names the argument that the hub passed on: %s',
    async (path, form) => {
      await using library = await openLibrary();
      const extensions = { argument: form.argument };
      expect(await askRefused(library, form, refusal, { extensions })).toMatchObject({
        errors: [[path, 'BAD_USER_INPUT', 'north']],
        complete: true,
        north: 'ANSWERED',
      });
    },
  );

  it.each(Object.entries(given))(
    'has not answered if it names another, or names it with another code: %s',
    async (path, form) => {
      await using library = await openLibrary();
      const others = ['representations', 'input', 'input.copy.x', 'constructor', 'first'];
      for (const argument of others.filter((other) => path !== 'lend' || other !== 'input')) {
        expect(
          await askRefused(library, form, refusal, { extensions: { argument } }),
        ).toMatchObject({ errors: [[path, 'PARTNER_UNAVAILABLE', 'north']], complete: false });
      }
      const conflict = { code: 'CONFLICT', status: 409 } as const;
      const extensions = { argument: form.argument };
      expect(await askRefused(library, form, conflict, { extensions })).toMatchObject({
        errors: [[path, 'PARTNER_UNAVAILABLE', 'north']],
        complete: false,
      });
    },
  );
});
