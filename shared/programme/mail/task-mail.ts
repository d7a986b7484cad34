import { Between, IsNull, Not } from 'typeorm';
import type { PartnerPart } from '../../partner/define-partner.js';
import type { MailDraft, MailItem, MailItems } from '../../partner/mail/mail-content.js';
import { askWithLater } from '../../policy/context/ask-hub.js';
import type { ChoreContext } from '../../policy/context/partner-context.js';
import { RetentionNotice } from '../retention/retention.entity.js';
import { noticeDays } from '../retention/run-retention.js';
import {
  type Ended,
  endings,
  nearQuery,
  nearSchema,
  readPages,
  type Task,
  tasksQuery,
  tasksSchema,
  warningsQuery,
  warningsSchema,
} from './mail-queries.js';
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
  'MEMBERS_TOO_FEW',
  'VISA_REFUSED',
  'BRIEFING_MISSED',
  'HOST_CLOSED',
  'SITE_CLOSED',
]);

/** The subject of these is a person, who may have one for each of several groups. */
const ofMembers: ReadonlySet<string> = new Set<MailKind>([
  'COMPLETE_FORMALITIES',
  'HAND_IN_REPORT',
]);

/** Told again when it is put back, and when its deadline passes. */
const nameTask = ({ kind, subject, group, cause, isOverdue }: Task): string =>
  [
    subject,
    ...(group && ofMembers.has(kind) ? [group.id] : []),
    ...(cause === 'NEW' ? [] : [cause]),
    ...(isOverdue ? ['past'] : []),
  ].join(' ');

const dayAfter = (now: Date, days: number): string =>
  new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);

/** What is erased by age within 30 days, for co-ordinators to hold it: kinds and days. */
async function findErasedSoon({ source, clock }: ChoreContext): Promise<MailItem[]> {
  if (!source.hasMetadata(RetentionNotice)) return [];
  const today = dayAfter(clock(), 0);
  const notices = await source.manager.findBy(RetentionNotice, {
    noticedOn: Not(IsNull()),
    dueOn: Between(today, dayAfter(clock(), noticeDays)),
  });
  return notices.map(({ person, kind, dueOn }) => ({
    kind: `ERASE_${kind}`,
    dueOn,
    subject: person,
    isUrgent: false,
    isUndone: false,
    role: 'coordinator',
  }));
}

/** The partner’s server asks in its own name, so it learns what its co-ordinators may. */
async function collect(
  context: ChoreContext,
  isDigestDue: boolean,
): Promise<MailItems | undefined> {
  const { partner, askHub, clock } = context;
  const now = clock();
  const today = dayAfter(now, 0);
  const lastUrgent = dayAfter(now, urgentDays);
  const filter = { from: today, to: lastUrgent, rehearsals: false };
  const ask = async (query: string, variables: object, missing: Set<string>) =>
    askHub(
      query,
      { ...variables },
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
    const { visits } = nearSchema.parse(await ask(nearQuery, { filter }, new Set()));
    if (visits?.totalCount === 0) return undefined;
  }
  const missing = new Set<string>();
  const ended: Ended[] = [];
  const [tasks, visits] = await Promise.all([
    readPages(async (after) => {
      const read = (later: string) => ask(tasksQuery(later), { after }, missing);
      // A server of an earlier version does not say what ended.
      const response = await (after === null ? askWithLater(read, endings) : read(''));
      const { tasks: page, endings: found } = tasksSchema.parse(response);
      ended.push(...(found?.nodes ?? []));
      return page;
    }),
    readPages(async (after) => {
      const variables = { filter, after };
      return warningsSchema.parse(await ask(warningsQuery, variables, missing)).visits;
    }),
  ]);
  const departing = visits.filter(
    ({ departedOn, cancelledOn }) => departedOn === null && cancelledOn === null,
  );
  // A deadline may end long before a departure, so it is the departure that has to be near.
  const near = new Set(departing.flatMap(({ id, group }) => [id, group?.id]));
  const warnings = departing
    .flatMap(({ group }) => group?.warnings ?? [])
    .filter(({ code, owner }) => owner === partner && withoutTask.has(code));
  // Two visits of a group have its warnings twice.
  const once = new Map(warnings.map((one) => [`${one.code} ${one.subject}`, one]));
  const items: MailItem[] = [
    ...tasks
      .filter(({ isUncertain, isRehearsal }) => !isUncertain && !isRehearsal)
      .map((task) => ({
        kind: task.kind,
        dueOn: task.dueOn,
        subject: nameTask(task),
        isUrgent: endangering.has(task.kind) && near.has((task.visit ?? task.group)?.id),
        isUndone: task.cause !== 'NEW',
      })),
    ...[...once.values()].map(({ code: kind, subject, dueOn }) => ({
      kind,
      subject: subject ?? '',
      dueOn,
      isUrgent: dueOn !== null && dueOn <= lastUrgent,
      isUndone: false,
    })),
    ...ended
      .filter(({ isRehearsal }) => !isRehearsal)
      .map(({ kind, subject, endedOn, group }) => ({
        kind,
        subject,
        endedOn,
        dueOn: null,
        // The group may now be too small.
        isUrgent: kind === 'NOMINATION_WITHDRAWN' && near.has(group?.id),
        isUndone: false,
      })),
    ...(await findErasedSoon(context)),
  ];
  return { items, missing: [...missing].toSorted() };
}

const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (_, word: string) => String(values[word]));

/**
 * One line for each kind, with the first day on which one is due, or on which one ended. A kind of a
 * later version has no name yet.
 */
function writeLines(items: readonly MailItem[], { language }: MailDraft): string[] {
  const texts = mailTexts[language];
  const byKind = new Map<string, MailItem[]>();
  for (const item of items) byKind.set(item.kind, [...(byKind.get(item.kind) ?? []), item]);
  const lines = [...byKind].map(([kind, some]) => {
    const days = some.flatMap(({ endedOn, dueOn }) => endedOn ?? dueOn ?? []).toSorted();
    const [day = null] = days;
    const name = Object.entries(texts.kinds).find(([known]) => known === kind)?.[1];
    const line = some[0]?.endedOn === undefined ? texts.line : texts.lineOfEnded;
    const values = { kind: name ?? texts.kinds.OTHER, count: some.length, day: day ?? '' };
    return { day: day ?? '~', text: fill(day ? line : texts.lineWithoutDay, values) };
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
  const waiting = items.filter(({ endedOn }) => endedOn === undefined);
  const undone = isDigest ? waiting.filter(({ isUndone }) => isUndone) : [];
  const sections = [
    ...section(texts.overdue, waiting.filter(isOverdue)),
    ...section(
      isDigest ? texts.next : texts.near,
      waiting.filter((item) => !isOverdue(item)),
    ),
    ...section(texts.undone, undone),
    ...section(
      texts.ended,
      items.filter(({ endedOn }) => endedOn !== undefined),
    ),
  ];
  const values = { partner, count: waiting.length, codes: missing.join(', ') };
  const waits = isDigest ? texts.digest : texts.urgent;
  return {
    subject: fill(waiting.length === 0 && items.length > 0 ? texts.onlyEnded : waits, values),
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
