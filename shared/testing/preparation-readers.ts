import type { Reader } from '../identity/reader.js';
import type { Role } from '../identity/token.js';
import type { JourneyMoment } from './journey-moments.js';
import { readerOf, type TestPartner } from './open-test-partner.js';

/** Whose people prepare for a journey, and who reads what they have and need. */
export interface Preparation {
  /** The root field and the type of its people: `officer`, `Officer`. */
  readonly field: string;
  readonly type: string;
  readonly group: string;
  /** A member of the group, with formalities and needs. */
  readonly member: string;
  /** Somebody without a place in a group. */
  readonly nominee: string;
  /** The organisation that sends them. */
  readonly own: string;
  /** The organisations whose co-ordinators read the formalities of members. */
  readonly formalityReaders: readonly string[];
  /** The organisation that hosts the group. Its co-ordinators read needs while the group is near. */
  readonly host: string;
  /** An organisation that has no part in it. */
  readonly stranger: string;
}

const roles: readonly Role[] = ['analyst', 'coordinator', 'liaison', 'auditor', 'service'];

/** What a reader gets: the things that are not null. */
interface Seen {
  readonly formalities: boolean;
  readonly outstanding: boolean;
  readonly travelNeeds: boolean;
}

async function read(
  partner: TestPartner,
  { field, type, group }: Preparation,
  id: string,
  reader: Reader,
): Promise<Seen[]> {
  const fields = `formalities(group: "${group}") { kind status on note } outstanding(group: "${group}") travelNeeds { diet access emergencyContact }`;
  const results: Seen[] = [];
  for (const path of [`{ it: ${field}(id: "${id}") { ${fields} } }`, entityOf(type, id, fields)]) {
    const { data, errors = [] } = await partner.ask(path, {}, reader);
    const other = errors.find(({ extensions }) => extensions.code !== 'FORBIDDEN');
    if (other) throw new Error(`${path}: ${JSON.stringify(other)}`);
    const [it] = [data?.['it'] ?? null].flat() as (Record<string, unknown> | null)[];
    const isSeen = (name: keyof Seen) => it?.[name] != null;
    results.push({
      formalities: isSeen('formalities'),
      outstanding: isSeen('outstanding'),
      travelNeeds: isSeen('travelNeeds'),
    });
  }
  return results;
}

const entityOf = (type: string, id: string, fields: string): string =>
  `{ it: _entities(representations: [{ __typename: "${type}", id: "${id}" }]) { ... on ${type} { ${fields} } } }`;

/**
 * What every reader gets of formalities, of what is outstanding and of travel needs, on both access
 * paths, and what the agreement between the organisations says. It is written independently of the
 * policies.
 */
export async function* comparePreparationReaders(
  partner: TestPartner,
  preparation: Preparation,
  moment: JourneyMoment,
): AsyncGenerator<{ readonly reader: string; readonly seen: Seen; readonly expected: Seen }> {
  const { own, formalityReaders, host, stranger, member, nominee } = preparation;
  const organisations = new Set([own, 'nbnp', ...formalityReaders, host, stranger]);
  const people = [...organisations].flatMap((organisation) =>
    roles.map((role) => ({ organisation, role })),
  );
  for (const who of [undefined, ...people]) {
    const isOwn = who?.organisation === own && /coordinator|liaison|service/.test(who.role);
    const runs = (names: readonly string[]) =>
      who !== undefined && names.includes(who.organisation) && /coordinator|service/.test(who.role);
    const arrangers = (names: readonly string[]) => (moment.isLongOver ? [] : names);
    const formalities = isOwn || runs(arrangers(formalityReaders));
    const travelNeeds = isOwn || runs(moment.isNear ? ['nbnp', host] : arrangers(['nbnp']));
    const reader = who ? readerOf(who.organisation, who.role) : ({ kind: 'anonymous' } as const);
    for (const [id, expected] of [
      [member, { formalities, outstanding: formalities, travelNeeds }],
      // A nominee has no needs yet.
      [nominee, { formalities: isOwn, outstanding: isOwn, travelNeeds: false }],
    ] as const)
      for (const seen of await read(partner, preparation, id, reader))
        yield { reader: `${JSON.stringify(reader)} of ${id}`, seen, expected };
  }
}
