import {
  getNamedType,
  isLeafType,
  isObjectType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { DataSource, EntityMetadata } from 'typeorm';
import type { Policies, TypePolicy } from '../../policy/type-policy.js';
import { aboutRecord } from '../../records/changes/about-record.js';
import type { Audience } from './notice.js';

/** What a notice says of a record, besides its id. */
interface Description {
  readonly type: string;
  /** The record’s version, if everybody may read it. */
  readonly version: number | null;
  /** Who may be told that these fields of the record have changed. */
  audienceOf(fields: readonly string[]): Audience;
}

/** Describes records by their ids. A record that is gone, or of no type of the schema, is left out. */
export type DescribeSubjects = (
  subjects: readonly string[],
) => Promise<ReadonlyMap<string, Description>>;

/** A table in which subjects are looked up. */
interface SubjectTable extends Pick<Description, 'type' | 'audienceOf'> {
  readonly metadata: EntityMetadata;
  readonly property: string;
  readonly hasOpenVersion: boolean;
}

const open = 'open';
/** Every signed-in caller reads fields of these levels. */
const signedInLevels = [open, 'signedIn'];

/** What a partner says about another organisation’s record is not its to show. */
const strictest = (): Audience => 'changes';

/**
 * Whether everybody gets the same of a record. A type that may be cached for every caller is such a
 * type; of others, even an open field may have values that some callers do not get.
 */
const isForEverybody = ({ object, fields, maxAge = 0 }: TypePolicy): boolean =>
  object === open && fields['id'] === open && maxAge > 0;

/** Every change raises it, so it says nothing about what has changed. */
const versionField = 'version';

/**
 * Whoever may read a record’s id may read its fields of the same level. A change of stricter fields
 * alone is told only to those who read the record of changes anyway. A field that leads to other
 * objects is as strict as these.
 */
function createAudience(
  type: GraphQLObjectType,
  policy: TypePolicy,
  policies: Policies,
): Description['audienceOf'] {
  const ofReaders = new Set([...signedInLevels, policy.object, policy.fields['id']]);
  /** The policies that a reading of the field needs: its own type’s, and that of what it leads to. */
  const read = (field: string) => {
    const level = policy.fields[field];
    const definition = type.getFields()[field];
    if (level === undefined || !definition || field === versionField) return undefined;
    const target = getNamedType(definition.type);
    return { level, target: isLeafType(target) ? undefined : (policies[target.name] ?? closed) };
  };
  return (changed) => {
    const found = changed.flatMap((field) => read(field) ?? []);
    const isOpen = found.some(
      ({ level, target }) =>
        level === open &&
        (target === undefined || (target.object === open && (target.maxAge ?? 0) > 0)),
    );
    if (isOpen && isForEverybody(policy)) return 'everybody';
    const isRead = found.some(
      ({ level, target }) => ofReaders.has(level) && (!target || ofReaders.has(target.object)),
    );
    return isRead ? 'readers' : 'changes';
  };
}

/** For what has no policy, such as an interface. */
const closed: Pick<TypePolicy, 'object' | 'maxAge'> = { object: 'closed' };

/** The records of a type come before what is only said about records of a type. */
function listTables(source: DataSource, schema: GraphQLSchema, policies: Policies): SubjectTable[] {
  const own: SubjectTable[] = [];
  const about: SubjectTable[] = [];
  for (const metadata of source.entityMetadatas) {
    const said = aboutRecord(metadata.target);
    if (said) about.push({ metadata, ...said, hasOpenVersion: false, audienceOf: strictest });
    const type = schema.getType(metadata.targetName);
    const policy = policies[metadata.targetName];
    const isRecord = metadata.primaryColumns.some(({ propertyName }) => propertyName === 'id');
    if (said || !isRecord || !isObjectType(type) || !type.getFields()['id'] || !policy) continue;
    const hasVersion = metadata.findColumnWithPropertyName('version') !== undefined;
    own.push({
      metadata,
      type: type.name,
      property: 'id',
      hasOpenVersion: isForEverybody(policy) && hasVersion && policy.fields[versionField] === open,
      audienceOf: createAudience(type, policy, policies),
    });
  }
  return [...own, ...about];
}

/**
 * Finds the types of changed records, in the tables of the types of the schema. The rules beside the
 * fields decide who may be told.
 */
export function createDescribeSubjects(
  source: DataSource,
  schema: GraphQLSchema,
  policies: Policies,
): DescribeSubjects {
  const tables = listTables(source, schema, policies);
  return async (subjects) => {
    const found = new Map<string, Description>();
    for (const { metadata, property, hasOpenVersion, type, audienceOf } of tables) {
      const unknown = subjects.filter((subject) => !found.has(subject));
      if (unknown.length === 0) break;
      const query = source.manager
        .createQueryBuilder(metadata.target, 'row')
        .select(`row.${property}`, 'subject')
        .distinct(true)
        .where(`row.${property} IN (:...unknown)`, { unknown });
      if (hasOpenVersion) query.addSelect('row.version', 'version');
      const rows = await query.getRawMany<{ subject: string; version?: number }>();
      for (const { subject, version = null } of rows) {
        found.set(subject, { type, version, audienceOf });
      }
    }
    return found;
  };
}
