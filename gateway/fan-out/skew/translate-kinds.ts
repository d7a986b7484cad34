import {
  isAbstractType,
  Kind,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type FieldNode,
  type GraphQLNamedType,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { ResponsePath } from '../../engine/documents/response-path.js';
import {
  createField,
  createFragment,
  createSelectionSet,
  hiddenPrefix,
  responseKeyOf,
} from '../../engine/documents/selection.js';
import type { PartnerResponse } from '../partners/partner-port.js';
import { toDocument, type PartnerDocument } from '../plan/partner-document.js';
import { hiddenTypename } from '../response/hidden-fields.js';
import type { OtherKinds, SubgraphModel } from '../rules/subgraph-model.js';
import type { Lacks } from './lacks.js';

type Variables = Readonly<Record<string, unknown>>;
type Row = Readonly<Record<string, unknown>>;

/** A request in the words of a partner that knows types of other contracts by one name alone. */
export interface Translation {
  readonly document: PartnerDocument;
  /** Gives representations the names that the partner knows. */
  translate(variables: Variables): Variables;
  /** Gives the objects of a response their own types again. */
  restore(response: PartnerResponse): PartnerResponse;
}

const hiddenId = `${hiddenPrefix}id`;
/** Selections on several types become selections on one, so that they need keys of their own. */
const keyFor = (index: number, key: string): string => `${hiddenPrefix}k${index}_${key}`;
const keyForm = new RegExp(`^${hiddenPrefix}k\\d+_`);
const ownKey = (key: string): string => key.replace(keyForm, '');

const known = new WeakMap<SubgraphModel, WeakMap<PartnerDocument, Translation | null>>();

/** Translates a document for the servers of a subgraph. It is prepared once. Undefined if nothing of it differs. */
export function translateKinds(
  model: SubgraphModel,
  document: PartnerDocument,
  lacks: Lacks = new Set(),
): Translation | undefined {
  if (!model.otherKinds?.length || addOtherKinds(model, lacks) !== lacks) return undefined;
  let byDocument = known.get(model);
  if (!byDocument) known.set(model, (byDocument = new WeakMap()));
  let translation = byDocument.get(document);
  if (translation === undefined)
    byDocument.set(document, (translation = createTranslation(model, document)));
  return translation ?? undefined;
}

/** An older server does not know the one name either, so that it lacks the types of others. */
export function addOtherKinds({ otherKinds = [] }: SubgraphModel, lacks: Lacks): Lacks {
  const unknown = otherKinds.filter(({ standIn }) => lacks.has(standIn));
  if (unknown.length === 0) return lacks;
  const wider = widened.get(lacks) ?? new Set([...lacks, ...unknown.flatMap(listTypes)]);
  widened.set(lacks, wider);
  return wider;
}

const widened = new WeakMap<Lacks, Lacks>();

const listTypes = ({ typeOf }: OtherKinds): string[] => [...new Set(typeOf.values())];

function createTranslation(model: SubgraphModel, document: PartnerDocument): Translation | null {
  const { otherKinds = [] } = model;
  const types = otherKinds.flatMap((one) => listTypes(one).map((name) => ({ ...one, name })));
  const [operation] = parse(document.text, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return null;
  const nameKeys = new Set([hiddenTypename]);
  let isTranslated = false;
  const info = new TypeInfo(model.schema);
  const translated = visit(
    operation,
    visitWithTypeInfo(info, {
      Field(field: FieldNode) {
        if (field.name.value === '__typename') nameKeys.add(responseKeyOf(field));
      },
      InlineFragment: {
        leave(fragment: InlineFragmentNode) {
          const condition = fragment.typeCondition?.name.value;
          const index = types.findIndex(({ name }) => name === condition);
          const type = types[index];
          if (!type) return undefined;
          isTranslated = true;
          const own = renameKeys(fragment.selectionSet, index).selections;
          return createFragment(type.standIn, [...own, ...marks], fragment.directives);
        },
      },
      SelectionSet: {
        leave(set: SelectionSetNode) {
          const parent = info.getParentType();
          const found = otherKinds.filter((one) => mayHave(model, parent, one));
          if (found.length === 0) return undefined;
          isTranslated = true;
          // Without such types the request stays as it is. An older server does not know the name.
          const named = found.filter(({ typeOf }) => typeOf.size > 0);
          const added = named.map(({ standIn }) => createFragment(standIn, marks));
          return createSelectionSet([...set.selections, ...added]);
        },
      },
    }),
  ) as OperationDefinitionNode;
  if (!isTranslated) return null;
  const { text } = document;
  const restorer = new Restorer(
    otherKinds,
    types.map(({ name }) => name),
    nameKeys,
  );
  return {
    // What it may be cached by, and what a trace shows, are the types of the graph.
    document: { ...toDocument(translated, translated.selectionSet.selections), text },
    translate: (variables) => translateVariables(variables, types),
    restore: (response) =>
      'json' in response ? { ...response, json: restorer.restoreJson(response.json) } : response,
  };
}

/** Whether objects of this abstract type may be of a type that the partner does not know. */
const mayHave = (
  { schema }: SubgraphModel,
  type: GraphQLNamedType | null | undefined,
  one: OtherKinds,
): boolean => {
  if (!isAbstractType(type)) return false;
  if (type.name === one.interface) return true;
  return schema.getPossibleTypes(type).some(({ name }) => listTypes(one).includes(name));
};

/** Which object it is, and that it is one of another kind. */
const marks: readonly SelectionNode[] = [
  createField('id', { alias: hiddenId }),
  createField('__typename', { alias: hiddenTypename }),
];

function renameKeys(set: SelectionSetNode, index: number): SelectionSetNode {
  return createSelectionSet(
    set.selections.map((selection): SelectionNode => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return selection;
      if (selection.kind === Kind.INLINE_FRAGMENT)
        return { ...selection, selectionSet: renameKeys(selection.selectionSet, index) };
      const key = responseKeyOf(selection);
      if (key === hiddenId || key === hiddenTypename) return selection;
      return { ...selection, alias: { kind: Kind.NAME, value: keyFor(index, key) } };
    }),
  );
}

function translateVariables(
  variables: Variables,
  types: readonly { readonly name: string; readonly standIn: string }[],
): Variables {
  const { representations } = variables;
  if (!Array.isArray(representations)) return variables;
  const standInOf = new Map(types.map(({ name, standIn }) => [name, standIn]));
  const translated = (representations as Row[]).map((one) => {
    const __typename = standInOf.get(String(one['__typename']));
    return __typename === undefined ? one : { ...one, __typename };
  });
  return { ...variables, representations: translated };
}

interface Json {
  readonly data?: unknown;
  readonly errors?: unknown;
}

/** Restores the types of one document’s responses. */
class Restorer {
  constructor(
    private readonly otherKinds: readonly OtherKinds[],
    /** In the order of the keys that their selections got. */
    private readonly types: readonly string[],
    /** The response keys of all type names. */
    private readonly nameKeys: ReadonlySet<string>,
  ) {}

  restoreJson(json: unknown): unknown {
    if (typeof json !== 'object' || json === null) return json;
    const { data, errors } = json as Json;
    if (!this.#hasOther(data)) return json;
    const unknown: object[] = [];
    const restored = this.#restore(data, [], unknown);
    const kept = Array.isArray(errors) ? (errors as unknown[]).map(restorePath) : [];
    const all = [...kept, ...unknown];
    return { ...json, data: restored, ...(all.length > 0 && { errors: all }) };
  }

  /** Most responses have none, and are not copied. */
  #hasOther(value: unknown): boolean {
    if (typeof value !== 'object' || value === null) return false;
    if (Array.isArray(value)) return value.some((item) => this.#hasOther(item));
    const name = (value as Row)[hiddenTypename];
    if (name !== undefined && this.otherKinds.some(({ standIn }) => standIn === name)) return true;
    return Object.values(value).some((inner) => this.#hasOther(inner));
  }

  /** @param unknown gets an error for each object that no partner of the graph owns */
  #restore(value: unknown, path: ResponsePath, unknown: object[]): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value))
      return value.map((item, index) => this.#restore(item, [...path, index], unknown));
    const row = value as Row;
    const other = this.otherKinds.find(({ standIn }) => standIn === row[hiddenTypename]);
    const id = String(row[hiddenId]);
    const type = other?.typeOf.get(id.slice(0, Math.max(0, id.indexOf(':'))));
    if (other && type === undefined) {
      const extensions = { code: 'NOT_FOUND' };
      unknown.push({ message: 'No partner has this record.', path, extensions });
      return null;
    }
    const restored: Record<string, unknown> = {};
    const prefix = type === undefined ? '' : keyFor(this.types.indexOf(type), '');
    for (const [key, inner] of Object.entries(row)) {
      // What was selected on another type.
      if (keyForm.test(key) && !(type !== undefined && key.startsWith(prefix))) continue;
      const own = ownKey(key);
      restored[own] =
        type !== undefined && this.nameKeys.has(own)
          ? type
          : this.#restore(inner, [...path, own], unknown);
    }
    return restored;
  }
}

function restorePath(error: unknown): unknown {
  if (typeof error !== 'object' || error === null) return error;
  const { path } = error as { readonly path?: unknown };
  if (!Array.isArray(path)) return error;
  const steps = path.map((step: unknown) => (typeof step === 'string' ? ownKey(step) : step));
  return { ...error, path: steps };
}
