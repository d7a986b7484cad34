import { createHash } from 'node:crypto';
import { In, type DataSource, type EntityManager } from 'typeorm';
import { writeInTurn } from '../../database/transaction.js';
import { createKey, hashKey, isKeyOf } from '../../identity/secret.js';
import type { MailSettings } from '../config/mail-settings.js';
import type { MailContent, MailItem, MailItems } from './mail-content.js';
import { Mail, MailSubscription } from './mail.entity.js';

const digest = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

/** The id of a subscription. Nobody reads an address from it without guessing it. */
const nameSubscription = ({ role, address }: MailSettings['recipients'][number]): string =>
  digest(role, address).slice(0, 22);

export type Recipients = ReadonlyMap<string, MailSettings['recipients'][number]>;

/** The recipients by the ids of their subscriptions. */
export const listRecipients = ({ recipients }: MailSettings): Recipients =>
  new Map(recipients.map((recipient) => [nameSubscription(recipient), recipient]));

/** Mails begin after this hour (UTC), when the day begins in all countries of the network. */
const digestHour = 5;
/** Older mails are of no use. */
const keptMs = 14 * 86_400_000;
/** A mail that could not be sent, or whose process ended meanwhile, is tried again after this time. */
const againMs = 300_000;

export const isDigestDue = ({ digestOn, stoppedAt }: MailSubscription, now: Date): boolean =>
  stoppedAt === null && now.getUTCHours() >= digestHour && digestOn !== dayOf(now);

const dayOf = (now: Date): string => now.toISOString().slice(0, 10);

/**
 * The subscriptions of the recipients. New ones are added; those of addresses that left the settings
 * are removed with their mails. One that was ended stays, so that it is ended too if its address returns.
 */
export async function matchSubscriptions(
  source: DataSource,
  recipients: Recipients,
): Promise<MailSubscription[]> {
  const read = async ({ manager }: Pick<DataSource, 'manager'>) => {
    const stored = await manager.find(MailSubscription, { order: { id: 'ASC' } });
    const left = stored.filter(({ id, stoppedAt }) => !recipients.has(id) && stoppedAt === null);
    return {
      stored: stored.filter(({ id }) => recipients.has(id)),
      left: left.map(({ id }) => id),
    };
  };
  const known = await read(source);
  if (known.stored.length === recipients.size && known.left.length === 0) return known.stored;
  return writeInTurn(source, async (manager) => {
    const { stored, left } = await read({ manager });
    const ids = new Set(stored.map(({ id }) => id));
    const added = [...recipients.keys()]
      .filter((id) => !ids.has(id))
      .map((id) => ({ id, key: createKey(), stoppedAt: null, digestOn: null, told: [] }));
    await manager.delete(Mail, { subscriptionId: In(left) });
    await manager.delete(MailSubscription, { id: In(left) });
    if (added.length > 0) await manager.insert(MailSubscription, added);
    return (await read({ manager })).stored;
  });
}

/** Ends or renews a subscription, and drops what waits for it. Returns false for a wrong id or key. */
export function changeSubscription(
  source: DataSource,
  {
    id,
    key,
    isStopped,
  }: { readonly id: string; readonly key: string; readonly isStopped: boolean },
  now: Date,
): Promise<boolean> {
  return writeInTurn(source, async (manager) => {
    const stored = await manager.findOneBy(MailSubscription, { id });
    // An unknown id takes as long as a wrong key.
    const isRight = isKeyOf(key, hashKey(stored?.key ?? ''));
    if (!stored || !isRight) return false;
    const stoppedAt = isStopped ? (stored.stoppedAt ?? now.toISOString()) : null;
    await manager.update(MailSubscription, { id }, { stoppedAt });
    if (isStopped) await manager.delete(Mail, { subscriptionId: id });
    return true;
  });
}

/** Writes the mail of a subscription. Undefined if nothing of it is for its role. */
type WriteMail = (
  subscription: MailSubscription,
  items: readonly MailItem[],
  isDigest: boolean,
) => ReturnType<MailContent['write']> | undefined;

const keyOf = ({ kind, subject }: MailItem): string => digest(kind, subject);

/**
 * Queues what each subscription has not been told: the digest of the day, and what is urgent and new.
 * What no longer is urgent can be told again later, unless only nobody could say. What has ended is
 * told once: the day of its digest stands beside it, so that it is told again if nobody got that one.
 */
