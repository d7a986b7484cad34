import { describe, expect, it } from 'vitest';
import { openHub } from './test-links.js';

describe('GET /export/links/<id>/<key>.atom', () => {
  const feed = { feed: 'notices' };

  it('is the feed of the own organisation, for who co-ordinates and who audits', async () => {
    await using hub = await openHub();
    for (const [organisation, role] of [
      ['dk', 'coordinator'],
      ['fi', 'auditor'],
    ]) {
      const { status, link, address } = await hub.create(`${organisation}.anna.${role}`, feed);
      expect([status, link.visit, link.expiresOn]).toEqual([201, 'notices', '2027-11-26']);
      expect(address).toMatch(/\.atom$/);
      const { status: read, text, headers } = await hub.send(address, 'no.per.coordinator');
      expect([read, text]).toEqual([200, `<feed>of ${organisation}</feed>`]);
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-type': 'application/atom+xml; charset=utf-8',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
      });
    }
  });

  it('is refused to everybody else', async () => {
    await using hub = await openHub();
    expect((await hub.create(undefined, feed)).status).toBe(401);
    for (const role of ['analyst', 'liaison', 'participant', 'service'])
      expect((await hub.create(`dk.anna.${role}`, feed)).status).toBe(403);
    for (const body of [
      { feed: 'fi' },
      { feed: '' },
      { visit: 'notices' },
      { ...feed, visit: 'x' },
    ])
      expect((await hub.create('dk.anna.coordinator', body)).status).toBe(400);
    expect(await hub.list('dk.anna.coordinator')).toEqual([]);
  });

  it('ends with its year, its revocation, and the membership', async () => {
    await using hub = await openHub();
    const anna = 'dk.anna.coordinator';
    const [one, other] = [await hub.create(anna, feed), await hub.create(anna, feed)];
    const read = async () => [
      (await hub.send(one.address)).status,
      (await hub.send(other.address)).status,
    ];
    expect(await hub.revoke(one.link.id, 'fi.eve.coordinator')).toBe(404);
    expect(await read()).toEqual([200, 200]);
    expect(await hub.revoke(one.link.id, anna)).toBe(204);
    expect(await read()).toEqual([404, 200]);
    hub.state.members = ['fi'];
    expect(await read()).toEqual([404, 404]);
    hub.state.members = ['dk'];
    hub.state.now = '2027-11-27T00:00:00Z';
    expect(await read()).toEqual([404, 404]);
  });

  it('is unknown where owners are not notified', async () => {
    await using hub = await openHub(undefined, false);
    expect((await hub.create('dk.anna.coordinator', feed)).status).toBe(404);
  });
});

describe('a link to the tasks of the own organisation', () => {
  it.each([
    [{ calendar: 'tasks' }, '.ics', 'text/calendar', 'UID:nbnp:task/dk@'],
    [{ feed: 'tasks' }, '.atom', 'application/atom+xml', '<id>urn:hub:nbnp:task/dk</id>'],
  ])('is made by %j, and reads them as the person', async (body, ending, mediaType, part) => {
    await using hub = await openHub();
    for (const role of ['coordinator', 'liaison']) {
      const { status, link, address } = await hub.create(`dk.anna.${role}`, body);
      expect([status, link.expiresOn]).toEqual([201, '2027-11-26']);
      expect(address.endsWith(ending)).toBe(true);
      const { status: read, text, headers } = await hub.send(address, 'no.per.coordinator');
      expect([read, text]).toEqual([200, expect.stringContaining(part)]);
      expect(headers.get('content-type')).toBe(`${mediaType}; charset=utf-8`);
      const person = { organisation: 'dk', subject: 'anna', role };
      expect(hub.state.seen.at(-1)).toMatchObject({
        ...person,
        purpose: 'PROGRAMME: calendar link',
      });
    }
    for (const role of ['analyst', 'auditor', 'participant', 'service'])
      expect((await hub.create(`dk.anna.${role}`, body)).status).toBe(403);
    for (const visit of ['tasks.ics', 'tasks.atom'])
      expect((await hub.create('dk.anna.coordinator', { visit })).status).toBe(400);
  });
});
