import {
  buildASTSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  Kind,
  parse,
  valueFromASTUntyped,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cloneFolder } from '../../network/running-command.js';

/*
 * What a response says about people, read from its bytes: by the list of this file, and not by the partners’ policies
 * or notes.
 */

const own = { Formality: ['kind', 'status', 'on', 'note', 'version'] };
const needs = { TravelNeeds: ['diet', 'access', 'emergencyContact', 'version'] };
const report = { ParticipantReport: ['text'] };
const prepared = ['formalities', 'outstanding', 'travelNeeds', 'readings', 'personFile'];

/** The restricted fields about people, by subgraph and type. */
const restricted: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'national-police': {
    ...own,
    ...needs,
    ...report,
    Officer: ['name', 'email', 'rank', ...prepared],
    OfficerNomination: ['motivation', 'hasFormalities'],
    Expert: ['name', 'email', 'readings', 'personFile'],
    ExpertAssignment: [
      'loanGranted',
      'loanDecidedOn',
      'loanGrantedVersion',
      'loanReason',
      'isLoanPutBack',
      'loanWithdrawnOn',
    ],
  },
  'ncm-offices': {
    ...own,
    ...needs,
    ...report,
    Delegate: ['name', 'email', 'employer', ...prepared],
    DelegateNomination: ['motivation', 'reason', 'hasFormalities'],
  },
  nbnp: {
    OfficerNomination: ['reason', 'declineReason'],
    Absence: ['reason'],
    Expert: ['assignments'],
    ExpertAssignment: [
      'id',
      'expertId',
      'role',
      'languages',
      'assignedOn',
      'visit',
      'status',
      'isRehearsal',
    ],
    Task: ['id', 'kind', 'subject', 'since', 'dueOn', 'cause', 'group', 'visit', 'isUncertain'],
  },
};

/** The types of which a whole row may be refused. */
const people = new Set(['Officer', 'Delegate', 'Expert']);
/** Their rows have no id, and stand below the person. */
const below = new Set(['Formality', 'TravelNeeds', 'ParticipantReport', 'ExpertAssignment']);
const ofMembers = new Set(['COMPLETE_FORMALITIES', 'HAND_IN_REPORT']);

/** One restricted field of one person in one response. */
interface Told {
  readonly person: string;
  readonly type: string;
  /** Empty for a row that was refused as a whole. */
  readonly field: string;
  readonly wasRefused: boolean;
}

