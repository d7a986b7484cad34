import { FormalityKind } from '../programme/vocabulary/enums.js';
import type { TestPartner } from './open-test-partner.js';

/** How a person of a partner comes to have nothing outstanding. */
export interface OutstandingPerson {
  /** The root field of the person, and the mutation that erases her: `officer`, `eraseOfficer`. */
  readonly field: string;
  readonly erase: string;
  readonly id: string;
  readonly group: string;
  receiveFormality(kind: FormalityKind): Promise<unknown>;
  receiveReport(): Promise<unknown>;
}

type Outstanding = Readonly<Record<'ofGroup' | 'ofAnother', readonly string[]>>;

/**
 * What is outstanding of a person for her group and for another one, and what should be: until the
 * last formality and the report come, or she is erased.
 */
export async function* compareOutstanding(
  partner: TestPartner,
  { field, erase, id, group, receiveFormality, receiveReport }: OutstandingPerson,
): AsyncGenerator<{ readonly seen: Outstanding; readonly expected: Outstanding }> {
  const query = `{ it: ${field}(id: "${id}") {
    ofGroup: outstanding(group: "${group}") ofAnother: outstanding(group: "nbnp:another") } }`;
  const read = async () => (await partner.read<{ it: Outstanding }>(query)).it;
  const both = ['FORMALITIES', 'REPORT'];
  yield { seen: await read(), expected: { ofGroup: both, ofAnother: both } };
  const [last, ...others] = Object.values(FormalityKind);
  for (const kind of others) await receiveFormality(kind);
  yield { seen: await read(), expected: { ofGroup: both, ofAnother: both } };
  if (last) await receiveFormality(last);
  yield { seen: await read(), expected: { ofGroup: ['REPORT'], ofAnother: both } };
  await receiveReport();
  yield { seen: await read(), expected: { ofGroup: [], ofAnother: both } };
  await partner.read(`mutation { ${erase}(id: "${id}") }`);
  yield { seen: await read(), expected: { ofGroup: [], ofAnother: [] } };
}
