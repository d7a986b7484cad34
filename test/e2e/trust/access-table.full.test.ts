import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleSize } from '../../sample.js';
import type { Answer, Asker, Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { runIn } from '../network/run-programme.js';
import { documents, questions, type AccessPath } from './access-paths.js';
import { fields, mayDraft, objects, partly, readers, type Someone } from './access-rules.js';
import { clock, hasEnded, visits } from './demonstration.js';
import { createAttempts, mayCall, writeOperations } from './mutation-attempts.js';

type Path = readonly (string | number)[];
const write = (path: Path) => path.join('.');

/** What an answer should have said, as far as its objects go: the paths of what is withheld. */
function readWithheld(
  who: Someone,
  accessPaths: Readonly<Record<string, AccessPath>>,
  data: Tree,
  seen: (coordinate: string, id: string, value: unknown) => void,
  count: (coordinate: string) => void,
): string[] {
  const withheld: string[] = [];
  const walk = (value: Tree, path: Path): void => {
    if (Array.isArray(value)) return value.forEach((item, index) => walk(item, [...path, index]));
    if (typeof value !== 'object' || value === null) return;
    const { __typename: type = '', id = '' } = value as Record<string, string | undefined>;
    // There are tens of thousands of values, and an expectation of each would take longest.
    if (objects[type]?.(who, id) === false) expect.fail(`${type} ${id} at ${write(path)}`);
    for (const [field, inner] of Object.entries(value as object)) {
      const rule = fields[type]?.[field];
      if (rule && !rule(who, id)) {
        if (inner !== null)
          expect.fail(`${type}.${field} of ${id} at ${write([...path, field])}: ${String(inner)}`);
        withheld.push(write([...path, field]));
        count(`${type}.${field}`);
      } else {
        if (partly[type]?.[field]?.(who, id)) withheld.push(write([...path, field]));
        if (rule && typeof inner !== 'object') seen(`${type}.${field}`, id, inner);
        if (rule && inner === null) seen(`${type}.${field}`, id, null);
        walk(inner, [...path, field]);
      }
    }
  };
  for (const [alias, { isOpenTo }] of Object.entries(accessPaths)) {
    if (isOpenTo(who)) {
      expect(data[alias], alias).not.toBeNull();
      walk(data[alias], [alias]);
    } else {
      expect(data[alias], alias).toBeNull();
      withheld.push(alias);
      count(`Query.${alias}`);
    }
  }
  return withheld.toSorted();
}

/** Without the lists of hosts that are empty. */
const withoutHosts = (data: Tree): unknown =>
  JSON.parse(JSON.stringify(data), (key, value: unknown) =>
    key === 'hostings' && Array.isArray(value) && value.length === 0 ? null : value,
  );

/** Everybody of the owners of the mutations, and of one other organisation. */
const writers = readers.filter(
  ([, who]) => who === undefined || ['nbnp', 'ncm', 'lv', 'se'].includes(who.organisation),
);

const refusals = ({ errors = [] }: Answer): string[] =>
  errors
    .map(({ path, extensions: { code } }) =>
      code === 'FORBIDDEN' ? write(path ?? []) : `${write(path ?? [])} ${code}`,
    )
    .toSorted();

/** Everything restricted that anybody read, so that what one reads is what another reads. */
type Truth = Map<string, unknown>;

/** What a programme as it is really run has, and not everybody reads. */
const ofJourneys = [
  'Officer.formalities',
  'Officer.outstanding',
  'Officer.travelNeeds',
  'Delegate.formalities',
  'Delegate.outstanding',
  'Delegate.travelNeeds',
  'Visit.practicalInformation',
  'Visit.hostings',
  'Visit.regionalHostings',
  'GroupMeeting.agenda',
  'GroupMeeting.outcome',
  'GroupMeeting.attended',
  'GroupMeeting.missed',
  'Absence.reason',
  'Expert.name',
  'Expert.assignments',
  'ExpertAssignment.loanReason',
  'Programme.evaluation',
  'Query.networkChanges',
  'Query.officeChanges',
  'Query.policeChanges',
  'Query.tasks',
];

/** The fields of journeys and people that some of the readers may not read. */
const restricted = Object.entries(fields).flatMap(([type, rules]) =>
  Object.keys(rules).map((field) => `${type}.${field}`),
);

const evaluation = `{ programme(id: "nbnp:demo-programme") {
  evaluation { summary findings { title } recommendations }
  officeEvaluation { summary findings { title } recommendations } } }`;

/** Both sides draft their part of an evaluation that nobody has signed. */
async function draft(network: OpenNetwork): Promise<void> {
  const programme = runIn(network);
  const part = {
    programme: 'nbnp:demo-programme',
    summary: 'A draft.',
    findings: [{ title: 'A finding', text: 'Of a draft.' }],
    recommendations: ['More.'],
    version: 0,
  };
  await programme.done('nbnp', 'draftEvaluation', part);
  await programme.done('ncm', 'draftOfficeEvaluation', part);
}

/** When each organisation last changed something. */
const lastChanges = async ({ ask, codes }: OpenNetwork): Promise<Tree> => {
  const last = '(first: 20) { nodes { id mutation } }';
  const ofPolices = codes
    .filter((code) => !['nbnp', 'ncm'].includes(code))
    .map(
      (code) =>
        `${code}: policeChanges(country: "${code.toUpperCase()}", first: 20) { nodes { id mutation } }`,
    );
  const query = `{ networkChanges${last} officeChanges${last} ${ofPolices.join(' ')} }`;
  const { data, errors } = await ask(query, {}, { organisation: 'nbnp', role: 'auditor' });
  expect(errors).toBeUndefined();
  // The daily run of the retention may fall into the test.
  const lastOf = (nodes: readonly Tree[]) =>
    nodes.find(({ mutation }) => mutation !== 'runRetention')?.id;
  return Object.fromEntries(
    Object.entries(data as Record<string, Tree>).map(([owner, { nodes }]) => [
      owner,
      lastOf(nodes),
    ]),
  );
};

describe('FORBIDDEN', () => {
  let network: OpenNetwork;
  const truth: Truth = new Map();
  const refused = new Map<string, number>();
  const count = (coordinate: string) =>
    void refused.set(coordinate, (refused.get(coordinate) ?? 0) + 1);
  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true, clock });
    await draft(network);
  });
  afterAll(() => network[Symbol.asyncDispose]());

  /** Repeats an operation for which a busy machine had no time. */
  async function askWhole(
    document: string,
    who: Asker | undefined,
    variables: Record<string, unknown> = {},
  ): Promise<Answer> {
    for (;;) {
      const answer = await network.ask(document, variables, who);
      const codes = (answer.errors ?? []).map(({ extensions: { code } }) => code);
      const isLate = codes.some((code) => code === 'OVERLOADED' || code === 'PARTNER_TIMED_OUT');
      if (!isLate) return answer;
    }
  }

  it.each(readers)(
    'is what %s gets, on every access path, for exactly the data that it may not read',
    async (_name, who) => {
      for (const [index, accessPaths] of questions.entries()) {
        const edges = who === undefined || who.organisation === 'fi';
        const answer = await askWhole(documents[index] ?? '', who, { edges });
        const seen = (coordinate: string, id: string, value: unknown) => {
          const key = `${coordinate} ${id}`;
          if (!truth.has(key)) truth.set(key, value);
          if (value !== truth.get(key)) expect(value, key).toEqual(truth.get(key));
        };
        const withheld = readWithheld(who, accessPaths, answer.data, seen, count);
        expect(refusals(answer)).toEqual(withheld);
      }
      // Without an error: the field is open, and the draft is not.
      const { data, errors } = await askWhole(evaluation, who);
      expect(errors).toBeUndefined();
      const { evaluation: part, officeEvaluation } = data.programme;
      const seen = [part, officeEvaluation].flatMap((one) =>
        ['summary', 'findings', 'recommendations'].map((field) => one?.[field]),
      );
      if (mayDraft(who)) expect(seen).not.toContain(null);
      else {
        expect(seen.map((value) => value ?? null)).toEqual(Array(6).fill(null));
        count('Programme.evaluation');
      }
    },
  );

  it('is what a participant gets for all that the anonymous may not read of others', async () => {
    const nobody: Asker = { organisation: 'fi', role: 'participant', person: 'fi:nobody' };
    const { data: own } = await network.ask('{ me { __typename } }', {}, nobody);
    expect(own).toEqual({ me: null });
    for (const document of documents) {
      const answer = await askWhole(document, nobody, { edges: true });
      const toAnyone = await askWhole(document, undefined, { edges: true });
      expect(withoutHosts(answer.data)).toEqual(withoutHosts(toAnyone.data));
      const refused = new Set(refusals(answer));
      const others = refusals(toAnyone).filter((path) => !refused.has(path));
      expect(refused.size + others.length).toBe(refusals(toAnyone).length);
      // Every participant gets the list, which is empty for all but the members of the group.
      expect(others.filter((path) => !path.endsWith('.hostings'))).toEqual([]);
    }
  });

  it('is never what a co-ordinator, liaison or server gets for what an analyst of hers reads', () => {
    const organisations = new Set(readers.flatMap(([, who]) => who?.organisation ?? []));
    let compared = 0;
    for (const key of truth.keys()) {
      const [coordinate = '', id = ''] = key.split(' ');
      const [type = '', field = ''] = coordinate.split('.');
      const mayRead = (who: Someone) =>
        (objects[type]?.(who, id) ?? true) && (fields[type]?.[field]?.(who, id) ?? true);
      for (const organisation of organisations) {
        if (!mayRead({ organisation, role: 'analyst' })) continue;
        for (const role of ['coordinator', 'liaison', 'service'] as const) {
          expect(mayRead({ organisation, role }), `${role} of ${organisation}: ${key}`).toBe(true);
          compared += 1;
        }
      }
    }
    expect(compared).toBeGreaterThan(100);
  });

  it('was refused in thousands of attempts, many of them for each restricted field', () => {
    const all = [...refused.values()].reduce((sum, times) => sum + times, 0);
    expect(all).toBeGreaterThan(sampleSize(2, 6_000));
    for (const coordinate of restricted)
      expect(refused.get(coordinate) ?? 0, coordinate).toBeGreaterThan(0);
    for (const coordinate of ofJourneys)
      expect(refused.get(coordinate) ?? 0, coordinate).toBeGreaterThan(sampleSize(2, 20));
  });

  it('leaves nothing unread that somebody may read: each field has a value for some reader', () => {
    const coordinates = new Set(
      [...truth].filter(([, value]) => value !== null).map(([key]) => key.split(' ')[0]),
    );
    for (const expected of [
      'Officer.name',
      'Officer.email',
      'Officer.rank',
      'Delegate.name',
      'Delegate.email',
      'Delegate.employer',
      'GroupMeeting.agenda',
      'GroupMeeting.outcome',
      'GroupMeeting.attended',
      'GroupMeeting.missed',
      'Expert.name',
      'Expert.email',
      'ExpertAssignment.loanReason',
      'DelegateNomination.motivation',
      'OfficerNomination.motivation',
      'ParticipantReport.text',
    ])
      expect(coordinates).toContain(expected);
    const named = (prefix: string) =>
      [...truth.keys()].filter((key) => key.startsWith(prefix)).length;
    expect([named('Officer.name'), named('Delegate.name'), named('Expert.name')]).toEqual([
      48, 30, 12,
    ]);
  });

  it('does not hide the counts, except of visits that are not to be known', async () => {
    const counts =
      '{ visits { totalCount } groups { nodes { memberCount delegateCount officerNominationCount } } }';
    const anonymous = await network.ask(counts);
    const known = await network.ask(counts, {}, { organisation: 'se', role: 'auditor' });
    expect(anonymous.errors).toBeUndefined();
    expect(anonymous.data.groups).toEqual(known.data.groups);
    expect(known.data.visits.totalCount).toBe(visits.length);
    expect(anonymous.data.visits.totalCount).toBe(visits.filter(hasEnded).length);
  });

  it(
    'is what each reader gets for every mutation that it may not call, and nothing is written',
    { timeout: 300_000 },
    async () => {
      const before = await lastChanges(network);
      const attempts = await createAttempts();
      const tried: string[] = [];
      for (const [name, who] of writers) {
        const forbidden = attempts.filter((attempt) => !mayCall(who, attempt));
        for (const { query, variables, mutations } of writeOperations(forbidden)) {
          const { data, errors = [] } = await askWhole(query, who, variables);
          tried.push(...mutations.values());
          const codes = errors.map(({ path = [], extensions }) => [path[0], extensions.code]);
          // Who writes nothing at all is refused before any mutation is looked at.
          const aliases = data === undefined ? [undefined] : [...mutations.keys()];
          expect(codes.toSorted(), name).toEqual(
            aliases.map((alias) => [alias, 'FORBIDDEN']).toSorted(),
          );
          for (const [alias, mutation] of mutations)
            expect(data?.[alias] ?? null, `${mutation} by ${name}`).toBeNull();
        }
      }
      expect(await lastChanges(network)).toEqual(before);
      expect(new Set(tried).size).toBe(attempts.length);
      // One co-ordinator may call each, and one liaison those of a host.
      expect(tried.length).toBeGreaterThanOrEqual(attempts.length * (writers.length - 2));
      expect(tried.length).toBeGreaterThan(1_500);
    },
  );
});