export function queueMails(
  source: DataSource,
  now: Date,
  found: MailItems,
  write: WriteMail,
): Promise<void> {
  const urgent = found.items.filter(({ isUrgent }) => isUrgent);
  const ended = found.items.filter(({ endedOn }) => endedOn !== undefined);
  return writeInTurn(source, async (manager) => {
    // Another process of this partner may have queued them meanwhile.
    for (const subscription of await manager.find(MailSubscription, { order: { id: 'ASC' } })) {
      if (subscription.stoppedAt !== null) continue;
      const { id } = subscription;
      const told = new Map(
        subscription.told.map((entry) => {
          const [key = '', digestOf = ''] = entry.split(' ');
          return [key, digestOf] as const;
        }),
      );
      const isDue = isDigestDue(subscription, now);
      // A digest that waits is replaced, so that nobody gets several at once. Nobody has read it.
      const waiting = { subscriptionId: id, isDigest: true };
      const unread = isDue ? await manager.findBy(Mail, waiting) : [];
      const isUnread = (digestOf: string) =>
        unread.some(({ madeAt }) => madeAt.startsWith(digestOf) && digestOf !== '');
      const isTold = (item: MailItem) => {
        const digestOf = told.get(keyOf(item));
        return digestOf !== undefined && !isUnread(digestOf);
      };
      const add = (items: readonly MailItem[], isDigest: boolean) =>
        addMail(manager, id, now, isDigest, write(subscription, items, isDigest));
      const added = urgent.filter((item) => !isTold(item));
      if (added.length > 0) await add(added, false);
      const news = found.items.filter((item) => !ended.includes(item) || !isTold(item));
      if (isDue) await manager.delete(Mail, waiting);
      if (isDue && news.length > 0) await add(news, true);
      const writeTold = (item: MailItem) => {
        const key = keyOf(item);
        const inDigest = ended.includes(item) && !item.isUrgent ? dayOf(now) : '';
        return `${key} ${(isTold(item) ? told.get(key) : undefined) ?? inDigest}`.trimEnd();
      };
      const over = ended.filter((item) => isDue || told.has(keyOf(item)));
      const current = [...urgent, ...over];
      const isKept = (entry: string) =>
        found.missing.length > 0 && !current.some((item) => entry.startsWith(keyOf(item)));
      const kept = subscription.told.filter(isKept);
      const next = [...new Set([...kept, ...current.map(writeTold)])].toSorted();
      const digestOn = isDue ? dayOf(now) : subscription.digestOn;
      await manager.update(MailSubscription, { id }, { told: next, digestOn });
    }
  });
}

async function addMail(
  manager: EntityManager,
  subscriptionId: string,
  now: Date,
  isDigest: boolean,
  written: ReturnType<WriteMail>,
): Promise<void> {
  if (!written) return;
  const id = createKey();
  const madeAt = now.toISOString();
  await manager.insert(Mail, {
    id,
    subscriptionId,
    isDigest,
    ...written,
    madeAt,
    triedUntil: null,
  });
}

/** Takes the next mail to be sent, so that no other process sends it too. Old ones are dropped. */
export function takeMail(source: DataSource, now: Date): Promise<Mail | undefined> {
  return writeInTurn(source, async (manager) => {
    const time = now.getTime();
    const waiting = await manager.find(Mail, { order: { madeAt: 'ASC', id: 'ASC' } });
    const old = waiting.filter(({ madeAt }) => Date.parse(madeAt) < time - keptMs);
    await manager.delete(Mail, { id: In(old.map(({ id }) => id)) });
    // A clock that was set back must not make a mail wait for long.
    const isTried = ({ triedUntil }: Mail) => {
      const left = triedUntil === null ? 0 : Date.parse(triedUntil) - time;
      return left > 0 && left <= againMs;
    };
    const next = waiting.find((mail) => !old.includes(mail) && !isTried(mail));
    if (!next) return undefined;
    const triedUntil = new Date(time + againMs).toISOString();
    await manager.update(Mail, { id: next.id }, { triedUntil });
    return next;
  });
}

export const dropMail = (source: DataSource, id: string): Promise<unknown> =>
  writeInTurn(source, (manager) => manager.delete(Mail, { id }));

/** How many mails wait, and since when. */
export async function readWaiting({
  manager,
}: DataSource): Promise<{ readonly count: number; readonly since: string | null }> {
  const [oldest] = await manager.find(Mail, { order: { madeAt: 'ASC' }, take: 1 });
  return { count: oldest ? await manager.count(Mail) : 0, since: oldest?.madeAt ?? null };
}

/** A mail that waits for longer was tried. */
const usualMs = 900_000;

/** The warning for the operator, if the mail server does not take the mails. */
export async function describeWaiting(source: DataSource, now: Date): Promise<string | undefined> {
  const { count, since } = await readWaiting(source);
  if (since === null || now.getTime() - Date.parse(since) < usualMs) return undefined;
  return `MAIL_WAITS: ${count} mails wait since ${since}, because the mail server does not accept them. The log has its codes.`;
}
