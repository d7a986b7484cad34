import {
  buildClientSchema,
  execute,
  isAbstractType,
  type DocumentNode,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import { loanResolvers } from './monolith-loans.js';
import { meetingResolvers } from './monolith-meetings.js';
import { networkResolvers } from './monolith-network.js';
import { officeResolvers } from './monolith-offices.js';
import { policeResolvers } from './monolith-police.js';
import { rehearsalResolvers } from './monolith-rehearsals.js';
import { statisticsResolvers } from './monolith-statistics.js';
import { taskResolvers } from './monolith-tasks.js';
import { warningResolvers } from './monolith-warnings.js';
import { ownerOf, policeFields, type Note, type Notes, type Resolvers } from './resolvers.js';
import { withoutPolices, type Row, type Rows } from './rows.js';

export interface Expectation {
  readonly data: unknown;
  readonly errors: readonly string[];
}

/**
 * Fields that need another owner’s facts (`@requires`). If such a value is null, what is missing
 * stands at the field itself, and else at the object.
 */
const derived: ReadonlySet<string> = new Set([
  'ExpertAssignment.status',
  'Group.formalitiesOpen',
  'Group.reportsReceived',
  'Group.state',
  'Group.stateIsCertain',
  'ItineraryStop.confirmed',
  'OfficerNomination.group',
]);

/** The objects and partners of which derived fields lack something, by where that is said. */
interface Lacks {
  readonly atFields: Set<string>;
  /** By the note of the object, which is needed only if no field says so. */
  readonly atObjects: Map<string, string>;
}

const toColumn = (field: string): string =>
  field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The same schema in which every field may be null, so that no null hides what else is missing. */
function withoutNonNull(introspection: IntrospectionQuery): IntrospectionQuery {
  const strip = (type: Row): Row =>
    type.kind === 'NON_NULL'
      ? strip(type.ofType as Row)
      : type.kind === 'LIST'
        ? { ...type, ofType: strip(type.ofType as Row) }
        : type;
  const copy = structuredClone(introspection) as Row;
  for (const type of copy.__schema.types as Row[])
    for (const field of (type.fields ?? []) as Row[]) field.type = strip(field.type as Row);
  return copy as IntrospectionQuery;
}

/**
 * One schema over all rows, run by graphql-js alone: what the network has to answer when these polices are away.
 * Written for nothing but to be compared with, it shares no code with what it is compared with.
 */
export function createMonolith(
  introspection: IntrospectionQuery,
  allRows: Rows,
): (document: DocumentNode, variables: Row, away: readonly string[]) => Expectation {
  const schema = buildClientSchema(introspection);
  const nullable = buildClientSchema(withoutNonNull(introspection));
  return (document, variables, away) => {
    const rows = withoutPolices(allRows, away);
    const resolvers: Resolvers = {
      ...policeResolvers(rows, away),
      ...officeResolvers(rows),
      ...loanResolvers(rows, away),
      ...networkResolvers(rows, away, allRows),
      ...meetingResolvers(rows),
      ...warningResolvers(allRows),
      ...statisticsResolvers(rows, away),
      ...rehearsalResolvers(rows),
      ...taskResolvers(rows, allRows),
    };
    const notes: Notes = new Set();
    const lacks: Lacks = { atFields: new Set(), atObjects: new Map() };
    const run = (over: GraphQLSchema) =>
      execute({
        schema: over,
        document,
        variableValues: variables,
        fieldResolver: createFieldResolver(resolvers, notes, lacks),
        typeResolver: (value: Row) => value.__typename as string,
      });
    const { data, errors } = run(schema) as Awaited<ReturnType<typeof run>>;
    // The monolith’s own errors are the nulls that absent rows put where a type has none. Any other is a fault in it.
    for (const { message } of errors ?? [])
      if (!message.startsWith('Cannot return null for non-nullable')) throw new Error(message);
    void run(nullable);
    for (const [note, lack] of lacks.atObjects) if (!lacks.atFields.has(lack)) notes.add(note);
    return {
      data: JSON.parse(JSON.stringify(data ?? null)) as unknown,
      errors: [...notes].sort(),
    };
  };
}

function createFieldResolver(
  resolvers: Resolvers,
  notes: Notes,
  lacks: Lacks,
): GraphQLFieldResolver<unknown, unknown, Row> {
  return (source, args, _context, info) => {
    const row = (source ?? {}) as Row;
    const { parentType, fieldName, path } = info;
    if (isAbstractType(parentType)) throw new Error(`${parentType.name} is no object.`);
    const isRoot = parentType.name === 'Query';
    const place = isRoot ? path : path.prev;
    const note: Note = {
      missing: (...partners) => {
        for (const partner of partners)
          notes.add(`${toPath(place).join('.')} PARTNER_UNAVAILABLE ${partner}`);
      },
      badInput: (partner) => void notes.add(`${toPath(place).join('.')} BAD_USER_INPUT ${partner}`),
      notFound: () => void notes.add(`${toPath(place).join('.')} NOT_FOUND`),
    };
    const coordinate = `${parentType.name}.${fieldName}`;
    if (row.isAway && policeFields.has(coordinate)) {
      const at = derived.has(coordinate) ? path : place;
      notes.add(`${toPath(at).join('.')} PARTNER_UNAVAILABLE ${ownerOf(row.id as string)}`);
      return null;
    }
    const resolver = resolvers[coordinate];
    if (resolver && derived.has(coordinate)) {
      const lacking: string[] = [];
      const missing = (...partners: readonly string[]) => void lacking.push(...partners);
      const value = resolver(row, args, { ...note, missing }, info) ?? null;
      const object = toPath(place).join('.');
      for (const partner of lacking) {
        const lack = `${object} ${partner}`;
        if (value === null) {
          lacks.atFields.add(lack);
          notes.add(`${toPath(path).join('.')} PARTNER_UNAVAILABLE ${partner}`);
        } else lacks.atObjects.set(`${object} PARTNER_UNAVAILABLE ${partner}`, lack);
      }
      return value;
    }
    if (resolver) return resolver(row, args, note, info) ?? null;
    if (isRoot) throw new Error(`${coordinate} is not in the monolith.`);
    return row[toColumn(fieldName)] ?? row[fieldName] ?? null;
  };
}

function toPath(path: GraphQLResolveInfo['path'] | undefined): (string | number)[] {
  return path ? [...toPath(path.prev), path.key] : [];
}
