import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { tap } from 'rxjs';
import { EventsDocument, type EventsQuery, type EventsQueryVariables } from './events.js';

/** A dashboard with Apollo Client: all events page by page, and the partners that did not answer. */
export async function readDashboard(hubUrl: string, token?: string) {
  const missing = new Set<string>();
  const watch = new ApolloLink((operation, forward) =>
    forward(operation).pipe(
      tap(({ extensions }) => {
        const { partners = {} } = (extensions?.completeness ?? {}) as {
          partners?: Record<string, { status: string }>;
        };
        for (const [code, { status }] of Object.entries(partners))
          if (status !== 'ANSWERED') missing.add(code);
      }),
    ),
  );
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  const http = new HttpLink({ uri: hubUrl, headers });
  const client = new ApolloClient({ link: watch.concat(http), cache: new InMemoryCache() });
  const pages: EventsQuery[] = [];
  const variables: EventsQueryVariables = { first: 30 };
  for (;;) {
    const options = { query: EventsDocument, variables, fetchPolicy: 'no-cache' } as const;
    // `all` keeps the data of the partners that answered, beside the errors.
    const { data } = await client.query({ ...options, errorPolicy: 'all' });
    if (data) pages.push(data as EventsQuery);
    if (!data?.events?.pageInfo?.hasNextPage) break;
    variables.after = data.events.pageInfo.endCursor;
  }
  return { pages, missing: [...missing].sort() };
}
