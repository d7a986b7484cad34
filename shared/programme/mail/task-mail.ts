import { z } from 'zod';
import type { PartnerPart } from '../../partner/define-partner.js';
import type { MailDraft, MailItem, MailItems } from '../../partner/mail/mail-content.js';
import type { ChoreContext } from '../../policy/context/partner-context.js';
import { type MailKind, mailTexts } from './mail-texts.js';

/** What endangers a departure that is at most so many days away is told at once. */
const urgentDays = 14;
/** The tasks without which a group cannot depart as planned. */
const endangering: ReadonlySet<string> = new Set<MailKind>([
  'NOMINATE',
  'ADD_STOP',
  'DECIDE_NOMINATION',
  'CONFIRM_STOP',
  'DECIDE_LOAN',
  'OFFER_HOSTING',
  'CONFIRM_HOSTING',
  'REPLACE_HOST',
  'REPLACE_EXPERT',
  'COMPLETE_FORMALITIES',
  'BRIEF_GROUP',
]);
/** Warnings that no task repeats. */
const withoutTask: ReadonlySet<string> = new Set<MailKind>([
  'LOAN_REFUSED',
  'NO_MEMBER',
  'VISA_REFUSED',
  'BRIEFING_MISSED',
]);

/** Counts are open, so that nothing is recorded as read each time. */
const nearQuery =
  'query MailDepartures($filter: VisitFilter) { visits(filter: $filter) { totalCount } }';
const waitingQuery = `query MailTasks($filter: VisitFilter) {
  tasks(first: 1000) {
    nodes { kind subject dueOn isOverdue cause isUncertain isRehearsal visit { id } group { id } }
  }
  visits(filter: $filter, first: 200) {
    nodes { id departedOn cancelledOn group { id warnings { code subject owner dueOn } } }
  }
}`;

const nearSchema = z.object({ visits: z.object({ totalCount: z.int() }).nullable() });
const waitingSchema = z.object({
  tasks: z.object({
    nodes: z.array(
      z.object({
        kind: z.string(),
        subject: z.string(),
        dueOn: z.iso.date().nullable(),
        isOverdue: z.boolean(),
        cause: z.string(),
        isUncertain: z.boolean(),
        isRehearsal: z.boolean().nullable(),
        visit: z.object({ id: z.string() }).nullable(),
        group: z.object({ id: z.string() }).nullable(),
      }),
    ),
  }),
  visits: z
    .object({
      nodes: z.array(
        z.object({
          id: z.string(),
          departedOn: z.string().nullable(),
          cancelledOn: z.string().nullable(),
          group: z
            .object({
              id: z.string(),
              warnings: z
                .array(
                  z.object({
                    code: z.string(),
                    subject: z.string().nullable(),
                    owner: z.string().nullable(),
                    dueOn: z.iso.date().nullable(),
                  }),
                )
                .nullable(),
            })
            .nullable(),
        }),
      ),
    })
    .nullable(),
});

const dayAfter = (now: Date, days: number): string =>
  new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);

