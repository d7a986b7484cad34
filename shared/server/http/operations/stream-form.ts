/** How a subscription’s stream is sent. */
export type StreamForm = 'event-stream' | 'multipart';

/**
 * The form of a stream that a client accepts; undefined if it accepts none.
 * @see https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md
 * @see https://www.apollographql.com/docs/graphos/routing/operations/subscriptions/multipart-protocol
 */
export function chooseStreamForm(accept: string | undefined): StreamForm | undefined {
  if (accept === undefined || accept.length > longestAccept) return undefined;
  for (const range of accept.split(',')) {
    const [type, ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    if (type === 'text/event-stream') return 'event-stream';
    if (type === 'multipart/mixed' && parameters.some(isSpecified)) return 'multipart';
  }
  return undefined;
}

const longestAccept = 1_000;

/** Without the parameter, `multipart/mixed` is for incremental delivery, which is another form. */
const isSpecified = (parameter: string): boolean =>
  /^subscriptionspec="?1\.0"?$/.test(parameter.replaceAll(' ', ''));
