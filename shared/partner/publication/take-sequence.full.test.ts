import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../database/data-source.js';
import { bothDatabases } from '../../testing/databases.js';
import { findOtherCollations, rehearseMigrations } from '../../testing/rehearse-migrations.js';
import { CreatePublishedManifest1764000007000 } from './create-published-manifest.migration.js';
import { findIssue, takeSequence } from './publication.js';
import { PublishedManifest } from './published-manifest.entity.js';

const tables = {
  entities: [PublishedManifest],
  migrations: [CreatePublishedManifest1764000007000],
};
const open = (url: string) => openDatabase({ url, ...tables });
const at = (seconds: number) => new Date(1_790_000_000_000 + seconds * 1_000);

describe.each(bothDatabases)('takeSequence on $name', (database) => {
  it('is the time in seconds, and rises also within a second and with a slow clock', async () => {
    await using created = await database.create();
    const source = await open(created.url);
    const taken = [];
    for (const seconds of [0, 0.5, -3_600, 60])
      taken.push((await takeSequence(source, 'a', at(seconds))).sequence - 1_790_000_000);
    expect(taken).toEqual([0, 1, 2, 60]);
    await source.destroy();
  });

  it('rises after a restart, and differs between processes', async () => {
    await using created = await database.create();
    const before = await open(created.url);
    const { sequence } = await takeSequence(before, 'a', at(100));
    await before.destroy();
    const both = await Promise.all([open(created.url), open(created.url)]);
    const taken = await Promise.all(both.map((source) => takeSequence(source, 'a', at(0))));
    expect(taken.map((issue) => issue.sequence - sequence).toSorted()).toEqual([1, 2]);
    await Promise.all(both.map((source) => source.destroy()));
  });

  it('is found by what was published last', async () => {
    await using created = await database.create();
    const source = await open(created.url);
    expect(await findIssue(source, 'a')).toBeUndefined();
    const issue = await takeSequence(source, 'a', at(0));
    expect(issue).toEqual({ sequence: 1_790_000_000, issuedAt: at(0).toISOString() });
    expect(await findIssue(source, 'a')).toEqual(issue);
    await takeSequence(source, 'b', at(1));
    expect(await findIssue(source, 'a')).toBeUndefined();
    await source.destroy();
  });

  it('has the table that its entity describes', async () => {
    expect(await rehearseMigrations(database, tables)).toEqual({ drift: [], left: [] });
    expect(await findOtherCollations(database, tables)).toEqual([]);
  });
});
