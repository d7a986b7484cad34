import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTrust } from './applications.js';

const text = '{ __typename }';
const hash = createHash('sha256').update(text).digest('hex');

describe('readTrust', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'trusted-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (name: string, value: unknown) => {
    const file = join(folder, name);
    writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
    return file;
  };
  const application = { name: 'contacts', version: '1.2', owner: 'dk', manifest: 'manifest.json' };

  it.each([hash, `sha256:${hash}`])('reads a manifest whose ids are written %s', (id) => {
    write('manifest.json', { [id]: text });
    const { applications, modes } = readTrust(
      write('trust.json', { modes: { anonymous: 'only' }, applications: [application] }),
    );
    expect(applications).toEqual([
      { name: 'contacts', version: '1.2', owner: 'dk', documents: new Map([[hash, text]]) },
    ]);
    expect(modes).toEqual({
      anonymous: 'only',
      analyst: 'prefer',
      coordinator: 'prefer',
      liaison: 'prefer',
      auditor: 'prefer',
    });
  });

  it.each([
    ['a text that was changed', { [hash]: '{ id }' }, `${hash} is not the hash of its document`],
    ['an id of another form', { first: text }, 'first Invalid key'],
    ['no JSON', '{', 'cannot be read as JSON'],
  ])('refuses a manifest with %s, and names the file', (_what, manifest, reason) => {
    const file = write('manifest.json', manifest);
    const trust = write('trust.json', { applications: [application] });
    expect(() => readTrust(trust)).toThrow(reason);
    expect(() => readTrust(trust)).toThrow(file);
  });

  it.each([
    ['a mode that does not exist', { modes: { analyst: 'always' } }, 'modes.analyst'],
    ['a role that is no person’s', { modes: { service: 'only' } }, 'modes'],
    ['an application without an owner', { applications: [{ ...application, owner: '' }] }, 'owner'],
    ['a misspelt key', { application: [] }, 'application'],
  ])('refuses %s, and says where', (_what, value, place) => {
    expect(() => readTrust(write('trust.json', value))).toThrow(place);
  });

  it('refuses a file that is not there', () => {
    expect(() => readTrust(join(folder, 'none.json'))).toThrow('cannot be read');
  });
});
