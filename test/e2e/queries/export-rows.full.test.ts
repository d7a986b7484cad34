import { parse as parseCsv } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createToken, type Asker, type Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';

const secretariat: Asker = { organisation: 'nbnp', role: 'coordinator' };
const denmark: Asker = { organisation: 'dk', role: 'coordinator' };

describe('GET /export with rows', () => {
  let network: OpenNetwork;
  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true });
  });
  afterAll(() => network[Symbol.asyncDispose]());

  const get = async (path: string, asker: Asker) => {
    const authorization = `Bearer ${await createToken(network.keys, asker)}`;
    const url = new URL(`/export/${path}`, network.hubUrl);
    const response = await fetch(url, { headers: { authorization } });
    return { status: response.status, text: await response.text() };
  };
  const rowsOf = (text: string): Record<string, string>[] => parseCsv(text, { columns: true });
  const refusalOf = ({ status, text }: { status: number; text: string }) => ({
    status,
    ...(JSON.parse(text) as Tree).errors[0].extensions,
  });

  it.each([
    ['groups', 'absences', 'from participant.id visit.id', 'from participant { id } visit { id }'],
    ['groups', 'meetings', 'kind on place outcome', 'kind on place outcome'],
    ['visits', 'hostings', 'id status decidedOn', 'id status decidedOn'],
    ['visits', 'regionalHostings', 'id status office.id', 'id status office { id }'],
    ['visits', 'stops', 'id status meetingPoint', 'id status meetingPoint'],
    ['visits', 'experts', 'id status loanDecidedOn', 'id status loanDecidedOn'],
    ['programmes', 'evaluation.findings', 'title text', 'title text'],
  ])('is exported with a row for each item: %s.%s', async (root, list, columns, selection) => {
    const names = columns.split(' ').map((name) => `${list}.${name}`);
    const answer = await get(`${root}.csv?rows=${list}&columns=id,${names.join(',')}`, secretariat);
    expect(answer.status).toBe(200);
    const steps = list.split('.');
    const inner = steps.reduceRight((inside, step) => `${step} { ${inside} }`, selection);
    const isPaged = root !== 'programmes';
    const fields = `id ${inner}`;
    const { data } = await network.ask(
      `{ ${root}${isPaged ? `(first: 100) { nodes { ${fields} } }` : ` { ${fields} }`} }`,
      {},
      secretariat,
    );
    const follow = (value: Tree, path: readonly string[]): Tree =>
      path.reduce((at, name) => at?.[name], value);
    const expected = (isPaged ? data[root].nodes : data[root]).flatMap((row: Tree) =>
      (follow(row, steps) ?? []).map((item: Tree) => [
        row.id,
        ...columns.split(' ').map((name) => follow(item, name.split('.')) ?? ''),
      ]),
    );
    expect(expected.length).toBeGreaterThan(0);
    expect(rowsOf(answer.text).map((row) => Object.values(row))).toEqual(expected);
  });

  it('takes the arguments of its field: the formalities of a group', async () => {
    const answer = await get(
      'officers.csv?filter.country=DK&filter.rehearsals=true&rows=formalities&formalities.group=nbnp:demo-group-2',
      denmark,
    );
    expect(answer.status).toBe(200);
    // Four kinds are recorded of each of the two Danish members; the ticket is open.
    const rows = rowsOf(answer.text);
    expect(rows.map(({ id }) => id)).toEqual(
      [3, 4].flatMap((number) => Array(4).fill(`dk:demo-officer-${number}`)),
    );
    expect(rows.slice(0, 4).map((row) => row['formalities.kind'])).toEqual(
      expect.arrayContaining(['INVITATION_LETTER', 'VISA', 'INSURANCE', 'CONSENT']),
    );
  });

  it.each([
    ['rows=title', 'rows'],
    ['rows=nothing', 'rows'],
    ['rows=stops&rows=experts', 'rows'],
    ['stops.day=2026-11-22', 'day'],
    ['formalities.group=x', 'formalities.group'],
  ])('is refused where it is none: %s', async (search, argument) => {
    const answer = await get(`visits.csv?${search}`, secretariat);
    expect(refusalOf(answer)).toMatchObject({ status: 400, code: 'BAD_USER_INPUT', argument });
  });

  it('needs a column for its arguments', async () => {
    const answer = await get('officers.csv?columns=id&formalities.group=x', denmark);
    expect(refusalOf(answer)).toMatchObject({
      status: 400,
      code: 'BAD_USER_INPUT',
      argument: 'formalities',
    });
  });
});
