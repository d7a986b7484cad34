import { secrets } from '@hub/shared/identity';
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLinkStore, mostLinks, type CalendarLink } from './link-store.js';

async function openFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'link-store-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  return { folder, path: join(folder, 'links.sqlite'), [Symbol.asyncDispose]: remove };
}

const linkOf = (subject = 'anna', more: Partial<CalendarLink> = {}): CalendarLink => ({
  id: secrets.createId(),
  organisation: 'dk',
  subject,
  role: 'analyst',
  visit: 'nbnp:v',
  createdOn: '2026-11-26',
  expiresOn: '2027-01-31',
  ...more,
});

describe('isKeyOf', () => {
  it('holds for the key of a hash alone', () => {
    const key = secrets.createKey();
    expect(key).toMatch(secrets.keyForm);
    expect(secrets.createId()).toMatch(secrets.idForm);
    expect(secrets.isKeyOf(key, secrets.hashKey(key))).toBe(true);
    for (const other of ['', key.slice(1), `${key}a`, secrets.createKey()])
      expect(secrets.isKeyOf(other, secrets.hashKey(key))).toBe(false);
  });
});

describe('createLinkStore', () => {
  it('keeps links over a restart, in files that only this user reads, without their keys', async () => {
    await using place = await openFolder();
    const link = linkOf();
    const key = secrets.createKey();
    {
      await using store = createLinkStore(place.path);
      expect(await readdir(place.folder)).toEqual([]);
      expect(await store.add(link, secrets.hashKey(key))).toBe(true);
      for (const name of await readdir(place.folder)) {
        const file = join(place.folder, name);
        expect([name, (await stat(file)).mode & 0o777]).toEqual([name, 0o600]);
        expect((await readFile(file)).includes(key)).toBe(false);
      }
    }
    await using store = createLinkStore(place.path);
    expect(await store.find(link.id)).toEqual({ ...link, keyHash: secrets.hashKey(key) });
    expect(await store.find('none')).toBeUndefined();
  });

  it('is one for several workers, also where they create it together', async () => {
    await using place = await openFolder();
    await using one = createLinkStore(place.path);
    await using other = createLinkStore(place.path);
    const links = Array.from({ length: 10 }, () => linkOf());
    const added = await Promise.all(
      links.map((link, index) => (index % 2 ? one : other).add(link, 'h')),
    );
    expect(added).toEqual(links.map(() => true));
    expect(await one.list({ organisation: 'dk' })).toHaveLength(10);
    expect(await other.revoke(links[0]?.id ?? '', { organisation: 'dk' })).toBe(true);
    expect(await one.find(links[0]?.id ?? '')).toBeUndefined();
  });

  it('gives a person no more than the most, however many ask at a time', async () => {
    await using place = await openFolder();
    await using one = createLinkStore(place.path);
    await using other = createLinkStore(place.path);
    const tries = Array.from({ length: mostLinks + 6 }, (_, index) =>
      (index % 2 ? one : other).add(linkOf(), 'h'),
    );
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(mostLinks);
    expect(await one.add(linkOf('bo'), 'h')).toBe(true);
  });

  it('lists and revokes only what is the owner’s', async () => {
    await using place = await openFolder();
    await using store = createLinkStore(place.path);
    const [anna, bo, eve] = [linkOf('anna'), linkOf('bo'), linkOf('anna', { organisation: 'fi' })];
    for (const link of [anna, bo, eve]) await store.add(link, 'h');
    const ofAnna = { organisation: 'dk', subject: 'anna' };
    expect(await store.list(ofAnna)).toEqual([anna]);
    expect(await store.list({ organisation: 'dk' })).toHaveLength(2);
    for (const link of [bo, eve]) expect(await store.revoke(link.id, ofAnna)).toBe(false);
    expect(await store.revoke(eve.id, { organisation: 'dk' })).toBe(false);
    expect(await store.revoke(bo.id, { organisation: 'dk' })).toBe(true);
    expect(await store.revoke(anna.id, ofAnna)).toBe(true);
    expect(await store.list(ofAnna)).toEqual([]);
  });

  it('removes all links of one person, and nobody else’s', async () => {
    await using place = await openFolder();
    await using store = createLinkStore(place.path);
    const links = [
      linkOf('anna'),
      linkOf('anna'),
      linkOf('bo'),
      linkOf('anna', { organisation: 'fi' }),
    ];
    for (const link of links) await store.add(link, 'h');
    await store.revokeAll({ organisation: 'dk', subject: 'anna' });
    expect(await store.list({ organisation: 'dk' })).toEqual([links[2]]);
    expect(await store.list({ organisation: 'fi' })).toEqual([links[3]]);
  });

  it('moves the last day of a link, and drops links after it', async () => {
    await using place = await openFolder();
    await using store = createLinkStore(place.path);
    const [one, other] = [linkOf(), linkOf()];
    for (const link of [one, other]) await store.add(link, 'h');
    await store.expire(other.id, '2027-03-01');
    await store.dropExpired('2027-01-31');
    expect(await store.list({ organisation: 'dk' })).toHaveLength(2);
    await store.dropExpired('2027-02-01');
    expect(await store.list({ organisation: 'dk' })).toEqual([
      { ...other, expiresOn: '2027-03-01' },
    ]);
  });

  it('tries again after a file that could not be opened', async () => {
    await using place = await openFolder();
    const path = join(place.folder, 'later', 'links.sqlite');
    await using store = createLinkStore(path);
    await expect(store.list({ organisation: 'dk' })).rejects.toThrow();
    await mkdir(join(place.folder, 'later'));
    expect(await store.list({ organisation: 'dk' })).toEqual([]);
  });
});
