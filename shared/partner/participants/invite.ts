import { IsNull } from 'typeorm';
import { violateRule } from '../../errors/rules.js';
import { createId, createKey, hashKey } from '../../identity/secret.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import { findForChange, findPerson, type PersonRow } from '../mutations/find-for-change.js';
import { perform, type KeyedInput } from '../mutations/perform.js';
import type { InvitationLink, ParticipantAccess } from './access.type.js';
import { findLastDay, type Travellers } from './journeys.js';
import { Invitation, ParticipantSession } from './session.entity.js';
import { dayOf, endAccess, revokeEnded } from './sessions.js';

/** How long a link opens a session. */
const lifeMs = 7 * 86_400_000;

interface Person {
  readonly id: string;
  /** The argument with her id: `input.officer`. */
  readonly argument: string;
}

/**
 * Invites a person: makes a link that opens one session. An earlier link that was not used ends.
 * @throws HubError `NOT_FOUND`, `CONFLICT`, `PARTNER_…`; `RULE_VIOLATED` ERASED, NO_JOURNEY
 */
export async function invitePerson(
  context: PartnerContext,
  travellers: Travellers,
  { name, input, id: personId, argument }: Person & { name: string; input: KeyedInput & object },
): Promise<InvitationLink> {
  const { clock, partner, pagesUrl } = context;
  const now = clock();
  return perform<InvitationLink, string | null>(context, {
    name,
    input,
    check: (manager) => findPerson(manager, travellers.entity, personId, argument),
    ask: () => findLastDay(context, travellers, personId, dayOf(now)),
    async write(manager, accessEndsOn) {
      await findPerson(manager, travellers.entity, personId, argument);
      if (accessEndsOn === null || accessEndsOn < dayOf(now)) violateRule('NO_JOURNEY', argument);
      const madeAt = now.toISOString();
      const open = { personId, usedAt: IsNull(), endedAt: IsNull() };
      await manager.update(Invitation, open, { endedAt: madeAt });
      const secret = createKey();
      const id = createId();
      const expiresAt = new Date(now.getTime() + lifeMs).toISOString();
      const secretHash = hashKey(secret);
      const row = { id, personId, secretHash, madeAt, expiresAt, accessEndsOn };
      await manager.insert(Invitation, row);
      // After the `#`, so that no server and no log gets it.
      const link = `${pagesUrl}/join#${partner}.${id}.${secret}`;
      return { id, person: personId, link, expiresAt };
    },
    async find(manager, id) {
      const made = await manager.findOneBy(Invitation, { id });
      return made && { id, person: made.personId, link: null, expiresAt: made.expiresAt };
    },
  });
}

/**
 * Ends the link and all sessions of a person. The hub is told at once, or as soon as it responds.
 * @throws HubError `NOT_FOUND`
 */
export async function endPersonsAccess<Row extends PersonRow>(
  context: PartnerContext,
  { entity }: Travellers<Row>,
  { name, id, argument }: Person & { readonly name: string },
): Promise<Row> {
  const person = await perform<Row>(context, {
    name,
    input: {},
    async write(manager) {
      const found = await findForChange(manager, entity, id, argument);
      await endAccess(manager, id, context.clock());
      return found;
    },
  });
  await revokeEnded(context, id);
  return person;
}

/** How a person can open the pages about her journey. Null if she was never invited. */
export async function readAccess(
  { loaders, clock }: Pick<PartnerContext, 'loaders' | 'clock'>,
  personId: string,
): Promise<ParticipantAccess | null> {
  const oldestFirst = { orderBy: [{ property: 'madeAt' }, { property: 'id' }] };
  const [invitations, sessions] = await Promise.all([
    loaders.many(Invitation, 'personId', oldestFirst).load(personId),
    loaders.many(ParticipantSession, 'personId', oldestFirst).load(personId),
  ]);
  const latest = invitations.at(-1);
  if (!latest) return null;
  const today = dayOf(clock());
  const open = sessions.filter((one) => one.endedAt === null && one.accessEndsOn >= today);
  const { madeAt, expiresAt, usedAt, endedAt } = latest;
  const isOpen = usedAt === null && endedAt === null && expiresAt > clock().toISOString();
  const ends = [...open, ...(isOpen ? [latest] : [])].map(({ accessEndsOn }) => accessEndsOn);
  return {
    invitedOn: madeAt.slice(0, 10),
    expiresAt,
    usedOn: usedAt?.slice(0, 10) ?? null,
    wasTriedAgain: invitations.some(({ triedAgainAt }) => triedAgainAt !== null),
    sessions: open.length,
    lastUsedOn:
      sessions
        .map(({ renewedOn }) => renewedOn)
        .toSorted()
        .at(-1) ?? null,
    endsOn: ends.toSorted().at(-1) ?? null,
  };
}
