import { expect } from 'vitest';
import type { Tree } from '../../network/open-hub.js';
import { officers, polices } from './officers.js';
import type { Chapter, Story, Who } from './story.js';

const count = '{ value }';
const columns = `nominated ${count} members ${count} reportsReceived ${count} reportsExpected ${count}`;

const readRows = async (story: Story, field: string): Promise<Record<string, number[]>> => {
  const query = `{ rows: ${field} { id ${columns} } }`;
  const { data, errors } = await story.ask('nbnp', query);
  expect(errors).toBeUndefined();
  return Object.fromEntries(
    (data.rows as Tree[]).map(({ id, nominated, members, reportsReceived, reportsExpected }) => [
      id,
      [nominated, members, reportsReceived, reportsExpected].map(({ value }) => value as number),
    ]),
  );
};

/** The changes of an organisation as one reader gets them, newest first. */
const readChanges = async (story: Story, who: Who, root: string): Promise<Tree> =>
  story.ask(who, `{ changes: ${root} { nodes { at organisation mutation subject fields } } }`);

const changeRoots = [
  'networkChanges(first: 500)',
  'officeChanges(first: 500)',
  ...polices.map((police) => `policeChanges(country: "${police.toUpperCase()}", first: 500)`),
];

/** Words that were written in the story, and that no record of a change may have. */
const written = [
  ...Object.values(officers).map(([name]) => name),
  'Anna',
  'Boris',
  'Jonas',
  'Marta',
  'A hotel',
  'No nuts',
  'A trial',
  'witness',
  'Seen twice',
  'The centre is closed',
  'The main gate',
  'Visas, and',
  'victims',
  'really saw',
  '@example',
];

