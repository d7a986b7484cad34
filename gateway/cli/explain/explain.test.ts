import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../config.js';
import { createNetworkToken } from '../commands.js';
import { defineExplain, openExplainer, type Explainer } from './explain.js';

const police = 'dk, ee, fi, is, lt, lv, no, se';

describe('npm run hub -- explain', () => {
  let dataDir: string;
  let explainer: Explainer;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'hub-explain-'));
    explainer = await openExplainer({ runs: false, environment: { HUB_DATA_DIR: dataDir } });
  });
  afterAll(async () => {
    await explainer[Symbol.asyncDispose]();
    await rm(dataDir, { recursive: true, force: true });
  });
  // One for all tests: opening one takes a second of the CPU.
  const explain = defineExplain(() =>
    Promise.resolve({ ...explainer, [Symbol.asyncDispose]: () => Promise.resolve() }),
  );

  const run = async (...argv: string[]) => {
    const said: string[] = [];
    const code = await explain(argv, (text) => said.push(text), { HUB_DATA_DIR: dataDir });
    return { code, text: said.join('\n') };
  };
  /** The text of one fetch. */
  const fetchOf = (text: string, number: number) =>
    text.split(/^(?=\d+\. )/m).find((part) => part.startsWith(`${number}. `)) ?? '';

  it('sends a request only to the owner of an id', async () => {
    const { code, text } = await run('{ officer(id: "fi:officer-1") { rank } }');
    expect(code).toBe(0);
    expect(text).toContain('Plan: 1 fetch');
    expect(text).toContain('Query.officer: the owner that `id` names (@route)');
    expect(text.match(/request to .*/g)).toEqual(['request to fi']);
  });

  it('sends a list to all partners of a contract, or to the one that the filter names', async () => {
    const all = await run('{ officers(first: 2) { nodes { id } } }');
    expect(all.text).toContain(
      `Query.officers: all of ${police} (@gather), merged as a connection`,
    );
    expect(all.text.match(/request to .*/g)).toEqual([`request to ${police}`]);
    expect(all.text).toContain(
      '; otherwise refused with `filter.search` or `orderBy.NAME`, for the owner alone',
    );
    const query = 'query ($of: OfficerFilter) { officers(filter: $of) { nodes { id } } }';
    const refused = await run(query, '--variables', '{"of":{"search":"Kai"}}');
    expect(refused.text).not.toContain('request to');
    const one = await run(query, '--variables', '{"of":{"country":"LT"}}');
    expect(one.text.match(/request to .*/g)).toEqual(['request to lt']);
    expect(one.text).toContain('variables {"of":{"country":"LT"}}');
  });

  it('shows the entity fetch after the fetch that finds the entities', async () => {
    const { code, text } = await run(
      '{ mine: programme(id: "nbnp:p") { groups { acceptedOfficers { name } } } }',
    );
    expect(code).toBe(0);
    expect(fetchOf(text, 1)).toContain('Query.programme: nbnp, the only partner that serves nbnp');
    const second = fetchOf(text, 2);
    expect(second).toMatch(
      /^2\. national-police: entities, after 1, at mine\.groups\.@\.acceptedOfficers\.@/,
    );
    expect(second).toContain(`Officer: the owner that \`id\` names (@route), one of ${police}`);
    expect(second).toContain(`request to ${police}`);
    expect(second).toContain('representations such as {"__typename":"Officer","id":"dk:…"}');
  });

  it('shows that the hub serves its own subgraph', async () => {
    const { code, text } = await run('{ partners { code } }');
    expect(code).toBe(0);
    expect(text).toContain('Query.partners: the hub itself, in its own process');
    expect(text).not.toContain('refused');
    const schema = await run('{ __schema { queryType { name } } }');
    expect(schema).toMatchObject({
      code: 0,
      text: expect.stringContaining('No partner gets a request'),
    });
  });

  it('reads an operation from a file, and leaves out what @skip leaves out', async () => {
    const file = join(dataDir, 'two.graphql');
    await writeFile(
      file,
      `query One($no: Boolean!) { event(id: "nbnp:mp-1") { id roles @skip(if: $no) { party { name } } } }
       query Two { partners { code } }`,
    );
    const operation = ['--file', file, '--operation', 'One', '--variables'];
    expect((await run(...operation, '{"no":true}')).text).toContain('Plan: 1 fetch');
    expect((await run(...operation, '{"no":false}')).text).toContain('national-police: entities');
  });

  it('refuses a field without a request if its id has no owner', async () => {
    const { code, text } = await run('{ officer(id: "xx:1") { rank } }');
    expect(code).toBe(1);
    expect(text).toContain('refused: officer (NOT_FOUND); no request is sent for it');
    expect(text).not.toContain('request to');
  });

  const manyLists = Array.from({ length: 60 }, (_, n) => `p${n}: officers { nodes { name } }`);
  it.each([
    ['GRAPHQL_PARSE_FAILED', '{ officers', '(line 1, column 11)'],
    ['GRAPHQL_VALIDATION_FAILED', '{ nothing }', '"nothing"'],
    ['BAD_USER_INPUT', 'query ($id: ID!) { officer(id: $id) { id } }', '$id'],
    ['QUERY_TOO_COMPLEX', `{ ${manyLists.join(' ')} }`, 'at most 50 aliases'],
    ['FORBIDDEN', 'mutation { eraseOfficer(id: "dk:1") }', 'Not allowed.'],
  ])('rejects an operation with %s, as the hub does', async (errorCode, query, detail) => {
    const { code, text } = await run(query);
    expect(code).toBe(1);
    expect(text).toContain(errorCode);
    expect(text).toContain(detail);
    expect(text).not.toContain('request to');
  });

  it('uses the token of the caller', async () => {
    const token = await createNetworkToken(['--organisation', 'dk', '--role', 'coordinator'], {
      HUB_DATA_DIR: dataDir,
    });
    const erase = 'mutation { eraseOfficer(id: "dk:1") }';
    const { code, text } = await run(erase, '--token', token);
    expect(text).toContain('request to dk');
    expect(code).toBe(0);
    const wrong = await run('{ partners { code } }', '--token', `${token}x`);
    expect(wrong).toMatchObject({ code: 1, text: expect.stringContaining('UNAUTHENTICATED') });
  });

  it.each([
    [[]],
    [['{ a }', '{ b }']],
    [['{ a }', '--variables', '[1]']],
    [['--file', 'no-such-file.graphql']],
    [['{ a }', '--nothing']],
  ])('prints its usage for %j', async (argv) => {
    await expect(run(...argv)).rejects.toThrow(UsageError);
  });
});
