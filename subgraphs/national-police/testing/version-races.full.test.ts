import { bothDatabases } from '@hub/shared/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openWrittenPolice, type MutationName } from './test-mutations.js';

type Versioned = { readonly version: number } & Readonly<Record<string, unknown>>;

interface Parts {
  readonly formalities: readonly Versioned[];
  readonly travelNeeds: Versioned | null;
  readonly report: Versioned | null;
}

const parts = `{ officer(id: "fi:demo-officer-5") {
  formalities(group: "nbnp:g") { note version } travelNeeds { diet version } report { text version }
} }`;

const mutations: readonly {
  readonly name: MutationName;
  /** The text that everybody writes. */
  readonly field: string;
  find(officer: Parts): Versioned | null | undefined;
}[] = [
  { name: 'recordOfficerFormality', field: 'note', find: ({ formalities }) => formalities[0] },
  { name: 'setOfficerTravelNeeds', field: 'diet', find: ({ travelNeeds }) => travelNeeds },
  { name: 'correctOfficerReport', field: 'text', find: ({ report }) => report },
];

/** How far behind the recorded version each writer is; nobody is ahead. */
const writers = fc.array(fc.nat({ max: 1 }), { minLength: 2, maxLength: 6 });

describe.each(bothDatabases)('Concurrent writes on $name', (kind) => {
  it.each(mutations)('of $name by one version are written once', async ({ name, field, find }) => {
    await using police = await openWrittenPolice(kind);
    await police.write('handInOfficerReport');
    const readPart = async () => find((await police.read(parts))['officer'] as Parts);
    for (const behind of [[0, 0], ...fc.sample(writers, { numRuns: 6, seed: 29 })]) {
      const before = (await readPart())?.version ?? 0;
      const responses = await Promise.all(
        behind.map((by, index) =>
          police.try(name, { [field]: `Text ${index}`, version: before - by }),
        ),
      );
      const written = responses.flatMap(({ errors }, index) => (errors ? [] : [index]));
      expect(written.length, JSON.stringify(behind)).toBe(behind.includes(0) ? 1 : 0);
      expect(written.every((index) => behind[index] === 0)).toBe(true);
      const after = await readPart();
      const version = before + written.length;
      expect(after?.version ?? 0).toBe(version);
      for (const index of written) expect(after?.[field]).toBe(`Text ${index}`);
      for (const { errors } of responses)
        if (errors)
          expect(errors[0]?.extensions).toEqual({
            code: 'CONFLICT',
            argument: 'input.version',
            currentVersion: expect.any(Number) as number,
          });
    }
  });

  it.each(mutations)('of $name without a version raise it too', async ({ name, field, find }) => {
    await using police = await openWrittenPolice(kind);
    await police.write('handInOfficerReport');
    const readVersion = async () =>
      find((await police.read(parts))['officer'] as Parts)?.version ?? 0;
    const before = await readVersion();
    for (const text of ['One', 'Two']) await police.write(name, { [field]: text });
    expect(await readVersion()).toBe(before + 2);
  });
});