/** What remains: nothing that waits, numbers that add up, and who did what. */
export const lookingBack: Chapter = {
  title: 'Looking back',
  steps: [
    [
      '2032-01-10',
      'nothing waits for anybody',
      async (story) => {
        for (const who of story.network.codes) expect(await story.allTasksOf(who), who).toEqual([]);
      },
    ],
    [
      '2032-01-10',
      'tasks are for those who can act for an organisation',
      async (story) => {
        for (const who of ['dk analyst', 'dk auditor', 'anonymous']) {
          const { data, errors } = await story.ask(who, '{ tasks { totalCount } }');
          expect(data.tasks, who).toBeNull();
          expect(errors?.[0]?.extensions.code, who).toBe('FORBIDDEN');
        }
      },
    ],
    [
      '2032-01-11',
      'the statistics count nominees, members and reports of each police',
      async (story) => {
        const rows = await readRows(story, 'officerStatistics');
        for (const police of ['dk', 'ee', 'is', 'lv', 'no', 'se'])
          expect(rows[`${police}:POLICE`], police).toEqual([1, 1, 1, 1]);
        // Aino was released, and Rasa withdrawn; no report is expected of either.
        expect(rows['fi:POLICE']).toEqual([1, 0, 0, 0]);
        expect(rows['lt:POLICE']).toEqual([0, 0, 0, 0]);
      },
    ],
    [
      '2032-01-11',
      'and of the offices, without those whom they declined or released',
      async (story) =>
        expect((await readRows(story, 'delegateStatistics'))['ncm:POLICE']).toEqual([4, 4, 4, 4]),
    ],
    [
      '2032-01-11',
      'only the stops that were recorded as held have shown something',
      async (story) => {
        const filter = `{ programme: "${story.of('programme')}" }`;
        const query = `{ sectorStatistics(filter: ${filter}) { sector stops visits groups } }`;
        const { data } = await story.ask('dk analyst', query);
        const shown = (data.sectorStatistics as Tree[]).filter(({ stops }) => stops > 0);
        const once = { stops: 1, visits: 1, groups: 1 };
        expect(shown).toHaveLength(2);
        // The shelter in St. Petersburg and the police board.
        expect(shown).toContainEqual({ sector: 'NGO', ...once });
        expect(shown).toContainEqual({ sector: 'POLICE', ...once });
      },
    ],
    [
      '2032-01-12',
      'the changes of all ten are read by any co-ordinator and auditor, and by nobody else',
      async (story) => {
        for (const root of changeRoots) {
          for (const who of ['dk', 'se auditor'])
            expect((await readChanges(story, who, root)).errors, `${who} ${root}`).toBeUndefined();
          for (const who of ['dk liaison', 'nbnp analyst', 'anonymous'])
            expect(
              (await readChanges(story, who, root)).errors?.[0]?.extensions.code,
              `${who} ${root}`,
            ).toBe('FORBIDDEN');
        }
      },
    ],
    [
      '2032-01-12',
      'they come newest first, name who did it, and hold nothing that was written',
      async (story) => {
        for (const root of changeRoots) {
          const { data } = await readChanges(story, 'nbnp', root);
          const nodes = data.changes.nodes as Tree[];
          expect(nodes.length, root).toBeGreaterThan(0);
          const times = nodes.map(({ at }) => at as string);
          expect(times, root).toEqual(times.toSorted().reverse());
          const text = JSON.stringify(nodes);
          for (const word of written) expect(text, `${root}: ${word}`).not.toContain(word);
          // Of people of others, an auditor is told no id.
          const { data: told } = await readChanges(story, 'fi auditor', root);
          const isOfPerson = ({ mutation, subject }: Tree) =>
            /Officer|Delegate/.test(mutation as string) && !String(subject).startsWith('nbnp:');
          const strange = root.includes('"FI"') ? [] : (told.changes.nodes as Tree[]);
          if (!root.startsWith('network')) expect(strange.filter(isOfPerson), root).toEqual([]);
        }
      },
    ],
    [
      '2032-01-12',
      'NBNP’s changes of one group are the steps that it took with it',
      async (story) => {
        const root = `networkChanges(filter: { subject: "${story.of('south')}" }, first: 500)`;
        const { data } = await readChanges(story, 'ncm', root);
        const done = (data.changes.nodes as Tree[]).map(({ mutation }) => mutation as string);
        expect(done.at(-1)).toBe('createGroup');
        expect(done[0]).toBe('recordGroupMeeting');
        expect(new Set(done)).toEqual(
          new Set([
            'createGroup',
            'changeGroup',
            'acceptOfficer',
            'recordGroupMeeting',
            'recordAbsence',
          ]),
        );
      },
    ],
    [
      '2032-01-12',
      'of a month only its own changes are listed',
      async (story) => {
        const period = 'from: "2031-12-01T00:00:00Z", to: "2031-12-31T23:59:59Z"';
        const root = `networkChanges(filter: { ${period} }, first: 500)`;
        const { data } = await readChanges(story, 'dk', root);
        const done = (data.changes.nodes as Tree[]).map(({ mutation }) => mutation as string);
        expect(done).toEqual([
          'signEvaluation',
          'draftEvaluation',
          'withdrawEvaluationSignature',
          'signEvaluation',
        ]);
      },
    ],
    [
      '2032-01-13',
      'each police finds in its record who read its people, without what was read',
      async (story) => {
        const query = `{ policeDisclosures(country: "DK", first: 500) {
          nodes { readerOrganisation type fields } } }`;
        const { data, errors } = await story.ask('dk auditor', query);
        expect(errors).toBeUndefined();
        const nodes = data.policeDisclosures.nodes as Tree[];
        expect(nodes).toContainEqual({
          readerOrganisation: 'ncm',
          type: 'TravelNeeds',
          fields: ['access'],
        });
        expect(JSON.stringify(nodes)).not.toContain('A lift');
        // Others see what was read in their own name, and nothing else.
        const { data: ofSweden } = await story.ask('se auditor', query);
        const others = (ofSweden.policeDisclosures.nodes as Tree[]).filter(
          ({ readerOrganisation }) => readerOrganisation !== 'se',
        );
        expect(others).toEqual([]);
        expect((await story.ask('se', query)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
      },
    ],
  ],
};
