import type { FastifyReply } from 'fastify';
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import type { ServerResponse } from 'node:http';
import { malformed } from '../../../errors/refusal.js';
import type { ResponseForm, StreamForm } from './response-form.js';

/** A result of a subscription. Without one, it only says that the stream is alive. */
export interface StreamMessage {
  /** The position of the stream, for a client that connects again. */
  readonly id?: string;
  readonly result?: FormattedExecutionResult;
}

/** Why a stream has ended. */
export interface EndOfStream {
  /** @default there is nothing more */
  readonly error?: GraphQLFormattedError;
  /** True if the client should connect again. */
  readonly mayReturn: boolean;
}

/** The results of a subscription. It ends with a reason, or when its consumer stops. */
export type OperationStream = AsyncGenerator<StreamMessage, EndOfStream, void>;

interface StreamWriter {
  readonly contentType: string;
  readonly begin: string;
  write(message: StreamMessage): string;
  end(end: EndOfStream): string;
}

/** How an operation is refused whose client accepts nothing but a stream. */
export const streamOnly: ResponseForm = {
  mediaType: 'application/graphql-response+json',
  isLegacy: false,
};

/** The refusal of a subscription whose client does not accept a stream. */
export const noStream = () =>
  malformed(
    'A subscription is a stream: accept `text/event-stream`, or `multipart/mixed;subscriptionSpec=1.0`.',
  );

/** The stream of a query or a mutation: its result. */
export async function* streamOf(result: FormattedExecutionResult): OperationStream {
  yield { result };
  return { mayReturn: false };
}

/** How long an event-stream client waits before it connects again, in ms. */
const retryMs = 1_000;

/**
 * A client that may return gets no `complete`: browsers and graphql-sse then connect again by
 * themselves, browsers with the last `id`.
 */
const eventStream: StreamWriter = {
  contentType: 'text/event-stream; charset=utf-8',
  begin: `retry: ${retryMs}\n\n`,
  write({ id, result }) {
    const place = id === undefined ? '' : `id: ${id}\n`;
    return result ? `${place}event: next\ndata: ${JSON.stringify(result)}\n\n` : `${place}\n`;
  },
  end({ error, mayReturn }) {
    if (mayReturn) return `: ${error?.message}\n\n`;
    const last = error ? `event: next\ndata: ${JSON.stringify({ errors: [error] })}\n\n` : '';
    return `${last}event: complete\ndata:\n\n`;
  },
};

const boundary = 'graphql';

/** Clients read a part when its closing boundary has come, so each part ends with one. */
const writePart = (body: unknown): string =>
  `\r\ncontent-type: application/json; charset=utf-8\r\n\r\n${JSON.stringify(body)}\r\n--${boundary}`;

const multipart: StreamWriter = {
  contentType: `multipart/mixed;boundary="${boundary}";subscriptionSpec=1.0`,
  begin: `\r\n--${boundary}`,
  write: ({ result }) => writePart(result ? { payload: result } : {}),
  end: ({ error }) => `${error ? writePart({ payload: null, errors: [error] }) : ''}--\r\n`,
};

const writers: Readonly<Record<StreamForm, StreamWriter>> = {
  'event-stream': eventStream,
  multipart,
};

/** How long a client may leave a message unread before its connection is closed. */
const unreadMs = 60_000;

/** Resolves when the client has read what was written. Closes the connection if it does not. */
function untilRead(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      response.off('drain', end).off('close', end);
      resolve();
    };
    const timer = setTimeout(() => response.destroy(), unreadMs);
    response.once('drain', end).once('close', end);
  });
}

/**
 * Sends a stream as it comes. Nothing more is read of it while the client has not read the last
 * message, so that a slow client costs no memory.
 */
export async function sendStream(
  reply: FastifyReply,
  stream: OperationStream,
  form: StreamForm,
): Promise<void> {
  const { raw } = reply;
  const writer = writers[form];
  reply.hijack();
  const write = async (text: string): Promise<void> => {
    if (!raw.destroyed && !raw.write(text)) await untilRead(raw);
  };
  try {
    raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': writer.contentType,
      // A proxy must not collect the messages.
      'x-accel-buffering': 'no',
      // The connection has served one stream, and is not counted as idle after it.
      connection: 'close',
    });
    await write(writer.begin);
    while (!raw.destroyed) {
      const next = await stream.next();
      if (raw.destroyed) break;
      if (next.done) {
        raw.end(writer.end(next.value));
        break;
      }
      await write(writer.write(next.value));
    }
  } catch (error) {
    reply.log.error({ requestId: reply.request.id, err: error }, 'a stream failed');
    raw.destroy();
  } finally {
    // The end of a stream that ended by itself comes to nobody.
    await stream.return({ mayReturn: false });
  }
}
