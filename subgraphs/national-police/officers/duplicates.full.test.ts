// cspell:ignore Aune Eero Virta
import { bothDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Expert } from '../entities/expert.entity.js';
import { Officer } from '../entities/officer.entity.js';
import { openWrittenPolice, type WrittenPolice } from '../testing/test-mutations.js';

const oili = { name: 'Oili Öhmänvaara', email: 'oili.ohman@example.org' };

const people = [
  {
    name: 'registerOfficer',
    entity: Officer,
    erase: 'eraseOfficer',
    change: 'changeOfficer',
    key: 'officer',
  },
  {
    name: 'registerExpert',
    entity: Expert,
    erase: 'eraseExpert',
    change: 'changeExpert',
    key: 'expert',
  },
] as const;

type Register = (typeof people)[number];

/** The refusal of a call; undefined for one that registers. */
async function refusalOf(
  police: WrittenPolice,
  { name }: Register,
  change: object,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const { errors } = await police.try(name, { ...oili, ...change });
  return errors?.[0]?.extensions;
}

describe.each(bothDatabases)('DUPLICATE on $name', (kind) => {
  it.each(people)('refuses $name of somebody who stands, with her id', async (register) => {
    await using police = await openWrittenPolice(kind);
    const { id } = await police.write(register.name, oili);
    const duplicate = { code: 'RULE_VIOLATED', rule: 'DUPLICATE', argument: 'input.email', id };
    for (const change of [
      {},
      { name: 'OILI OHMANVAARA' },
      { name: ' Oili Öhmänvaara ', email: 'Oili.Ohman@Example.org' },
      { name: 'Oili\u00a0 Öhmänvaara.' },
      { isAnother: false },
      { isAnother: null },
    ])
      expect(await refusalOf(police, register, change), JSON.stringify(change)).toEqual(duplicate);
    expect(await police.source.manager.countBy(register.entity, { email: oili.email })).toBe(1);
    for (const change of [
      { name: 'Oili Öhman' },
      { email: 'o.ohman@example.org' },
      { email: 'oili-ohman@example.org' },
      { email: null },
      { isAnother: true },
    ])
      expect(await refusalOf(police, register, change), JSON.stringify(change)).toBeUndefined();
    // Two people of one name and without an address may be two people.
    expect(await refusalOf(police, register, { email: null })).toBeUndefined();
  });

  it.each(people)('finds her for $name by an address with or without marks', async (register) => {
    await using police = await openWrittenPolice(kind);
    const [plain, marked] = ['ohman@example.org', 'ÖHMAN@example.org'];
    for (const [name, stored, given] of [
      ['Oili', plain, marked],
      ['Aune', marked.toLowerCase(), marked],
      ['Eero', marked, plain],
    ]) {
      const { id } = await police.write(register.name, { ...oili, name, email: stored });
      expect(await refusalOf(police, register, { name, email: given })).toMatchObject({ id });
    }
  });

  it.each(people)('refuses $change that makes her somebody who stands', async (person) => {
    await using police = await openWrittenPolice(kind);
    const first = await police.write(person.name, oili);
    const aune = { name: 'Aune Virta', email: 'aune.virta@example.org' };
    const { id } = await police.write(person.name, aune);
    let version = 1;
    const change = async (input: object) => {
      const all = { [person.key]: id, email: undefined, version, ...input };
      const { errors } = await police.try(person.change, all);
      if (!errors) version += 1;
      return errors?.[0]?.extensions;
    };
    const duplicate = (field: string) => ({
      code: 'RULE_VIOLATED',
      rule: 'DUPLICATE',
      argument: `input.${field}`,
      id: first.id,
    });
    expect(await change(oili)).toEqual(duplicate('email'));
    expect(await change({ ...oili, isAnother: false })).toEqual(duplicate('email'));
    expect(await change({ name: 'OILI OHMANVAARA' })).toBeUndefined();
    expect(await change({ email: 'Oili.Ohman@example.org' })).toEqual(duplicate('email'));
    expect(await change({ name: aune.name, email: oili.email })).toBeUndefined();
    expect(await change({ name: oili.name })).toEqual(duplicate('name'));
    // Somebody else, as she says, stays so whatever else changes, and may get back her own name.
    expect(await change({ name: oili.name, isAnother: true })).toBeUndefined();
    expect(await change({ ...oili, languages: ['fi'] })).toBeUndefined();
    expect(await change({ name: 'Oili  Öhman', email: null })).toBeUndefined();
    expect(await change({ name: aune.name, email: aune.email })).toBeUndefined();
  });

  it.each(people)('lets $name add somebody who was erased', async (register) => {
    await using police = await openWrittenPolice(kind);
    const { id } = await police.write(register.name, oili);
    const erased = await police.read(
      `mutation ($id: ID!) { ${register.erase}(id: $id) }`,
      { id },
      { kind: 'person', organisation: 'fi', subject: 'x', role: 'coordinator', purpose: undefined },
    );
    expect(erased).toEqual({ [register.erase]: true });
    expect(await refusalOf(police, register, {})).toBeUndefined();
  });

  it.each(people)('leaves one of twenty simultaneous calls of $name', async (register) => {
    await using police = await openWrittenPolice(kind);
    const calls = Array.from({ length: 20 }, () => refusalOf(police, register, {}));
    const refusals = (await Promise.all(calls)).filter((one) => one !== undefined);
    expect(refusals.map((one) => one['rule'])).toEqual(Array(19).fill('DUPLICATE'));
    expect(new Set(refusals.map((one) => one['id'])).size).toBe(1);
    expect(await police.source.manager.countBy(register.entity, { email: oili.email })).toBe(1);
  });

  it('returns the first record to a repetition with its key', async () => {
    await using police = await openWrittenPolice(kind);
    const keyed = { ...oili, idempotencyKey: 'oili' };
    const { id } = await police.write('registerOfficer', keyed);
    expect((await police.write('registerOfficer', keyed)).id).toBe(id);
  });
});
