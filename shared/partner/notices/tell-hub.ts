import { fetch, type Dispatcher } from 'undici';
import { signRefresh, type SignRefreshOptions } from '../../records/manifest/refresh.js';
import {
  noticesPath,
  replySchema,
  writeBatch,
  type NoticeBatch,
  type NoticeReply,
} from './notice.js';

interface TellHubOptions extends Omit<SignRefreshOptions, 'path' | 'body'> {
  readonly hubUrl: string;
  /** The connections to the hub. @default those of Node */
  readonly dispatcher?: Dispatcher | undefined;
}

/** Sends a batch to the hub. @throws if the hub does not take it; the batch is then sent later */
export type TellHub = (batch: NoticeBatch) => Promise<NoticeReply>;

const deadlineMs = 4_000;

/** Makes the partner’s signed `POST /registry/changes`. */
export const createTellHub =
  ({ hubUrl, dispatcher, ...signing }: TellHubOptions): TellHub =>
  async (batch) => {
    const body = writeBatch(batch);
    const response = await fetch(new URL(noticesPath, hubUrl), {
      method: 'POST',
      ...(dispatcher && { dispatcher }),
      headers: {
        'content-type': 'application/json',
        ...(await signRefresh({ ...signing, path: noticesPath, body })),
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(deadlineMs),
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new Error(`The hub responded with ${response.status}.`);
    }
    return replySchema.parse(await response.json());
  };
