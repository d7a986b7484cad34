import type { EntityManager } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { checkVersion, findForChange, findPerson } from './find-for-change.js';

class Note {
  id: string;
}

describe('findForChange', () => {
  const asked: unknown[] = [];
  const manager = {
    findOneBy: (_entity: unknown, where: { id: string }) => {
      asked.push(where);
      return Promise.resolve(where.id === 'dk:1' ? { id: 'dk:1' } : null);
    },
  } as unknown as EntityManager;

  it('finds the record, or names the argument without one', async () => {
    expect(await findForChange(manager, Note, 'dk:1', 'input.id')).toEqual({ id: 'dk:1' });
    await expect(findForChange(manager, Note, 'dk:2', 'input.id')).rejects.toMatchObject({
      extensions: { code: 'NOT_FOUND', argument: 'input.id' },
    });
  });

  it('does not query an id with NUL', async () => {
    asked.length = 0;
    await expect(findForChange(manager, Note, 'dk:1\0', 'input.id')).rejects.toMatchObject({
      extensions: { code: 'NOT_FOUND', argument: 'input.id' },
    });
    expect(asked).toEqual([]);
  });
});

describe('checkVersion', () => {
  it('accepts a change with the present version', () => {
    expect(() => checkVersion({ version: 3 }, 3)).not.toThrow();
  });

  it.each([2, 4])('rejects another version, and returns the present one: %s', (version) => {
    let refusal: unknown;
    try {
      checkVersion({ version: 3 }, version);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toMatchObject({
      extensions: { code: 'CONFLICT', currentVersion: 3, argument: 'input.version' },
    });
  });
});

describe('findPerson', () => {
  class Person {
    id: string;
    name: string | null;
    version: number;
  }
  const people: readonly Person[] = [
    { id: 'dk:1', name: 'Anna', version: 2 },
    { id: 'dk:2', name: null, version: 2 },
  ];
  const manager = {
    findOneBy: (_entity: unknown, { id }: { id: string }) =>
      Promise.resolve(people.find((person) => person.id === id) ?? null),
  } as unknown as EntityManager;
  const find = (id: string, version?: number) =>
    findPerson(manager, Person, id, 'input.officer', version);

  it('finds a person with a name, by any version or by the present one', async () => {
    expect(await find('dk:1')).toMatchObject({ name: 'Anna' });
    expect(await find('dk:1', 2)).toMatchObject({ name: 'Anna' });
  });

  it.each([
    ['an unknown person', 'dk:3', undefined, { code: 'NOT_FOUND', argument: 'input.officer' }],
    ['an erased person', 'dk:2', 2, { rule: 'ERASED', argument: 'input.officer' }],
    ['another version, before the erasure', 'dk:2', 1, { code: 'CONFLICT', currentVersion: 2 }],
  ])('refuses %s', async (_case, id, version, extensions) => {
    await expect(find(id, version)).rejects.toMatchObject({ extensions });
  });
});
