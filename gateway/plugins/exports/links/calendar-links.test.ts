import { describe, expect, it } from 'vitest';
import { openHub } from './test-links.js';

const anna = 'dk.anna.analyst';

describe('POST /export/links', () => {
  it('makes an address at which a calendar program reads as the person, without a token', async () => {
    await using hub = await openHub();
    const { status, link, address } = await hub.create(anna);
    expect([status, link]).toEqual([
      201,
      {
        id: expect.any(String),
        subject: 'anna',
        role: 'analyst',
        visit: 'nbnp:v',
        createdOn: '2026-11-26',
        expiresOn: '2027-01-17',
      },
    ]);
    const calendar = await hub.send(address);
    expect([calendar.status, calendar.text]).toEqual([200, expect.stringContaining('UID:nbnp:s@')]);
    expect(Object.fromEntries(calendar.headers)).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
    const person = { organisation: 'dk', subject: 'anna', role: 'analyst' };
    expect(hub.state.seen.at(-1)).toMatchObject({ ...person, purpose: 'PROGRAMME: calendar link' });
  });

  it('is for people, and for a visit whose itinerary they may read', async () => {
    await using hub = await openHub();
    const code = async (...given: Parameters<typeof hub.create>) => {
      const { status, refusal } = await hub.create(...given);
      return [status, refusal?.code, refusal?.argument];
    };
    expect(await code()).toEqual([401, 'UNAUTHENTICATED', undefined]);
    expect(await code('dk.server.service')).toEqual([403, 'FORBIDDEN', undefined]);
    expect(await code('no.per.analyst')).toEqual([403, 'FORBIDDEN', undefined]);
    expect(await code(anna, { visit: 'nbnp:none' })).toEqual([404, 'NOT_FOUND', undefined]);
    const bodies = [{}, [], 'x', { visit: 7 }, { visit: '' }, { visit: 'x'.repeat(201) }];
    for (const body of [...bodies, { visit: 'nbnp:v', role: 'coordinator' }])
      expect(await code(anna, body)).toEqual([400, 'BAD_USER_INPUT', 'visit']);
    hub.state.endsOn = '2026-10-01';
    expect(await code(anna)).toEqual([400, 'BAD_USER_INPUT', 'visit']);
    expect(await hub.list(anna)).toEqual([]);
  });
});

describe('GET /export/links/<id>/<key>.ics', () => {
  it('gives what the person may read at the time, while the organisation is in the network', async () => {
    await using hub = await openHub();
    const { address } = await hub.create(anna);
    hub.state.readers = ['fi'];
    expect((await hub.send(address)).status).toBe(403);
    expect((await hub.send(address, 'fi.eve.coordinator')).status).toBe(403);
    hub.state.readers = ['dk'];
    expect((await hub.send(address)).status).toBe(200);
    hub.state.members = ['fi'];
    expect((await hub.send(address)).status).toBe(404);
  });

  it('ends thirty days after the visit, wherever the visit was moved meanwhile', async () => {
    await using hub = await openHub();
    const { address } = await hub.create(anna);
    hub.state.endsOn = '2027-02-01';
    expect((await hub.send(address)).status).toBe(200);
    hub.state.now = '2027-03-03T12:00:00Z';
    expect((await hub.send(address)).status).toBe(200);
    hub.state.now = '2027-03-04T12:00:00Z';
    expect((await hub.send(address)).status).toBe(404);
    expect(await hub.list(anna)).toEqual([]);
  });

  it('is NOT_FOUND for every other key and id, in the same words', async () => {
    await using hub = await openHub();
    const [one, other] = [await hub.create(anna), await hub.create('fi.bo.analyst')];
    const [, , , id = '', key = ''] = one.address.replace('.ics', '').split('/');
    const otherKey = other.address.split('/').at(-1) ?? '';
    const flipped = `${key.startsWith('A') ? 'B' : 'A'}${key.slice(1)}`;
    const tried = await Promise.all(
      [
        `${id}/${flipped}.ics`,
        `${id}/${otherKey}`,
        `${id}/${key.slice(1)}.ics`,
        `${'x'.repeat(16)}/${key}.ics`,
        `${id}/%00.ics`,
        `x/y`,
      ].map((path) => hub.send(`/export/links/${path}`)),
    );
    expect(tried.map(({ status }) => status)).toEqual(tried.map(() => 404));
    expect(new Set(tried.map(({ text }) => text)).size).toBe(1);
  });

  it('refuses guesses of one address after some, before it looks at the key', async () => {
    await using hub = await openHub({ perSecond: 0.001, burst: 3 });
    const { address } = await hub.create(anna);
    const guess = () => hub.send(`/export/links/${'x'.repeat(16)}/${'y'.repeat(43)}.ics`);
    for (let count = 0; count < 3; count += 1) expect((await guess()).status).toBe(404);
    expect((await guess()).status).toBe(429);
    const refused = await hub.send(address);
    expect([refused.status, refused.headers.has('retry-after')]).toEqual([429, true]);
  });

  it('reads that calendar alone', async () => {
    await using hub = await openHub();
    const { address } = await hub.create(anna);
    expect((await hub.send(`${address}?id=nbnp:other`)).text).toContain('nbnp:s');
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'HEAD'])
      expect((await hub.send(address, undefined, { method })).status).toBe(405);
    const key = address.split('/').at(-1)?.replace('.ics', '');
    expect(await hub.list(`${key}.x.analyst`)).toEqual([]);
  });

  it('leaves its key in no line of the log, nor in the list', async () => {
    await using hub = await openHub();
    const { address } = await hub.create(anna);
    const key = address.split('/').at(-1)?.replace('.ics', '') ?? '';
    await hub.send(address);
    await hub.send(address, undefined, { method: 'PUT' });
    await hub.send(`${address}/more`);
    hub.state.readers = [];
    await hub.send(address);
    const listed = await hub.send('/export/links', anna);
    expect(hub.lines.length).toBeGreaterThan(3);
    for (const text of [...hub.lines, listed.text]) expect(text).not.toContain(key);
    expect(hub.lines.join('')).toContain('/export/links/:id/:file');
  });
});

describe('DELETE /export/links/<id>', () => {
  it('revokes one’s own link, and as a co-ordinator those of the organisation', async () => {
    await using hub = await openHub();
    const [own, ofBo] = [await hub.create(anna), await hub.create('dk.bo.liaison')];
    expect(await hub.list(anna)).toEqual([own.link]);
    expect(await hub.list('fi.eve.coordinator')).toEqual([]);
    const coordinator = 'dk.carl.coordinator';
    expect(await hub.list(coordinator)).toHaveLength(2);
    expect(await hub.revoke(ofBo.link.id)).toBe(401);
    for (const stranger of [anna, 'fi.eve.coordinator', 'fi.bo.liaison'])
      expect(await hub.revoke(ofBo.link.id, stranger)).toBe(404);
    expect((await hub.send(ofBo.address)).status).toBe(200);
    expect(await hub.revoke(ofBo.link.id, coordinator)).toBe(204);
    expect(await hub.revoke(own.link.id, anna)).toBe(204);
    for (const { address } of [own, ofBo]) expect((await hub.send(address)).status).toBe(404);
    expect(await hub.revoke(own.link.id, anna)).toBe(404);
  });
});