/** The partner’s server asks in its own name, so it learns what its co-ordinators may. */
async function collect(
  { partner, askHub, clock }: ChoreContext,
  isDigestDue: boolean,
): Promise<MailItems | undefined> {
  const now = clock();
  const today = dayAfter(now, 0);
  const lastUrgent = dayAfter(now, urgentDays);
  const ask = async (query: string, missing: Set<string>) =>
    askHub(
      query,
      { filter: { from: today, to: lastUrgent, rehearsals: false } },
      {
        extent: 'known',
        clientName: 'mail',
        until: performance.now() + 30_000,
        onMissing: ({ code, extensions }) => {
          if (code !== 'FORBIDDEN') missing.add(String(extensions['partner'] ?? 'hub'));
        },
      },
    );
  if (!isDigestDue) {
    const { visits } = nearSchema.parse(await ask(nearQuery, new Set()));
    if (visits?.totalCount === 0) return undefined;
  }
  const missing = new Set<string>();
  const { tasks, visits } = waitingSchema.parse(await ask(waitingQuery, missing));
  const departing = (visits?.nodes ?? []).filter(
    ({ departedOn, cancelledOn }) => departedOn === null && cancelledOn === null,
  );
  // A deadline may end long before a departure, so it is the departure that has to be near.
  const near = new Set(departing.flatMap(({ id, group }) => [id, group?.id]));
  const warnings = departing
    .flatMap(({ group }) => group?.warnings ?? [])
    .filter(({ code, owner }) => owner === partner && withoutTask.has(code));
  const items: MailItem[] = [
    ...tasks.nodes
      .filter(({ isUncertain, isRehearsal }) => !isUncertain && !isRehearsal)
      .map(({ kind, subject, dueOn, isOverdue, cause, visit, group }) => ({
        kind,
        dueOn,
        // Told again when it is put back, and when its deadline passes.
        subject: [
          subject,
          ...(cause === 'NEW' ? [] : [cause]),
          ...(isOverdue ? ['past'] : []),
        ].join(' '),
        isUrgent: endangering.has(kind) && near.has((visit ?? group)?.id),
        isUndone: cause !== 'NEW',
      })),
    ...warnings.map(({ code: kind, subject, dueOn }) => ({
      kind,
      subject: subject ?? '',
      dueOn,
      isUrgent: dueOn !== null && dueOn <= lastUrgent,
      isUndone: false,
    })),
  ];
  // Two visits of a group have its warnings twice.
  const once = new Map(items.map((item) => [`${item.kind} ${item.subject}`, item]));
  return { items: [...once.values()], missing: [...missing].toSorted() };
}

const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (_, word: string) => String(values[word]));

/** One line for each kind, the most urgent first. A kind of a later version has no name yet. */
function writeLines(items: readonly MailItem[], { language }: MailDraft): string[] {
  const texts = mailTexts[language];
  const byKind = new Map<string, (string | null)[]>();
  for (const { kind, dueOn } of items) byKind.set(kind, [...(byKind.get(kind) ?? []), dueOn]);
  const lines = [...byKind].map(([kind, due]) => {
    const [day = null] = due.filter((one) => one !== null).toSorted();
    const name = Object.entries(texts.kinds).find(([known]) => known === kind)?.[1];
    const values = { kind: name ?? texts.kinds.OTHER, count: due.length, day: day ?? '' };
    return { day: day ?? '~', text: fill(day ? texts.line : texts.lineWithoutDay, values) };
  });
  return lines.toSorted((one, other) => (one.day < other.day ? -1 : 1)).map(({ text }) => text);
}

/** Kinds, numbers, days and codes: a mail server and its operator learn no more. */
function write(draft: MailDraft): { readonly subject: string; readonly text: string } {
  const { partner, role, isDigest, items, missing, today, pages, language, end } = draft;
  const texts = mailTexts[language];
  const isOverdue = ({ dueOn }: MailItem) => dueOn !== null && dueOn < today;
  const section = (title: string, some: readonly MailItem[]) =>
    some.length === 0 ? [] : [[title, ...writeLines(some, draft)].join('\n')];
  const undone = isDigest ? items.filter(({ isUndone }) => isUndone) : [];
  const sections = [
    ...section(texts.overdue, items.filter(isOverdue)),
    ...section(
      isDigest ? texts.next : texts.near,
      items.filter((item) => !isOverdue(item)),
    ),
    ...section(texts.undone, undone),
  ];
  const values = { partner, count: items.length, codes: missing.join(', ') };
  return {
    subject: fill(isDigest ? texts.digest : texts.urgent, values),
    text: [
      ...sections,
      ...(missing.length > 0 ? [fill(texts.missing, values)] : []),
      fill(texts.page, { url: `${pages}/tasks` }),
      `${fill(texts.roles[role], values)} ${fill(texts.stop, { url: end })}`,
    ].join('\n\n'),
  };
}

/** Each organisation’s server writes its own people what waits for them. */
export const taskMail: PartnerPart = { mail: { collect, write } };
