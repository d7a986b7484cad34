import { definition } from '@hub/nbnp';
import { usualRetention } from '@hub/shared/records';
import { isEnumType } from 'graphql';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Mail = NonNullable<typeof definition.mail>;

const write = (draft: Partial<Parameters<Mail['write']>[0]>) => {
  const mail = definition.mail?.write({
    items: [],
    missing: [],
    language: 'en',
    pages: 'https://hub.example.org',
    partner: 'dk',
    role: 'liaison',
    isDigest: true,
    today: '2026-11-30',
    end: 'https://hub.example.org/mail/dk/id/key?language=en',
    ...draft,
  });
  if (!mail) throw new Error('There are no mails.');
  return `${mail.subject}\n\n${mail.text}`;
};
const item = (kind: string, dueOn: string | null = '2026-12-01') => ({
  kind,
  dueOn,
  subject: 'dk:officer-1',
  isUrgent: false,
  isUndone: false,
});
const { schema } = await definition.createSubgraph();
const type = schema.getType('TaskKind');
const kinds = isEnumType(type) ? type.getValues().map(({ name }) => name) : [];
const warnings = [
  'LOAN_REFUSED',
  'NO_MEMBER',
  'MEMBERS_TOO_FEW',
  'VISA_REFUSED',
  'BRIEFING_MISSED',
  // The names of readers go without a notice.
  ...Object.keys(usualRetention)
    .filter((kind) => kind !== 'READERS')
    .map((kind) => `ERASE_${kind}`),
];

describe.each(['en', 'ru', 'da', 'et'] as const)('a mail in %s', (language) => {
  const url = new URL(`../../gateway/explorer/words/${language}.json`, import.meta.url);
  const { taskKinds } = JSON.parse(readFileSync(url, 'utf8')) as {
    readonly taskKinds: Readonly<Record<string, string>>;
  };

  it('names each kind of task as the pages do', () => {
    expect(kinds.length).toBeGreaterThan(15);
    for (const kind of kinds)
      expect(write({ language, items: [item(kind)] })).toContain(`- ${taskKinds[kind]}: 1`);
  });

  it('has a text of its own for each warning that it tells', () => {
    const texts = warnings.map((kind) => write({ language, items: [item(kind)] }));
    const other = write({ language, items: [item('SOME_LATER_KIND')] });
    expect(new Set([...texts, other]).size).toBe(warnings.length + 1);
  });

  it('has no text of others, not even as a kind, and nothing unfilled', () => {
    for (const isDigest of [true, false])
      for (const role of ['coordinator', 'liaison'] as const)
        for (const kind of ['constructor', 'Anna Jensen', '__proto__', 'SIGN_EVALUATION'])
          for (const dueOn of [null, '2026-01-01', '2027-01-01']) {
            const draft = { language, role, isDigest, missing: ['fi'], items: [item(kind, dueOn)] };
            const text = write(draft);
            expect(text).not.toMatch(/undefined|null|\{|Jensen|constructor|proto|officer-1/);
            for (const said of ['dk', 'fi', 'https://hub.example.org/tasks'])
              expect(text).toContain(said);
          }
  });
});

describe('a mail', () => {
  const linesOf = (text: string) => text.split('\n').filter((line) => /^- |:$/.test(line));
  const items = [
    item('CONFIRM_STOP', '2026-11-29'),
    { ...item('CONFIRM_STOP', '2026-12-05'), isUndone: true },
    { ...item('REPLACE_HOST', '2026-12-04'), isUndone: true },
  ];
  const overdue = ['Overdue:', '- Confirm a stop: 1, the first by 2026-11-29'];

  it('repeats in a digest what was put back or withdrawn', () => {
    expect(linesOf(write({ items }))).toEqual([
      ...overdue,
      'Due:',
      '- Replace the host: 1, the first by 2026-12-04',
      '- Confirm a stop: 1, the first by 2026-12-05',
      'Of these, put back or withdrawn:',
      '- Replace the host: 1, the first by 2026-12-04',
      '- Confirm a stop: 1, the first by 2026-12-05',
    ]);
  });

  it('says what is past its deadline when it is told at once', () => {
    expect(linesOf(write({ items, isDigest: false }))).toEqual([
      ...overdue,
      'To do before a departure within 14 days:',
      '- Replace the host: 1, the first by 2026-12-04',
      '- Confirm a stop: 1, the first by 2026-12-05',
    ]);
  });
});

describe('a digest', () => {
  it('has what is overdue first, and one line for each kind with the first day', () => {
    const items = [
      item('SIGN_EVALUATION', null),
      item('CONFIRM_STOP', '2026-12-24'),
      item('CONFIRM_STOP', '2026-11-30'),
      item('CONFIRM_STOP', '2026-11-29'),
      item('NOMINATE', '2026-11-20'),
      item('ADD_STOP', '2026-12-01'),
    ];
    expect(
      write({ items })
        .split('\n')
        .filter((line) => /^- |:$/.test(line)),
    ).toEqual([
      'Overdue:',
      '- Nominate somebody: 1, the first by 2026-11-20',
      '- Confirm a stop: 1, the first by 2026-11-29',
      'Due:',
      '- Confirm a stop: 2, the first by 2026-11-30',
      '- Plan a stop: 1, the first by 2026-12-01',
      '- Sign the evaluation: 1',
    ]);
  });
});
