import { z } from 'zod';
import type { MailItem } from '../../partner/mail/mail-content.js';
import { isPoliceCode, networkCode, ownerOf } from '../../policy/codes.js';
import type { MailKind } from './mail-texts.js';

/** What ended at most so many days ago is told. */
const toldDays = 30;
/** How many root fields one request selects. */
const mostAtOnce = 25;

const visitsQuery = `query MailEndedVisits($filter: VisitFilter, $after: String) {
  visits(filter: $filter, first: 200, after: $after) {
    nodes {
      id cancelledOn group { id cancelledOn }
      hostings { id status } regionalHostings { id status } experts { expertId status }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;
const nominations = `{
  isRehearsal
  officerNominations { id withdrawnOn declinedOn } delegateNominations { id withdrawnOn }
}`;

const day = z.iso.date().nullable();
/** Null while the owner of one is unavailable, or where its own access rules hide it. */
const list = <Item extends z.ZodType>(item: Item) => z.array(item.nullable()).nullable();
const hosting = z.object({ id: z.string(), status: z.string().nullable() });
const visitsSchema = z.object({
  visits: z
    .object({
      nodes: z.array(
        z.object({
          id: z.string(),
          cancelledOn: day,
          group: z.object({ id: z.string(), cancelledOn: day }).nullable(),
          hostings: list(hosting),
          regionalHostings: list(hosting),
          experts: list(
            z.object({ expertId: z.string().nullable(), status: z.string().nullable() }),
          ),
        }),
      ),
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    })
    .nullable(),
});
const nomination = z.object({
  id: z.string(),
  withdrawnOn: day,
  declinedOn: day.optional(),
});
const groupSchema = z
  .object({
    isRehearsal: z.boolean().nullable(),
    officerNominations: list(nomination),
    delegateNominations: list(nomination),
  })
  .nullish();

interface Asking {
  readonly partner: string;
  readonly today: string;
  /** Groups that the partner has tasks for. */
  readonly groups: readonly string[];
  /** Groups and visits whose departure is near. */
  readonly near: ReadonlySet<string | undefined>;
  ask(query: string, variables: object): Promise<unknown>;
}

const toItem = (kind: MailKind, subject: string, endedOn: string, isUrgent = false): MailItem => ({
  kind,
  subject,
  endedOn,
  dueOn: null,
  isUrgent,
  isUndone: false,
});

type Visit = NonNullable<z.infer<typeof visitsSchema>['visits']>['nodes'][number];

async function readVisits({ ask, today }: Asking): Promise<Visit[]> {
  const filter = { from: today, rehearsals: false };
  const nodes: Visit[] = [];
  let after: string | null = null;
  do {
    const { visits } = visitsSchema.parse(await ask(visitsQuery, { filter, after }));
    nodes.push(...(visits?.nodes ?? []));
    after = visits?.pageInfo.hasNextPage ? visits.pageInfo.endCursor : null;
  } while (after !== null);
  return nodes;
}

/** Whether the partner has offered to host the visit, or lent an expert for it. */
function isEngaged({ hostings, regionalHostings, experts }: Visit, partner: string): boolean {
  const offers = [...(hostings ?? []), ...(regionalHostings ?? [])];
  return (
    offers.some((one) => one && ownerOf(one.id) === partner && one.status !== 'WITHDRAWN') ||
    (experts ?? []).some(
      (one) => one && ownerOf(one.expertId ?? '') === partner && one.status === 'GRANTED',
    )
  );
}

/**
 * What others withdrew, cancelled or declined of what the partner had agreed to, decided or asked
 * for, within thirty days. No task waits for it.
 */
export async function findEnded(asking: Asking): Promise<MailItem[]> {
  const { partner, today, near } = asking;
  const since = new Date(Date.parse(today) - toldDays * 86_400_000).toISOString().slice(0, 10);
  const visits = await readVisits(asking);
  const cancelled = visits.flatMap((visit) => {
    const on = visit.cancelledOn ?? visit.group?.cancelledOn;
    if (on == null || on < since || !isEngaged(visit, partner)) return [];
    return toItem('VISIT_CANCELLED', visit.id, on);
  });
  const ids = [...new Set([...asking.groups, ...visits.flatMap(({ group }) => group?.id ?? [])])];
  const ended: MailItem[] = [];
  for (let start = 0; start < ids.length; start += mostAtOnce) {
    const some = ids.slice(start, start + mostAtOnce);
    const variables = some.map((_, index) => `$id${index}: ID!`).join(', ');
    const fields = some.map((_, index) => `f${index}: group(id: $id${index}) ${nominations}`);
    const response = (await asking.ask(
      `query MailNominations(${variables}) { ${fields.join(' ')} }`,
      Object.fromEntries(some.map((id, index) => [`id${index}`, id])),
    )) as Readonly<Record<string, unknown>>;
    for (const [index, id] of some.entries()) {
      const group = groupSchema.parse(response[`f${index}`]);
      if (!group || group.isRehearsal === true) continue;
      const all = [...(group.officerNominations ?? []), ...(group.delegateNominations ?? [])];
      for (const one of all) {
        const { withdrawnOn = null, declinedOn = null } = one ?? {};
        if (!one) continue;
        if (partner === networkCode && withdrawnOn !== null && withdrawnOn >= since)
          ended.push(toItem('NOMINATION_WITHDRAWN', one.id, withdrawnOn, near.has(id)));
        if (isPoliceCode(partner) && ownerOf(one.id) === partner)
          if (declinedOn !== null && declinedOn >= since)
            ended.push(toItem('NOMINATION_DECLINED', one.id, declinedOn));
      }
    }
  }
  return [...cancelled, ...ended];
}
