import { In, IsNull, LessThan, Not, type DataSource, type EntityManager } from 'typeorm';
import { inTransaction, writeInTurn } from '../../database/transaction.js';
import { addDays } from '../../graphql/scalars/dates.js';
import { createId, createKey, hashKey, isKeyOf, noHash } from '../../identity/secret.js';
import type { ChoreContext } from '../../policy/context/partner-context.js';
import { Invitation, ParticipantSession } from './session.entity.js';

/** What a link or a cookie has. */
export interface SentSecret {
  readonly id: string;
  readonly secret: string;
}

/** A session that was opened or renewed. */
export interface OpenSession {
  readonly id: string;
  readonly personId: string;
  /** The next secret. Undefined if the one that was sent stays. */
  readonly secret: string | undefined;
  /** The last day of the person’s access. */
  readonly accessEndsOn: string;
}

/** Whether the person has a record that was not erased. */
type IsKnown = (manager: EntityManager, personId: string) => Promise<boolean>;

/** How many wrong secrets end an invitation. */
const mostWrongTries = 10;
/** The most sessions of a person: each browser has one. */
const mostSessions = 3;
/** Within this time a renewal makes no other secret, so that two tabs do not outdo each other. */
const sameSecretMs = 60_000;
/** How long what is over stays, for the co-ordinator to see. */
const keptDays = 30;

export const dayOf = (now: Date): string => now.toISOString().slice(0, 10);

/** Whether a secret has this hash. None has the hash that stands for no secret. */
const isOf = (secret: string, hash: string | null | undefined): boolean =>
  isKeyOf(secret, hash ?? noHash) && secret !== '';

const endIn = (manager: EntityManager, ids: readonly string[], now: Date, toldAt?: string) =>
  manager.update(
    ParticipantSession,
    { id: In([...ids]), endedAt: IsNull() },
    { endedAt: now.toISOString(), ...(toldAt !== undefined && { toldAt }) },
  );

/** Ends a session of which somebody else seems to have a copy, and notes that. */
async function endCopied(
  manager: EntityManager,
  invitationId: string,
  now: Date,
): Promise<undefined> {
  await manager.update(Invitation, { id: invitationId }, { triedAgainAt: now.toISOString() });
  const sessions = await manager.findBy(ParticipantSession, { invitationId });
  const ids = sessions.map(({ id }) => id);
  await endIn(manager, ids, now);
}

/**
 * Opens the session of a link, once. The link opened again ends that session: whoever was first may
 * have stolen it.
 * @returns undefined for a link that opens nothing
 */
export function redeemInvitation(
  source: DataSource,
  { id, secret }: SentSecret,
  now: Date,
  isKnown: IsKnown,
): Promise<OpenSession | 'LINK_USED' | undefined> {
  const at = now.toISOString();
  return writeInTurn(source, async (manager) => {
    const found = await manager.findOneBy(Invitation, { id });
    // An unknown id takes as long as a wrong secret.
    const isRight = isOf(secret, found?.secretHash);
    if (!found) return undefined;
    const { personId, accessEndsOn, usedAt, endedAt, expiresAt } = found;
    if (!isRight) {
      if (usedAt !== null || endedAt !== null) return undefined;
      const wrongTries = found.wrongTries + 1;
      const isOver = wrongTries >= mostWrongTries;
      await manager.update(Invitation, { id }, { wrongTries, ...(isOver && { endedAt: at }) });
      return undefined;
    }
    if (usedAt !== null) {
      await endCopied(manager, id, now);
      return 'LINK_USED';
    }
    if (endedAt !== null || expiresAt <= at || accessEndsOn < dayOf(now)) return undefined;
    if (!(await isKnown(manager, personId))) return undefined;
    await manager.update(Invitation, { id }, { usedAt: at });
    await makeRoom(manager, personId, now);
    const session = { id: createId(), personId, secret: createKey(), accessEndsOn };
    await manager.insert(ParticipantSession, {
      id: session.id,
      personId,
      invitationId: id,
      secretHash: hashKey(session.secret),
      isConfirmed: true,
      rotatedAt: at,
      madeAt: at,
      renewedOn: dayOf(now),
      accessEndsOn,
    });
    return session;
  });
}

/** Ends the oldest sessions of a person who opens another one. Their tokens run out by themselves. */
async function makeRoom(manager: EntityManager, personId: string, now: Date): Promise<void> {
  const open = await manager.find(ParticipantSession, {
    where: { personId, endedAt: IsNull() },
    order: { madeAt: 'DESC', id: 'ASC' },
  });
  const ids = open.slice(mostSessions - 1).map(({ id }) => id);
  await endIn(manager, ids, now, now.toISOString());
}

interface RenewOptions {
  readonly isKnown: IsKnown;
  /**
   * The last day of a person’s access, by her journeys as they are now. Null without a journey;
   * undefined if nobody can say.
   * @param invitedOn the day of her invitation
   */
  findLastDay(personId: string, invitedOn: string): Promise<string | null | undefined>;
}

/**
 * Renews a session, with another secret. The one before stays good until the new one was used,
 * because a response can be lost. Afterwards it shows that somebody has a copy: the session ends.
 * @returns undefined for a session that is over
 */
