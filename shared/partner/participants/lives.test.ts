import { describe, expect, it } from 'vitest';
import { createKey } from '../../identity/secret.js';
import { bothDatabases } from '../../testing/databases.js';
import type { SentSecret } from './sessions.js';
import { day, hour, openParticipants, second, type Participants } from './test-participants.js';

/** Numbers from 0 to 1, the same for a seed. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

interface Link extends SentSecret {
  readonly madeAt: number;
  wrongTries: number;
  /** `over`: it opens nothing any more, and opened nothing. */
  state: 'open' | 'used' | 'over';
}

interface Session {
  readonly id: string;
  readonly link: Link;
  /** All that were given out, the newest last. */
  readonly secrets: string[];
  /** Whether the newest was used. */
  isConfirmed: boolean;
  /** The one that the newest replaced. */
  before: string | undefined;
  rotatedAt: number;
  isOver: boolean;
}

/** What a person, her co-ordinator and a thief do, and what the rules say that comes of it. */
class Life {
  readonly links: Link[] = [];
  readonly sessions: Session[] = [];

  constructor(
    private readonly partner: Participants,
    private readonly random: () => number,
  ) {}

  pick<Item>(items: readonly Item[]): Item | undefined {
    return items[Math.floor(this.random() * items.length)];
  }

  get now(): number {
    return this.partner.state.now;
  }

  async invite(): Promise<void> {
    for (const link of this.links) if (link.state === 'open') link.state = 'over';
    await this.partner.source.query(
      `UPDATE "invitations" SET "ended_at" = 'x' WHERE "used_at" IS NULL AND "ended_at" IS NULL`,
    );
    const sent = await this.partner.invite();
    this.links.push({ ...sent, madeAt: this.now, wrongTries: 0, state: 'open' });
  }

  async redeem(): Promise<void> {
    const link = this.random() < 0.8 ? this.links.at(-1) : this.pick(this.links);
    if (!link) return;
    const opens = link.state === 'open' && this.now < link.madeAt + 7 * day;
    const found = await this.partner.redeem(link);
    if (link.state === 'used') {
      expect(found).toBe('LINK_USED');
      for (const one of this.sessions) if (one.link === link) one.isOver = true;
      return;
    }
    expect(found !== undefined && found !== 'LINK_USED', link.state).toBe(opens);
    if (!found || found === 'LINK_USED') return;
    link.state = 'used';
    const open = this.sessions.filter(({ isOver }) => !isOver);
    for (const one of open.slice(0, -2)) one.isOver = true;
    const { id, secret = '' } = found;
    const made = { rotatedAt: this.now, isConfirmed: true, before: undefined, isOver: false };
    this.sessions.push({ id, link, secrets: [secret], ...made });
  }

  async guess(): Promise<void> {
    const link = this.pick(this.links);
    if (!link) return;
    expect(await this.partner.redeem({ id: link.id, secret: createKey() })).toBeUndefined();
    link.wrongTries += 1;
    if (link.wrongTries >= 10 && link.state === 'open') link.state = 'over';
  }

  async renew(): Promise<void> {
    const open = this.sessions.filter(({ isOver }) => !isOver);
    const session = this.pick(this.random() < 0.8 ? open : this.sessions);
    if (!session) return;
    const { id, secrets } = session;
    const secret = this.random() < 0.9 ? secrets.at(-1) : this.pick([...secrets, createKey()]);
    if (secret === undefined) return;
    const isNewest = secret === secrets.at(-1);
    const isGood = isNewest || (secret === session.before && !session.isConfirmed);
    const renewed = await this.partner.renew({ id, secret });
    expect(renewed !== undefined).toBe(isGood && !session.isOver);
    if (!renewed) {
      session.isOver = true;
      return;
    }
    const isFresh = this.now - session.rotatedAt < 60 * second;
    expect(renewed.secret === undefined).toBe(isFresh);
    if (isFresh && isNewest) session.isConfirmed = true;
    if (renewed.secret === undefined) return;
    secrets.push(renewed.secret);
    Object.assign(session, { isConfirmed: false, before: secret, rotatedAt: this.now });
  }

  async leave(): Promise<void> {
    const session = this.pick(this.sessions);
    if (!session) return;
    await this.partner.end({ id: session.id, secret: this.pick(session.secrets) ?? '' });
    session.isOver = true;
  }

  async endAccess(): Promise<void> {
    await this.partner.endAccess();
    for (const link of this.links) if (link.state === 'open') link.state = 'over';
    for (const session of this.sessions) session.isOver = true;
  }

  async step(): Promise<void> {
    const dice = this.random();
    this.partner.state.now += Math.floor(this.random() * (dice < 0.5 ? 90 * second : 20 * hour));
    if (dice < 0.15) await this.invite();
    else if (dice < 0.3) await this.redeem();
    else if (dice < 0.42) await this.guess();
    else if (dice < 0.94) await this.renew();
    else if (dice < 0.97) await this.leave();
    else await this.endAccess();
    const open = (await this.partner.openSessions()).map(({ id }) => id);
    const expected = this.sessions.filter(({ isOver }) => !isOver).map(({ id }) => id);
    expect(open.toSorted()).toEqual(expected.toSorted());
  }
}

describe.each(bothDatabases)('invitations and sessions on $name', (kind) => {
  it.each([1, 2, 3, 4])('follow the rules through 150 random steps, %s', async (seed) => {
    await using partner = await openParticipants(kind);
    partner.state.lastDay = undefined;
    const life = new Life(partner, createRandom(seed));
    await life.invite();
    for (let steps = 0; steps < 150; steps += 1) {
      await life.step();
    }
    expect(life.sessions.length).toBeGreaterThan(5);
  });
});
