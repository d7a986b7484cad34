import { describe, expect, it } from 'vitest';
import { bothDatabases } from '../../testing/databases.js';
import { changeSubscription, describeWaiting } from './mail-queue.js';
import { Mail, MailSubscription } from './mail.entity.js';
import { day, hour, item, minute, openMails } from './test-mails.js';

describe.each(bothDatabases)('mails on $name', (kind) => {
  it('are one digest a day from 05:00 UTC on, through restarts, and none if nothing waits', async () => {
    await using partner = await openMails(kind);
    partner.state.items = [item('a'), item('b')];
    await partner.pass(hour);
    expect(partner.texts(), 'before 05:00').toEqual([]);
    for (let days = 0; days < 3; days += 1) await partner.pass(day, partner.openChore());
    expect(partner.texts()).toEqual(Array(3).fill('Digest: coordinator a b'));
    const { to, email } = partner.server.mails[0]!;
    expect(to).toEqual(['desk@dk.example.org']);
    expect(email.from?.address).toBe('hub@dk.example.org');
    expect(email.messageId).toMatch(/^<[\w-]{43}@dk\.example\.org>$/);
    expect(email.headers).toContainEqual(
      expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }),
    );
    partner.state.items = [];
    await partner.pass(2 * day);
    expect(partner.server.mails).toHaveLength(3);
    expect(await partner.source.manager.count(Mail)).toBe(0);
    // A digest is due once a day, and asked for until then.
    expect(partner.state.asked.filter((isDue) => isDue)).toHaveLength(5);
  });

  it('tell in one round what is urgent, once while it holds and again if it comes back', async () => {
    await using partner = await openMails(kind);
    const [lost, open_] = [item('lost', true), item('open')];
    partner.state.items = [open_];
    await partner.round();
    partner.state.items = [open_, lost];
    await partner.round();
    await partner.round();
    expect(partner.texts()).toEqual(['Urgent: coordinator lost']);
    partner.state.items = [open_, lost, item('more', true)];
    await partner.round();
    // Nobody can say whether it still holds.
    Object.assign(partner.state, { items: [], missing: ['fi'] });
    await partner.round();
    Object.assign(partner.state, { items: [lost], missing: [] });
    await partner.round();
    partner.state.items = [];
    await partner.round();
    partner.state.items = [lost];
    await partner.round();
    expect(partner.texts()).toEqual([
      'Urgent: coordinator lost',
      'Urgent: coordinator more',
      'Urgent: coordinator lost',
    ]);
  });

  it('tell once in a digest what has ended, again if nobody has got that digest', async () => {
    await using mails = await openMails(kind);
    const ended = { ...item('visit'), endedOn: '2026-11-29' };
    mails.state.items = [ended, item('stop')];
    await mails.pass(2 * day);
    expect(mails.texts()).toEqual(['Digest: coordinator visit stop', 'Digest: coordinator stop']);
    const late = { ...item('loan'), endedOn: '2026-12-01' };
    mails.state.items = [ended, late];
    await mails.server.close();
    await mails.pass(2 * day);
    await mails.server.reopen();
    await mails.pass(hour, mails.openChore());
    // An earlier digest told of the visit.
    expect(mails.texts().slice(2)).toEqual(['Digest: coordinator loan']);
    await mails.pass(2 * day);
    expect(mails.texts()).toHaveLength(3);
    // What a digest told is not told again when it becomes urgent.
    mails.state.items = [ended, { ...late, isUrgent: true }, item('near', true)];
    await mails.round();
    expect(mails.texts().slice(3).toSorted()).toEqual([
      'Digest: coordinator near',
      'Urgent: coordinator near',
    ]);
  });

  it('wait while the mail server is down, and then come once: one digest, and all that is urgent', async () => {
    await using partner = await openMails(kind);
    partner.state.items = [item('a', true)];
    await partner.server.close();
    await partner.pass(day);
    partner.state.items = [item('a', true), item('b', true)];
    await partner.pass(2 * day);
    expect(partner.server.mails).toEqual([]);
    expect(await partner.source.manager.count(Mail)).toBe(3);
    expect(new Set(partner.outcomes)).toEqual(new Set(['failed']));
    const warn = () => describeWaiting(partner.source, new Date(partner.state.now));
    expect(await warn()).toMatch(/^MAIL_WAITS: 3 mails wait since 2026-11-30T04:00:00\.000Z, /);
    await partner.server.reopen();
    await partner.pass(50 * minute, partner.openChore());
    expect(partner.texts().toSorted()).toEqual([
      'Digest: coordinator a b',
      'Urgent: coordinator a',
      'Urgent: coordinator b',
    ]);
    expect(await partner.source.manager.count(Mail)).toBe(0);
    expect(await warn()).toBeUndefined();
    expect(partner.lines.join('')).not.toContain('desk@');
  });

  it('tell what is for one role to nobody else, who gets no empty mail', async () => {
    await using partner = await openMails(kind, { HUB_MAIL_LIAISONS: 'second@dk.example.org' });
    const own = { ...item('own'), role: 'coordinator' } as const;
    partner.state.items = [own];
    await partner.pass(day);
    expect(partner.texts()).toEqual(['Digest: coordinator own']);
    partner.state.items = [own, item('all')];
    await partner.pass(day);
    expect(partner.texts().slice(1).toSorted()).toEqual([
      'Digest: coordinator own all',
      'Digest: liaison all',
    ]);
  });

  it('are made when the hub is back, if it was down', async () => {
    await using partner = await openMails(kind);
    Object.assign(partner.state, { items: [item('a')], isHubDown: true });
    await partner.pass(10 * hour);
    expect(partner.server.mails).toEqual([]);
    partner.state.isHubDown = false;
    await partner.pass(hour);
    expect(partner.texts()).toEqual(['Digest: coordinator a']);
  });

  it('are sent again after a temporary refusal, and dropped after a final one', async () => {
    await using partner = await openMails(kind);
    partner.state.items = [item('a', true)];
    for (const code of [421, 450, 451]) {
      partner.server.state.behaviour = { at: 'recipient', code };
      await partner.pass(10 * minute);
    }
    for (const code of [530, 550]) {
      partner.server.state.behaviour = { at: 'sender', code };
      await partner.pass(10 * minute);
    }
    expect(new Set(partner.outcomes)).toEqual(new Set(['failed']));
    partner.server.state.behaviour = { at: 'recipient', code: 550 };
    await partner.pass(10 * minute);
    expect(partner.outcomes.filter((outcome) => outcome !== 'failed')).toEqual(['rejected']);
    expect(await partner.source.manager.count(Mail)).toBe(0);
    partner.state.items = [item('b', true)];
    partner.server.state.behaviour = { at: 'data', code: 554 };
    await partner.pass(10 * minute);
    expect(partner.outcomes.filter((outcome) => outcome === 'rejected').length).toBeGreaterThan(1);
    expect(partner.server.mails).toEqual([]);
  });

  it('go out with the same Message-ID if the server ends before it says that it took them', async () => {
    await using partner = await openMails(kind);
    partner.state.items = [item('a', true)];
    partner.server.state.behaviour = 'break';
    await partner.pass(10 * minute);
    partner.server.state.behaviour = 'take';
    await partner.pass(30 * minute);
    const ids = partner.server.mails.map(({ email }) => email.messageId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it('are sent by one of two processes', async () => {
    await using partner = await openMails(kind);
    partner.state.items = Array.from({ length: 5 }, (_, index) => item(`${index}`, true));
    const other = partner.openChore();
    for (let times = 0; times < 5; times += 1) {
      await Promise.all([partner.round(), other()]);
      partner.state.items = [...partner.state.items, item(`more ${times}`, true)];
      partner.state.now += 10 * minute;
    }
    expect(partner.texts()).toEqual([
      'Urgent: coordinator 0 1 2 3 4',
      ...[0, 1, 2, 3].map((times) => `Urgent: coordinator more ${times}`),
    ]);
  });

  it('hold up no server that closes, and wait, if the mail server is silent', async () => {
    await using partner = await openMails(kind);
    partner.state.items = [item('a', true)];
    partner.server.state.behaviour = 'hang';
    const closing = new AbortController();
    const running = partner.openChore({}, closing.signal)();
    await expect.poll(() => partner.server.state.connections, { timeout: 15_000 }).toBe(1);
    closing.abort();
    await running;
    expect(partner.outcomes).toEqual(['failed']);
    partner.server.state.behaviour = 'take';
    partner.state.now += 10 * minute;
    await partner.round();
    expect(partner.texts()).toEqual(['Urgent: coordinator a']);
  });

  it('survive a clock that was wrong', async () => {
    await using partner = await openMails(kind);
    partner.state.items = [item('a', true)];
    await partner.server.close();
    partner.state.now += 400 * day + hour;
    await partner.round();
    await partner.server.reopen();
    partner.state.now -= 400 * day;
    await partner.pass(day);
    expect(partner.texts().toSorted()).toEqual(['Digest: coordinator a', 'Urgent: coordinator a']);
  });

  it('go to each address of a role, and not to one that left the settings', async () => {
    await using partner = await openMails(kind, {
      HUB_MAIL_LIAISONS: 'b@dk.example.org,C@dk.example.org',
    });
    partner.state.items = [item('a', true)];
    await partner.server.close();
    await partner.round();
    await partner.server.reopen();
    partner.state.now += 10 * minute;
    await partner.openChore({ HUB_MAIL_LIAISONS: 'c@dk.example.org' })();
    expect(
      partner.server.mails.map(({ to, email }) => `${to.join()} ${email.text?.trim()}`).toSorted(),
    ).toEqual(['c@dk.example.org liaison a', 'desk@dk.example.org coordinator a']);
    const stored = JSON.stringify(await partner.source.manager.find(MailSubscription));
    expect(stored).not.toContain('example.org');
  });

  it('stay ended for an address that leaves the settings and returns', async () => {
    await using partner = await openMails(kind);
    partner.state.items = [item('a', true)];
    const one = 'b@dk.example.org';
    const { manager } = partner.source;
    await partner.round();
    const [desk] = await manager.find(MailSubscription);
    await partner.openChore({ HUB_MAIL_LIAISONS: one })();
    const { id = '', key = '' } =
      (await manager.find(MailSubscription)).find((stored) => stored.id !== desk?.id) ?? {};
    const now = new Date(partner.state.now);
    expect(await changeSubscription(partner.source, { id, key, isStopped: true }, now)).toBe(true);
    partner.state.items = [item('a', true), item('b', true)];
    await partner.openChore()();
    await partner.openChore({ HUB_MAIL_LIAISONS: one })();
    expect(partner.server.mails.filter(({ to }) => to.join() === one)).toHaveLength(1);
  });
});
