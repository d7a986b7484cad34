import type { ChoreContext } from '../../policy/context/partner-context.js';
import type { Logger } from '../../system/logger.js';
import { describeServer, type MailSettings } from '../config/mail-settings.js';
import type { MailContent } from './mail-content.js';
import {
  dropMail,
  isDigestDue,
  listRecipients,
  matchSubscriptions,
  queueMails,
  takeMail,
  type Recipients,
} from './mail-queue.js';
import type { Mail, MailSubscription } from './mail.entity.js';

export interface MailOptions {
  readonly context: ChoreContext;
  readonly settings: MailSettings;
  readonly content: MailContent;
  readonly logger: Logger;
  /** Ends an attempt, so that a server that closes does not wait for a silent mail server. */
  readonly signal?: AbortSignal | undefined;
  /** Called for each attempt to send a mail. */
  readonly onAttempt?: ((outcome: MailOutcome) => void) | undefined;
}

/** `rejected`: the mail server does not take it, and never will. */
export type MailOutcome = 'sent' | 'failed' | 'rejected';

/**
 * The chore of a partner’s server that writes to its own people. What cannot be sent or asked now
 * waits for the next round.
 */
export function createMailChore(options: MailOptions): () => Promise<boolean> {
  const { context, settings, logger } = options;
  const { partner, source } = context;
  const recipients = listRecipients(settings);
  const closed = waitForEnd(options.signal);
  return async () => {
    const subscriptions = await matchSubscriptions(source, recipients);
    try {
      await collect(
        options,
        recipients,
        subscriptions.some((one) => isDigestDue(one, context.clock())),
      );
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      logger.debug({ partner, reason }, 'what waits is not known, so no mail is made');
    }
    const known = new Map(subscriptions.map((one) => [one.id, one]));
    await sendMails(options, recipients, known, closed);
    return true;
  };
}

/** Rejects when the server closes. */
function waitForEnd(signal: AbortSignal | undefined): Promise<never> {
  const closed = new Promise<never>((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(new Error('The server closes.')));
  });
  // It may come when nothing is being sent.
  closed.catch(() => undefined);
  return closed;
}

async function collect(
  { context, settings, content }: MailOptions,
  recipients: Recipients,
  isDue: boolean,
): Promise<void> {
  const found = await content.collect(context, isDue);
  if (!found) return;
  const { partner, source, clock } = context;
  const now = clock();
  const { language, pages } = settings;
  const today = now.toISOString().slice(0, 10);
  await queueMails(source, now, found, (subscription, items, isDigest) => {
    const role = recipients.get(subscription.id)?.role ?? 'coordinator';
    const own = items.filter((item) => (item.role ?? role) === role);
    if (own.length === 0) return undefined;
    const end = writeEnd(context, settings, subscription);
    const draft = { ...found, items: own, partner, role, language, pages, isDigest, today, end };
    return content.write(draft);
  });
}

/** The link that ends the mails of a role to an address. The hub serves it: `plugins/mail-links`. */
const writeEnd = (
  { partner }: ChoreContext,
  { pages, language }: MailSettings,
  { id, key }: MailSubscription,
): string => `${pages}/mail/${partner}/${id}/${key}?language=${language}`;

/** Sends what waits. The library is loaded only if there is something. */
async function sendMails(
  options: MailOptions,
  recipients: Recipients,
  subscriptions: ReadonlyMap<string, MailSubscription>,
  closed: Promise<never>,
): Promise<void> {
  const { context, settings } = options;
  const { source, clock } = context;
  let mail = await takeMail(source, clock());
  const send = mail && (await createSend(options, closed));
  for (; mail && send; mail = await takeMail(source, clock())) {
    const to = recipients.get(mail.subscriptionId)?.address;
    const subscription = subscriptions.get(mail.subscriptionId);
    const { outcome, isReached } =
      to === undefined || !subscription
        ? dropped
        : await send(mail, to, writeEnd(context, settings, subscription));
    options.onAttempt?.(outcome);
    if (outcome !== 'failed') await dropMail(source, mail.id);
    // The others wait too.
    if (!isReached) return;
  }
}

/** Its address left the settings while it waited. */
const dropped = { outcome: 'rejected', isReached: true } as const;

interface Attempt {
  readonly outcome: MailOutcome;
  /** False if the mail server did not respond. */
  readonly isReached: boolean;
}

/** Makes the function that hands a mail over to the mail server. It never throws. */
async function createSend(
  { context: { partner }, settings, logger }: MailOptions,
  closed: Promise<never>,
): Promise<(mail: Mail, to: string, end: string) => Promise<Attempt>> {
  const { createTransport } = await import('nodemailer');
  const transport = createTransport(describeServer(settings));
  const { from } = settings;
  return async ({ id, subject, text }, to, end) => {
    try {
      const messageId = `<${id}@${from.slice(from.indexOf('@') + 1)}>`;
      // By RFC 8058: a mail program ends them by one request, without opening the page.
      const headers = {
        'Auto-Submitted': 'auto-generated',
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      };
      const sent = transport.sendMail({
        from,
        to,
        subject,
        text,
        messageId,
        headers,
        list: { unsubscribe: end },
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      await Promise.race([sent, closed]);
      return { outcome: 'sent', isReached: true };
    } catch (error) {
      // The server’s own words may have the address.
      const { code, command, responseCode } = readFailure(error);
      logger.warn({ partner, mail: id, code, command, responseCode }, 'a mail was not sent');
      // What it says of the sender or the password, an operator can mend.
      const isFinal = responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA');
      return { outcome: isFinal ? 'rejected' : 'failed', isReached: responseCode > 0 };
    }
  };
}

/** What an error of the library says. */
function readFailure(error: unknown) {
  const { code, command, responseCode } = error as Readonly<Record<string, unknown>>;
  return {
    code: typeof code === 'string' ? code : 'UNKNOWN',
    command: typeof command === 'string' ? command : undefined,
    responseCode: typeof responseCode === 'number' ? responseCode : 0,
  };
}