interface Body {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

interface Response {
  readonly data?: Row | null;
  readonly errors?: readonly {
    readonly path?: readonly (string | number)[];
    readonly extensions?: { readonly code?: string };
  }[];
}

type Row = Readonly<Record<string, unknown>>;

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null;

const schemas = new Map<string, GraphQLSchema>();

function schemaOf(subgraph: string): GraphQLSchema {
  let schema = schemas.get(subgraph);
  if (!schema) {
    const text = readFileSync(join(cloneFolder, 'subgraphs', subgraph, 'schema.graphql'), 'utf8');
    schema = buildASTSchema(parse(text), { assumeValidSDL: true });
    schemas.set(subgraph, schema);
  }
  return schema;
}

/** Reads responses of one partner. */
export interface ReadTold {
  /** @param personOf the person of a row whose fields do not say it: of a nomination, by its id */
  (
    body: Body,
    response: Response,
    personOf: (type: string, id: string) => string | undefined,
  ): Told[];
}

export const createReadTold =
  (subgraph: string): ReadTold =>
  (body, response, personOf) => {
    const schema = schemaOf(subgraph);
    const fieldsOf = restricted[subgraph] ?? {};
    const document = parse(body.query);
    const operation = document.definitions.find(
      (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
    );
    const fragments = new Map(
      document.definitions.flatMap((one) =>
        one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
      ),
    );
    const errors = response.errors ?? [];
    const failed = (path: string) =>
      errors.some(({ path: at = [] }) => `${at.join('/')}/`.startsWith(`${path}/`));
    const refused = new Set(
      errors
        .filter(({ extensions }) => extensions?.code === 'FORBIDDEN')
        .map(({ path = [] }) => path.join('/')),
    );
    const told: Told[] = [];

    const applies = (condition: string | undefined, type: string): boolean => {
      if (condition === undefined || condition === type) return true;
      const [wide, narrow] = [schema.getType(condition), schema.getType(type)];
      return (
        (isInterfaceType(wide) || isUnionType(wide)) &&
        isObjectType(narrow) &&
        schema.isSubType(wide, narrow)
      );
    };

    const list = (set: SelectionSetNode | undefined, type: string): FieldNode[] =>
      (set?.selections ?? []).flatMap((one: SelectionNode): FieldNode[] => {
        if (one.kind === Kind.FIELD) return [one];
        const fragment = one.kind === Kind.FRAGMENT_SPREAD ? fragments.get(one.name.value) : one;
        return applies(fragment?.typeCondition?.name.value, type)
          ? list(fragment?.selectionSet, type)
          : [];
      });

    /** Whom a row is about, as far as the response or the partner’s tables say. */
    const whose = (type: string, row: Row, parent: string | undefined): string | undefined => {
      const said = row['id'] ?? row['hub__key_id'];
      const id = typeof said === 'string' ? said : undefined;
      if (people.has(type)) return id;
      if (type === 'Task')
        return ofMembers.has(String(row['kind'])) ? String(row['subject']) : undefined;
      if (type === 'Absence') return (row['participant'] as { id?: string } | undefined)?.id;
      return (id && personOf(type, id)) ?? (below.has(type) ? parent : undefined);
    };

    const typeOfField = (type: string, name: string): string => {
      const parent = schema.getType(type);
      const field = isObjectType(parent) ? parent.getFields()[name] : undefined;
      const named: GraphQLNamedType | undefined = field && getNamedType(field.type);
      return named?.name ?? '';
    };

    /** Who was asked for by id: of `_entities` the representation, of a root field its argument. */
    const askedFor = (
      field: FieldNode,
      index: number | undefined,
    ): { type?: string; id?: string } => {
      const given = Object.fromEntries(
        (field.arguments ?? []).map(({ name, value }) => [
          name.value,
          valueFromASTUntyped(value, { ...body.variables }),
        ]),
      ) as { representations?: { __typename: string; id: string }[]; id?: string };
      const one = given.representations?.[index ?? 0];
      return one ? { type: one.__typename, id: one.id } : { id: given.id };
    };

    const visit = (
      field: FieldNode,
      value: unknown,
      place: {
        readonly path: string;
        readonly type: string;
        readonly person: string | undefined;
        readonly index?: number;
      },
    ): void => {
      if (Array.isArray(value)) {
        value.forEach((one, index) =>
          visit(field, one, { ...place, path: `${place.path}/${index}`, index }),
        );
        return;
      }
      if (!isRow(value)) {
        const asked = askedFor(field, place.index);
        const type = asked.type ?? place.type;
        const isWhole = refused.has(place.path) && asked.id !== undefined;
        const person = people.has(type) ? asked.id : personOf(type, asked.id ?? '');
        if (isWhole && person) told.push({ person, type, field: '', wasRefused: true });
        return;
      }
      // The hub selects types and keys by names of its own.
      const said = value['__typename'] ?? value['hub__type'];
      const type = typeof said === 'string' ? said : place.type;
      const person = whose(type, value, place.person);
      for (const one of list(field.selectionSet, type)) {
        const name = one.name.value;
        const key = one.alias?.value ?? name;
        if (!(key in value)) continue;
        const path = `${place.path}/${key}`;
        const below_ = value[key];
        if (person && fieldsOf[type]?.includes(name)) {
          if (refused.has(path)) told.push({ person, type, field: name, wasRefused: true });
          else if (below_ !== null || !failed(path))
            told.push({ person, type, field: name, wasRefused: false });
        }
        if (one.selectionSet && !(below_ === null && !refused.has(path)))
          visit(one, below_, { path, type: typeOfField(type, name), person });
      }
    };

    const root = operation?.operation === 'mutation' ? 'Mutation' : 'Query';
    for (const field of list(operation?.selectionSet, root)) {
      const key = field.alias?.value ?? field.name.value;
      visit(field, response.data?.[key], {
        path: key,
        type: typeOfField(root, field.name.value),
        person: undefined,
      });
    }
    return told;
  };
