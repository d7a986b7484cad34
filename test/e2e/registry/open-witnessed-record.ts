import { inner } from '@hub/shared/testing';

/** A partner’s database with a record whose ends are handed in. */
export async function openWitnessedRecord(url: string) {
  const source = await inner.openDatabase({
    url,
    entities: [...inner.disclosureEntities, inner.NetworkHead, inner.HeadOpening],
    migrations: [
      ...inner.disclosureMigrations,
      inner.CreateNetworkHeads1764000008000,
      inner.CreateHeadOpenings1796018400000,
    ],
  });
  return Object.assign(source, {
    async read(count: number) {
      const reader = { kind: 'person', organisation: 'no', subject: 'no:eva' } as const;
      for (let time = 0; time < count; time += 1)
        await inner.recordDisclosures({
          source,
          reader: { ...reader, role: 'analyst', purpose: undefined },
          operationName: null,
          readings: [{ type: 'Officer', fields: ['name'], records: 1 }],
          at: new Date(),
        });
    },
    [Symbol.asyncDispose]: () => source.destroy(),
  });
}
