import type { Answer } from './open-hub.js';

/** A message of a stream, as a client of server-sent events gets it. */
interface Received {
  readonly id: string | undefined;
  readonly result: Partial<Omit<Answer, 'extensions'>> & {
    readonly extensions?: Answer['extensions'] & { readonly cursor?: string };
  };
}

/** A stream that a test reads message by message. */
export interface TestStream extends AsyncDisposable {
  readonly status: number;
  readonly contentType: string;
  /** The next message with a result. Undefined when the stream has ended. */
  next(): Promise<Received | undefined>;
  /** The next message with a change. */
  nextChange(): Promise<Received | undefined>;
  /** Everything so far that was no event, such as comments. */
  readonly text: () => string;
  close(): void;
}

interface StreamOptions {
  readonly token?: string | undefined;
  readonly query?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export const changedQuery = `subscription ($filter: ChangeNoticeFilter, $after: String) {
  changed(filter: $filter, after: $after) { subject type owner version at }
}`;

/** Opens a stream by server-sent events, without any library. */
export async function openStream(
  url: string,
  { token, query = changedQuery, variables = {}, headers = {} }: StreamOptions = {},
): Promise<TestStream> {
  const controller = new AbortController();
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
    signal: controller.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let all = '';
  let rest = '';
  const readEvent = async (): Promise<string | undefined> => {
    while (!rest.includes('\n\n')) {
      const { value, done } = (await reader?.read().catch(() => undefined)) ?? { done: true };
      if (done || value === undefined) return undefined;
      all += value;
      rest += value;
    }
    const end = rest.indexOf('\n\n');
    const event = rest.slice(0, end);
    rest = rest.slice(end + 2);
    return event;
  };
  const next = async (): Promise<Received | undefined> => {
    for (;;) {
      const event = await readEvent();
      if (event === undefined) return undefined;
      const field = (name: string) =>
        event
          .split('\n')
          .find((line) => line.startsWith(`${name}: `))
          ?.slice(name.length + 2);
      const data = field('data');
      if (field('event') === 'next' && data !== undefined)
        return { id: field('id'), result: JSON.parse(data) as Received['result'] };
    }
  };
  return {
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    next,
    async nextChange() {
      for (;;) {
        const message = await next();
        if (!message || message.result.data?.changed) return message;
      }
    },
    text: () => all,
    close: () => controller.abort(),
    async [Symbol.asyncDispose]() {
      controller.abort();
    },
  };
}

/** Waits until every partner sends its changes: they begin when they start. */
export async function untilFed(stream: TestStream): Promise<Received> {
  for (;;) {
    const message = await stream.next();
    if (!message) throw new Error('The stream has ended.');
    if (message.result.extensions?.completeness?.complete) return message;
  }
}
