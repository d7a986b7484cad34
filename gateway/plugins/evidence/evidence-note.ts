import { contentDigestOf } from '@hub/shared/identity';
import { type Exchange, recordHeader } from '@hub/shared/records';
import type { CallKeeper } from '../../fan-out/partners/call-keeper.js';

/** What one operation keeps at most. */
const most = { exchanges: 200, bytes: 2_000_000 } as const;

/** The requests of one operation and their responses, without the bodies of responses. */
export class EvidenceNote implements CallKeeper {
  readonly #exchanges: Exchange[] = [];
  #bytes = 0;
  #omitted = 0;

  get exchanges(): readonly Exchange[] {
    return this.#exchanges;
  }

  /** How many more there were. */
  get omitted(): number {
    return this.#omitted;
  }

  begin({
    method,
    path,
    body,
    headers,
  }: Parameters<CallKeeper['begin']>[0]): ReturnType<CallKeeper['begin']> {
    this.#bytes += body.length;
    if (this.#exchanges.length >= most.exchanges || this.#bytes > most.bytes) {
      this.#omitted += 1;
      return () => undefined;
    }
    const index = this.#exchanges.length;
    const exchange: Exchange = {
      partner: headers['hub-partner'] ?? '',
      request: {
        method,
        path,
        body: body.toString('utf8'),
        contentDigest: headers['content-digest'] ?? '',
        assertion: headers['hub-assertion'] ?? '',
        signature: headers['signature'] ?? '',
        signatureInput: headers['signature-input'] ?? '',
      },
      response: null,
    };
    this.#exchanges.push(exchange);
    return (response) => {
      const header = (name: string) => {
        const value = response.headers[name];
        return typeof value === 'string' ? value : null;
      };
      this.#exchanges[index] = {
        ...exchange,
        response: {
          status: response.status,
          contentDigest: contentDigestOf(response.body),
          record: header(recordHeader),
          signature: header('signature'),
          signatureInput: header('signature-input'),
        },
      };
    };
  }
}
