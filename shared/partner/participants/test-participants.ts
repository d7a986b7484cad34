import 'reflect-metadata';

import { Column, Entity, PrimaryColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { openDatabase } from '../../database/data-source.js';
import { createId, createKey, hashKey } from '../../identity/secret.js';
import type { TestDatabaseKind } from '../../testing/databases.js';
import { createDisposableStack } from '../../testing/disposable-stack.js';
import { CreateParticipantSessions1796075200000 } from './create-participant-sessions.migration.js';
import { Invitation, ParticipantSession } from './session.entity.js';
import {
  endAccess,
  endSession,
  redeemInvitation,
  renewSession,
  type SentSecret,
} from './sessions.js';

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

@Entity({ name: 'travellers' })
class Traveller {
  @PrimaryColumn({ type: 'varchar' })
  id: string;

  @Column({ type: 'varchar', nullable: true })
  name: string | null;
}

class CreateTravellers1700000000000 implements MigrationInterface {
  readonly name = 'CreateTravellers1700000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE "travellers" ("id" varchar PRIMARY KEY, "name" varchar)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('travellers');
  }
}

/** The database of a partner whose officer can be invited, at two of its processes. */
export async function openParticipants(kind: TestDatabaseKind) {
  const stack = createDisposableStack();
  const { url } = stack.use(await kind.create());
  const open = async () => {
    const source = await openDatabase({
      url,
      entities: [Invitation, ParticipantSession, Traveller],
      migrations: [CreateTravellers1700000000000, CreateParticipantSessions1796075200000],
    });
    stack.use({ [Symbol.asyncDispose]: () => source.destroy() });
    return source;
  };
  const sources = [await open(), await open()] as const;
  const [source] = sources;
  await source.manager.insert(Traveller, { id: 'dk:o', name: 'Ane' });
  const state = {
    now: Date.parse('2027-03-01T10:00:00Z'),
    /** By her journeys; null without one, undefined while the hub does not respond. */
    lastDay: '2027-05-01' as string | null | undefined,
    asked: [] as string[],
  };
  const now = () => new Date(state.now);
  const isKnown = async (manager: typeof source.manager, id: string) =>
    (await manager.findOneBy(Traveller, { id }))?.name != null;
  const of = (process: number) => sources[process % 2] ?? source;
  return {
    source,
    state,
    erase: () => source.manager.update(Traveller, { id: 'dk:o' }, { name: null }),
    /** As a co-ordinator invites her, for the tests of what comes after. */
    async invite(more: Partial<Invitation> = {}): Promise<SentSecret> {
      const link = { id: createId(), secret: createKey() };
      await source.manager.insert(Invitation, {
        id: link.id,
        personId: 'dk:o',
        secretHash: hashKey(link.secret),
        madeAt: now().toISOString(),
        expiresAt: new Date(state.now + 7 * day).toISOString(),
        accessEndsOn: '2027-05-01',
        ...more,
      });
      return link;
    },
    redeem: (link: SentSecret, process = 0) => redeemInvitation(of(process), link, now(), isKnown),
    renew: (session: SentSecret, process = 0) =>
      renewSession(of(process), session, now(), {
        isKnown,
        findLastDay(id, invitedOn) {
          state.asked.push(`${id} ${invitedOn}`);
          return Promise.resolve(state.lastDay);
        },
      }),
    end: (session: SentSecret) => endSession(source, session, now()),
    endAccess: () => source.transaction((manager) => endAccess(manager, 'dk:o', now())),
    invitation: ({ id }: SentSecret) => source.manager.findOneByOrFail(Invitation, { id }),
    openSessions: async () =>
      (await source.manager.findBy(ParticipantSession, {})).filter((one) => one.endedAt === null),
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}

export type Participants = Awaited<ReturnType<typeof openParticipants>>;
