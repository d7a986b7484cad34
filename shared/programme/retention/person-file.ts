import {
  Arg,
  Ctx,
  Directive,
  Field,
  FieldResolver,
  ID,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import type { EntityManager, ObjectLiteral } from 'typeorm';
import { Access, Self } from '../../identity/access.js';
import { Invitation, ParticipantSession } from '../../partner/participants/session.entity.js';
import { ownerOf } from '../../policy/codes.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import type { Levels } from '../../policy/levels.js';
import { isOneOf } from '../../policy/readers.js';
import { mostReadings, type Part, signPart } from '../../records/evidence/person-file.js';
import { readReadings } from '../../records/people/read-readings.js';
import { Erasure } from '../journeys/erasure.entity.js';
import type { PersonalData, PersonRows } from './erase-person.js';
import { RetentionHold } from './hold.entity.js';
import { RetentionNotice } from './retention.entity.js';

/** What the kit stores of every person of a partner’s own. Hashes of secrets are of no use to her. */
const ofEverybody: readonly PersonRows[] = [
  { entity: RetentionNotice, person: 'person' },
  { entity: RetentionHold, person: 'person' },
  { entity: Erasure, person: 'person' },
  { entity: Invitation, person: 'personId', without: ['secretHash'] },
  { entity: ParticipantSession, person: 'personId', without: ['secretHash', 'previousHash'] },
];

/** The tables whose rows about a person are in her file, each once, her own record first. */
export function listFileRows({ people, tables, stays = [] }: PersonalData): readonly PersonRows[] {
  const all = [...stays, ...tables, ...(people ? ofEverybody : [])];
  const own = all.filter(({ entity }) => entity === people);
  return [...new Map([...own, ...all].map((rows) => [rows.entity, rows])).values()];
}

async function findRows(
  manager: EntityManager,
  { entity, person, isList = false }: PersonRows,
  id: string,
): Promise<ObjectLiteral[]> {
  if (!isList) return manager.findBy(entity, { [person]: id });
  const rows = await manager
    .createQueryBuilder<ObjectLiteral>(entity, 'one')
    .where(`one.${person} LIKE :text`, { text: `%${JSON.stringify(id)}%` })
    .getMany();
  return rows.filter((row) => (row[person] as readonly string[]).includes(id));
}

async function readRows(
  manager: EntityManager,
  data: PersonalData,
  person: string,
): Promise<Part['rows']> {
  const found: Part['rows'] = [];
  for (const rows of listFileRows(data)) {
    const { tableName, columns } = manager.connection.getMetadata(rows.entity);
    const names = columns
      .map(({ propertyName }) => propertyName)
      .filter((name) => !rows.without?.includes(name));
    for (const row of await findRows(manager, rows, person)) {
      // Others who were at the same meeting are not hers.
      const valueOf = (name: string): unknown =>
        rows.isList === true && name === rows.person ? [person] : (row[name] as unknown);
      found.push({
        table: tableName,
        columns: Object.fromEntries(names.map((name) => [name, valueOf(name) ?? null])),
      });
    }
  }
  return found;
}

type Readings = Pick<Part, 'readings' | 'hasMoreReadings' | 'readingsToldSince'>;

/** Without who read: that is named to auditors of the reader’s own organisation alone. */
async function listReadings(context: PartnerContext, person: string): Promise<Readings> {
  const readings: Part['readings'] = [];
  let after: string | null = null;
  for (;;) {
    const { nodes, pageInfo, toldSince } = await readReadings(context, person, {
      first: 1_000,
      after,
    });
    for (const { id: _, owner: __, reader: ___, fields, ...reading } of nodes)
      readings.push({ ...reading, fields: [...fields] });
    after = pageInfo.endCursor;
    const hasMoreReadings = pageInfo.hasNextPage;
    if (!hasMoreReadings || readings.length >= mostReadings)
      return { readings, hasMoreReadings, readingsToldSince: toldSince };
  }
}

/** The contract’s `PersonFilePart`, which every partner publishes. */
@Directive('@shareable')
@ObjectType('PersonFilePart', { description: 'All that one organisation holds about one person.' })
@Access('files')
class PersonFilePart {
  @Field(() => String, {
    description:
      'A compact JWS of the type `hub-person-file+jwt`, signed by the organisation that holds it.',
  })
  statement: string;
}

/** All that a partner holds about a person, signed by it. */
async function writePart(
  context: PartnerContext,
  data: PersonalData,
  person: string,
): Promise<PersonFilePart> {
  const { partner, source, clock, signingKey } = context;
  if (!signingKey) throw new Error(`${partner} has no key to sign with.`);
  // PostgreSQL refuses a text with NUL, which no id has.
  const rows = person.includes('\0') ? [] : await readRows(source.manager, data, person);
  const readings = await listReadings(context, person);
  const at = clock().toISOString();
  const part: Part = { form: 1, issuer: partner, person, at, rows, ...readings };
  return { statement: await signPart(part, await signingKey()) };
}

const about = '`/export/person.json` puts the parts of all organisations together.';

/** Makes the resolver of the file about a partner’s own people of one type. */
export function createPersonFile(
  of: new () => { readonly id: string },
  data: PersonalData,
): Function {
  @Resolver(() => of)
  class PersonFile {
    @FieldResolver(() => PersonFilePart, {
      nullable: true,
      description: `All that this organisation holds about the person, with all readings. ${about}`,
    })
    @Access('ownFile')
    @Self()
    personFile(
      @Root() { id }: { readonly id: string },
      @Ctx() context: PartnerContext,
    ): Promise<PersonFilePart> {
      return writePart(context, data, id);
    }
  }
  return PersonFile;
}

/** `personFile` is the level of the field. */
const fileReaders: Levels = {
  personFile: {
    readers: 'co-ordinators of the organisation that registered the person',
    decide: (_row, { reader }, { person }) =>
      typeof person === 'string' && isOneOf(reader, ownerOf(person), ['coordinator']),
  },
};

/** The same for what the network holds about people of others: its resolver, and who may ask. */
export function createNetworkPersonFile(data: PersonalData): {
  readonly resolver: Function;
  readonly levels: Levels;
} {
  @Resolver()
  class NetworkPersonFile {
    @Query(() => PersonFilePart, {
      nullable: true,
      description: `All that the network holds about a person, with all readings. ${about}`,
    })
    @Access('personFile')
    @Self()
    async networkPersonFile(
      @Arg('person', () => ID, { description: 'Id of the officer, delegate or expert: `dk:…`.' })
      person: string,
      @Ctx() context: PartnerContext,
    ): Promise<PersonFilePart> {
      const part = await writePart(context, data, person);
      context.disclosures.note('Query', 'networkPersonFile', '', person);
      return part;
    }
  }
  return { resolver: NetworkPersonFile, levels: fileReaders };
}
