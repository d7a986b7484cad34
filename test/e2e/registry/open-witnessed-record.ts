import { openDatabase } from '@hub/shared/database';
import {
  CreateHeadOpenings1796018400000,
  CreateNetworkHeads1764000008000,
  disclosureEntities,
  disclosureMigrations,
  HeadOpening,
  NetworkHead,
  recordDisclosures,
} from '@hub/shared/records';

/** A partner’s database with a record whose ends are handed in. */
export async function openWitnessedRecord(url: string) {
  const source = await openDatabase({
    url,
    entities: [...disclosureEntities, NetworkHead, HeadOpening],
    migrations: [
      ...disclosureMigrations,
      CreateNetworkHeads1764000008000,
      CreateHeadOpenings1796018400000,
    ],
  });
  return Object.assign(source, {
    async read(count: number) {
      const reader = { kind: 'person', organisation: 'no', subject: 'no:eva' } as const;
      for (let time = 0; time < count; time += 1)
        await recordDisclosures({
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
