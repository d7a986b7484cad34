import 'reflect-metadata';

import { bothDatabases, type TestDatabaseKind, type TestFact } from '@hub/shared/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  group,
  nomination,
  openWrittenOffices,
  returned,
  type MutationName,
  type WrittenOffices,
} from './test-mutations.js';

type Versioned = { readonly version: number } & Readonly<Record<string, unknown>>;

interface Parts {
  readonly delegate: {
    readonly formalities: readonly Versioned[];
    readonly travelNeeds: Versioned | null;
    readonly report: Versioned | null;
  };
  readonly _entities: readonly { readonly delegateMeetings: readonly Versioned[] }[];
}

const parts = `{
  delegate(id: "ncm:d1") {
    formalities(group: "nbnp:g") { note version } travelNeeds { diet version } report { text version }
  }
  _entities(representations: [{ __typename: "Group", id: "nbnp:g" }]) {
    ... on Group { delegateMeetings { kind place version } }
  }
}`;

const home = { ...group, visits: [returned] };
const meeting = { group: 'nbnp:g', office: 'ncm:led', on: '2010-04-01' };
const ofDelegate = { group: 'nbnp:g', delegate: 'ncm:d1' };
const debriefing = { ...meeting, on: '2010-05-03' };
const report = { ...ofDelegate, visit: 'nbnp:v', on: '2010-05-03', text: 'What was seen.' };
const findMeeting = (kind: string) => (found: Parts) =>
  found._entities[0]?.delegateMeetings.find((one) => one['kind'] === kind);

const mutations: readonly {
  readonly name: MutationName;
  readonly input: object;
  /** The text that everybody writes. */
  readonly field: string;
  readonly facts: TestFact;
  find(parts: Parts): Versioned | null | undefined;
}[] = [
  {
    name: 'recordDelegateFormality',
    input: { ...ofDelegate, kind: 'VISA', status: 'REQUESTED', on: '2010-03-01' },
    field: 'note',
    facts: group,
    find: ({ delegate }) => delegate.formalities[0],
  },
  {
    name: 'setDelegateTravelNeeds',
    input: { delegate: 'ncm:d1' },
    field: 'diet',
    facts: group,
    find: ({ delegate }) => delegate.travelNeeds,
  },
  {
    name: 'correctDelegateReport',
    input: report,
    field: 'text',
    facts: home,
    find: ({ delegate }) => delegate.report,
  },
  {
    name: 'recordDelegatesMeeting',
    input: { ...meeting, kind: 'BRIEFING' },
    field: 'place',
    facts: group,
    find: findMeeting('BRIEFING'),
  },
  {
    name: 'recordDelegatesBriefing',
    input: meeting,
    field: 'place',
    facts: group,
    find: findMeeting('BRIEFING'),
  },
  {
    name: 'recordDelegatesDebriefing',
    input: debriefing,
    field: 'place',
    facts: home,
    find: findMeeting('DEBRIEFING'),
  },
];

async function open(kind: TestDatabaseKind, facts: TestFact): Promise<WrittenOffices> {
  const selected = [nomination('1', 'SELECTED'), nomination('2', 'SELECTED')];
  const offices = await openWrittenOffices(kind, selected);
  offices.hub.set('nbnp:g', home);
  await offices.call('handInDelegateReport', report);
  offices.hub.set('nbnp:g', facts);
  return offices;
}

const readParts = async ({ partner }: WrittenOffices) =>
  (await partner.read(parts)) as unknown as Parts;

/** How far behind the recorded version each writer is; nobody is ahead. */
const writers = fc.array(fc.nat({ max: 1 }), { minLength: 2, maxLength: 6 });

describe.each(bothDatabases)('Concurrent writes on $name', (kind) => {
  it.each(mutations)(
    'of $name by one version are written once',
    async ({ name, input, field, facts, find }) => {
      await using offices = await open(kind, facts);
      for (const behind of [[0, 0], ...fc.sample(writers, { numRuns: 6, seed: 29 })]) {
        const before = find(await readParts(offices))?.version ?? 0;
        const outcomes = await Promise.all(
          behind.map((by, index) =>
            offices.call(
              name,
              { ...input, [field]: `Text ${index}`, version: before - by },
              '__typename',
            ),
          ),
        );
        const written = outcomes.flatMap(({ refusal }, index) => (refusal ? [] : [index]));
        expect(written.length, JSON.stringify(behind)).toBe(behind.includes(0) ? 1 : 0);
        expect(written.every((index) => behind[index] === 0)).toBe(true);
        const after = find(await readParts(offices));
        expect(after?.version ?? 0).toBe(before + written.length);
        for (const index of written) expect(after?.[field]).toBe(`Text ${index}`);
        for (const { refusal } of outcomes)
          if (refusal)
            expect(refusal).toMatchObject({ code: 'CONFLICT', argument: 'input.version' });
      }
    },
  );

  it.each(mutations)(
    'of $name without a version raise it too',
    async ({ name, input, field, facts, find }) => {
      await using offices = await open(kind, facts);
      const before = find(await readParts(offices))?.version ?? 0;
      for (const text of ['One', 'Two'])
        await offices.call(name, { ...input, [field]: text }, '__typename');
      expect(find(await readParts(offices))?.version).toBe(before + 2);
    },
  );

  it('removes a meeting only by the version that was read', async () => {
    await using offices = await open(kind, group);
    const removed = { group: 'nbnp:g', kind: 'BRIEFING' };
    for (const place of ['One', 'Two'])
      await offices.call('recordDelegatesBriefing', { ...meeting, place });
    const { refusal } = await offices.call('removeDelegatesMeeting', { ...removed, version: 1 });
    expect(refusal).toMatchObject({ code: 'CONFLICT', currentVersion: 2 });
    const both = await Promise.all([
      offices.call('removeDelegatesMeeting', { ...removed, version: 2 }),
      offices.call('recordDelegatesBriefing', { ...meeting, place: 'Three', version: 2 }),
    ]);
    const codes = both.map((one) => one.refusal?.['code']);
    expect(codes.filter((code) => code === undefined)).toHaveLength(1);
    expect(codes).toContain('CONFLICT');
  });
});