export async function renewSession(
  source: DataSource,
  { id, secret }: SentSecret,
  now: Date,
  { isKnown, findLastDay }: RenewOptions,
): Promise<OpenSession | undefined> {
  const found = await findJourney(source.manager, id, secret);
  const last = found && (await findLastDay(found.personId, found.invitedOn));
  return writeInTurn(source, async (manager) => {
    const session = await manager.findOneBy(ParticipantSession, { id });
    const isNewest = isOf(secret, session?.secretHash);
    const isBefore = isOf(secret, session?.previousHash);
    if (!session || session.endedAt !== null) return undefined;
    const { personId, invitationId, rotatedAt } = session;
    if (!isNewest && !(isBefore && !session.isConfirmed))
      return endCopied(manager, invitationId, now);
    const accessEndsOn = last === undefined ? session.accessEndsOn : last;
    const isOver = accessEndsOn === null || accessEndsOn < dayOf(now);
    if (isOver || !(await isKnown(manager, personId))) {
      await endIn(manager, [id], now);
      return undefined;
    }
    await manager.update(Invitation, { id: invitationId }, { accessEndsOn });
    const age = now.getTime() - Date.parse(rotatedAt);
    const isFresh = age >= 0 && age < sameSecretMs;
    const next = isFresh ? undefined : createKey();
    await manager.update(
      ParticipantSession,
      { id },
      {
        renewedOn: dayOf(now),
        accessEndsOn,
        ...(next === undefined
          ? isNewest && { isConfirmed: true }
          : {
              secretHash: hashKey(next),
              previousHash: hashKey(secret),
              isConfirmed: false,
              rotatedAt: now.toISOString(),
            }),
      },
    );
    return { id, personId, secret: next, accessEndsOn };
  });
}

/** Whose session it is, for who has a secret of it: nobody else makes this server ask the hub. */
async function findJourney(manager: EntityManager, id: string, secret: string) {
  const session = await manager.findOneBy(ParticipantSession, { id, endedAt: IsNull() });
  const hashes = [session?.secretHash, session?.previousHash];
  if (!session || !hashes.some((hash) => isOf(secret, hash))) return undefined;
  const { personId, invitationId, madeAt } = session;
  const invitation = await manager.findOneBy(Invitation, { id: invitationId });
  return { personId, invitedOn: (invitation?.madeAt ?? madeAt).slice(0, 10) };
}

/**
 * Ends a session at its person’s wish.
 * @returns her id; undefined for an unknown session
 */
export function endSession(
  source: DataSource,
  { id, secret }: SentSecret,
  now: Date,
): Promise<string | undefined> {
  return writeInTurn(source, async (manager) => {
    const session = await manager.findOneBy(ParticipantSession, { id });
    const hashes = [session?.secretHash, session?.previousHash];
    const isRight = hashes.some((hash) => isOf(secret, hash));
    if (!session) return undefined;
    if (isRight) await endIn(manager, [id], now);
    else await endCopied(manager, session.invitationId, now);
    return session.personId;
  });
}

/** Ends the invitation and all sessions of a person, in a transaction that somebody else opened. */
export async function endAccess(manager: EntityManager, personId: string, now: Date) {
  const endedAt = now.toISOString();
  await manager.update(Invitation, { personId, endedAt: IsNull() }, { endedAt });
  await manager.update(ParticipantSession, { personId, endedAt: IsNull() }, { endedAt });
}

/** Of a restored copy: what was ended since must not open again. */
export const endAllAccess = (source: DataSource, now: Date): Promise<void> =>
  writeInTurn(source, async (manager) => {
    const endedAt = now.toISOString();
    await manager.update(Invitation, { endedAt: IsNull() }, { endedAt });
    await manager.update(ParticipantSession, { endedAt: IsNull() }, { endedAt });
  });

const revoke =
  'mutation RevokeAccess($person: ID!) { revokeAccess(input: { person: $person }) { revokedAt } }';

type TellContext = Pick<ChoreContext, 'source' | 'askHub' | 'clock'>;

/**
 * Has the hub refuse the tokens of all sessions that have ended, and notes that it does. If it does
 * not respond, it is told again later.
 * @param only the sessions of this person. @default of everybody
 * @returns whether the hub knows all
 */
export async function revokeEnded(
  { source, askHub, clock }: TellContext,
  only?: string,
): Promise<boolean> {
  const untold = await source.manager.findBy(ParticipantSession, {
    endedAt: Not(IsNull()),
    toldAt: IsNull(),
    ...(only !== undefined && { personId: only }),
  });
  let isDone = true;
  for (const person of new Set(untold.map(({ personId }) => personId))) {
    const said = await askHub(revoke, { person }).catch(() => undefined);
    if (!said?.['revokeAccess']) isDone = false;
    else {
      const ids = untold.filter(({ personId }) => personId === person).map(({ id }) => id);
      const toldAt = clock().toISOString();
      await inTransaction(source, (manager) =>
        manager.update(ParticipantSession, { id: In(ids) }, { toldAt }),
      );
    }
  }
  return isDone;
}

/** Removes what has been over for long. */
export async function dropOldAccess({ source, clock }: TellContext): Promise<void> {
  const day = addDays(dayOf(clock()), -keptDays);
  const accessEndsOn = LessThan(day);
  const isOver = [
    { accessEndsOn, endedAt: IsNull() },
    { accessEndsOn, toldAt: Not(IsNull()) },
  ];
  if (!(await source.manager.existsBy(Invitation, { accessEndsOn }))) return;
  await writeInTurn(source, async (manager) => {
    await manager.delete(ParticipantSession, isOver);
    await manager.delete(Invitation, { accessEndsOn });
  });
}
