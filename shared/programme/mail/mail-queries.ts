import { z } from 'zod';

/** Counts are open, so that nothing is recorded as read each time. */
export const nearQuery =
  'query MailDepartures($filter: VisitFilter) { visits(filter: $filter) { totalCount } }';
export const tasksQuery = (endings: string): string => `query MailTasks($after: String) {
  tasks(first: 1000, after: $after) {
    nodes { kind subject dueOn isOverdue cause isUncertain isRehearsal visit { id } group { id } }
    pageInfo { hasNextPage endCursor }
  }${endings}
}`;
/** What is not told as a warning. */
export const endings =
  ' endings(first: 1000, kinds: [VISIT_CANCELLED, NOMINATION_WITHDRAWN, NOMINATION_DECLINED]) { nodes { kind subject endedOn isRehearsal group { id } } }';
export const warningsQuery = `query MailWarnings($filter: VisitFilter, $after: String) {
  visits(filter: $filter, first: 200, after: $after) {
    nodes { id departedOn cancelledOn group { id warnings { code subject owner dueOn } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

export const nearSchema = z.object({ visits: z.object({ totalCount: z.int() }).nullable() });
const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });
export const tasksSchema = z.object({
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
    pageInfo,
  }),
  endings: z
    .object({
      nodes: z.array(
        z.object({
          kind: z.string(),
          subject: z.string(),
          endedOn: z.iso.date(),
          isRehearsal: z.boolean().nullable(),
          group: z.object({ id: z.string() }).nullable(),
        }),
      ),
    })
    .nullish(),
});
const warning = z.object({
  code: z.string(),
  subject: z.string().nullable(),
  owner: z.string().nullable(),
  dueOn: z.iso.date().nullable(),
});
export const warningsSchema = z.object({
  visits: z
    .object({
      nodes: z.array(
        z.object({
          id: z.string(),
          departedOn: z.string().nullable(),
          cancelledOn: z.string().nullable(),
          group: z.object({ id: z.string(), warnings: z.array(warning).nullable() }).nullable(),
        }),
      ),
      pageInfo,
    })
    .nullable(),
});

export type Task = z.infer<typeof tasksSchema>['tasks']['nodes'][number];
export type Ended = NonNullable<z.infer<typeof tasksSchema>['endings']>['nodes'][number];

interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: z.infer<typeof pageInfo>;
}

/** All nodes of a list, however many pages it has. Those of a page that is missing are missing. */
export async function readPages<Node>(
  read: (after: string | null) => Promise<Page<Node> | null>,
): Promise<Node[]> {
  const nodes: Node[] = [];
  let after: string | null = null;
  do {
    const page: Page<Node> | null = await read(after);
    nodes.push(...(page?.nodes ?? []));
    after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return nodes;
}
