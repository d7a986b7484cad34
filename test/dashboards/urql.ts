import { Client, fetchExchange } from '@urql/core';
import { EventsDocument, type EventsQuery, type EventsQueryVariables } from './events.js';

/** A dashboard with urql: all events page by page, and the partners that did not answer. */
export async function readDashboard(hubUrl: string, token?: string) {
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  const client = new Client({
    url: hubUrl,
    exchanges: [fetchExchange],
    fetchOptions: { headers },
    preferGetMethod: false,
  });
  const missing = new Set<string>();
  const pages: EventsQuery[] = [];
  const variables: EventsQueryVariables = { first: 30 };
  for (;;) {
    // urql keeps the data of the partners that answered, beside `error`.
    const { data, extensions } = await client.query(EventsDocument, { ...variables });
    const { partners = {} } = (extensions?.completeness ?? {}) as {
      partners?: Record<string, { status: string }>;
    };
    for (const [code, { status }] of Object.entries(partners))
      if (status !== 'ANSWERED') missing.add(code);
    if (data) pages.push(data);
    if (!data?.events?.pageInfo.hasNextPage) break;
    variables.after = data.events.pageInfo.endCursor;
  }
  return { pages, missing: [...missing].sort() };
}
