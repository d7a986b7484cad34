import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Thing } from '../../database/test-things.js';
import { nameMigrations, openPartnerDatabase } from '../../partner/partner-database.js';
import { createPostgresDatabase } from '../../testing/databases.js';
import { restorePostgres } from './restore-postgres.js';
import {
  at,
  backUp,
  createFolder,
  definition,
  kinds,
  newer,
  openAt,
  read,
  readAll,
  restore,
} from './test-back-ups.js';

describe('restorePostgres', () => {
  it('rejects a file that is cut off, changed, another partner’s or not a back-up, and changes nothing', async () => {
    await using folder = await createFolder();
    await using database = await createPostgresDatabase();
    const source = await openAt(database);
    await source.query(kinds);
    await read(source, 'fi:a');
    await backUp(database, folder.file);
    await source.destroy();
    await using other = await createPostgresDatabase();
    await expect(restore(other, folder.file, { partner: 'fi' })).rejects.toThrow(
      /a back-up of dk, not of fi/,
    );
    const whole = readFileSync(folder.file);
    const lines = gunzipSync(whole).toString().split('\n');
    const at = lines.findIndex((line) => line.includes('"dk:fact"'));
    const others: [RegExp, Buffer][] = [
      [/is cut off/, whole.subarray(0, whole.length / 2)],
      [/is cut off/, gzipSync(lines.slice(0, -2).join('\n'))],
      [/is cut off/, gzipSync(lines.slice(0, -2).join('\n') + '\n')],
      [/was altered/, gzipSync(lines.filter((_, index) => index !== at).join('\n'))],
      [/was altered/, gzipSync(lines.join('\n').replace('"dk:fact"', '"dk:fake"'))],
      [/was altered/, gzipSync([...lines.slice(0, at), lines[at], ...lines.slice(at)].join('\n'))],
      [/continues after its end/, gzipSync(lines.join('\n') + '{}\n')],
      [/not a back-up/, gzipSync('{"a":1}\n')],
      [/not a back-up/, Buffer.from('no back-up')],
      [/is cut off/, Buffer.alloc(0)],
    ];
    const broken = Buffer.from(whole);
    const middle = Math.floor(whole.length / 2);
    broken.writeUInt8(broken.readUInt8(middle) ^ 0xff, middle);
    others.push([/changed|cut off/, broken]);
    for (const [reason, content] of others) {
      writeFileSync(folder.file, content);
      await expect(restore(other, folder.file), String(reason)).rejects.toThrow(reason);
    }
    await expect(restore(other, `${folder.file}.none`)).rejects.toThrow(/does not exist/);
    expect(await readAll(other)).toEqual({});
  });

  it('rejects a newer back-up, and migrates an older one at the partner’s next start', async () => {
    await using folder = await createFolder();
    await using database = await createPostgresDatabase();
    const source = await openAt(database, { code: newer });
    await backUp(database, folder.file);
    await source.destroy();
    await using other = await createPostgresDatabase();
    await expect(restore(other, folder.file)).rejects.toThrow(
      /newer than this code, which does not know AddNotes1764000000010/,
    );
    expect(await readAll(other)).toEqual({});

    await using old = await createPostgresDatabase();
    await (await openAt(old)).destroy();
    const file = `${folder.file}-old`;
    await backUp(old, file);
    await using migrated = await createPostgresDatabase();
    await (await openAt(migrated, { code: newer, content: 'nothing' })).destroy();
    await expect(restore(migrated, file, { code: newer })).rejects.toThrow(
      /not of the same version/,
    );
    await restore(other, file, { code: newer });
    const restored = await openAt(other, { code: newer });
    expect(await restored.manager.count(Thing)).toBe(1);
    expect(await restored.query('SELECT * FROM "notes"')).toEqual([]);
    await restored.destroy();
  });

  it('restores into empty tables only', async () => {
    await using folder = await createFolder();
    await using database = await createPostgresDatabase();
    await (await openAt(database)).destroy();
    await backUp(database, folder.file);
    await expect(restore(database, folder.file)).rejects.toThrow(/is not empty: \w+ has rows/);
    await using foreign = await createPostgresDatabase();
    await (await openAt(foreign, { partner: 'fi', content: 'nothing' })).destroy();
    await expect(restore(foreign, folder.file)).rejects.toThrow(/belongs to fi/);
    await using migrated = await createPostgresDatabase();
    await (await openAt(migrated, { content: 'nothing' })).destroy();
    await restore(migrated, folder.file);
    expect(await readAll(migrated)).toEqual(await readAll(database));
  });

  it('restores nothing if rows refer to missing rows', async () => {
    await using folder = await createFolder();
    await using database = await createPostgresDatabase();
    const source = await openAt(database);
    await source.query('ALTER TABLE "kinds" DROP CONSTRAINT "fk_kinds_parent"');
    await source.query(`INSERT INTO "kinds" ("id", "parent") VALUES ('a', 'nobody')`);
    await backUp(database, folder.file);
    await source.destroy();
    await using other = await createPostgresDatabase();
    await expect(restore(other, folder.file)).rejects.toThrow(/refused .*: 23503/);
    const rows = Object.values(await readAll(other)).flat();
    expect(rows).toEqual([]);
  });

  it('restores a table of the operator’s own once it exists', async () => {
    await using folder = await createFolder();
    await using database = await createPostgresDatabase();
    const source = await openAt(database);
    await source.query('CREATE TABLE "own" ("a" int)');
    await source.query('INSERT INTO "own" VALUES (1)');
    await backUp(database, folder.file);
    await source.destroy();
    await using other = await createPostgresDatabase();
    await expect(restore(other, folder.file)).rejects.toThrow(/a table own that/);
    const target = await openPartnerDatabase(definition, other.url);
    await target.query('CREATE TABLE "own" ("a" int)');
    await target.destroy();
    await restore(other, folder.file);
    expect(await readAll(other)).toEqual(await readAll(database));
  });

  it('refuses while a partner runs, and the partner refuses to start meanwhile', async () => {
    await using folder = await createFolder();
    await using database = await createPostgresDatabase();
    const source = await openAt(database);
    await backUp(database, folder.file);
    await source.destroy();
    await using other = await createPostgresDatabase();
    const running = await openAt(other, { content: 'nothing' });
    await expect(restore(other, folder.file)).rejects.toThrow(/in use. Stop the partner dk first/);
    await running.destroy();
    let refused: unknown;
    await restorePostgres({
      from: folder.file,
      partner: 'dk',
      url: other.url,
      migrations: nameMigrations(definition),
      async open(only) {
        refused = await openAt(other).catch((error: unknown) => error);
        return openPartnerDatabase(definition, other.url, { only });
      },
      identityFile: undefined,
      at,
    });
    expect(String(refused)).toMatch(/is being restored/);
    await (await openAt(other)).destroy();
  });
});
