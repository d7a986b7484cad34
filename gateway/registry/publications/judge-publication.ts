import { Kind, parse, visit, type DocumentNode } from 'graphql';
import { judgeSchema } from '../law/judge-schema.js';
import type { Consent } from '../law/rule.js';
import type { Reason } from './publication.js';
import { compareWithContract, type Comparison } from './schema/compare-with-contract.js';
import { extendSchema } from './schema/extend-schema.js';
import { findElement, findPlace } from './schema/find-place.js';
import { printPlain, readPlainDocument, type PlainDocument } from './schema/plain-document.js';

/** Composes subgraphs, by their names. */
export type Compose = (schemas: ReadonlyMap<string, string>) =>
  | { readonly supergraphSdl: string; readonly errors?: undefined }
  | {
      readonly supergraphSdl?: undefined;
      readonly errors: readonly {
        readonly code: string;
        readonly message: string;
        /** `nbnp:14:3`: subgraph, line and column of what was composed. */
        readonly places: readonly string[];
      }[];
    };

/** A published schema, and what it is judged by. */
export interface JudgedPublication {
  readonly subgraph: string;
  readonly schema: string;
  /** The contract of the subgraph. */
  readonly contract: string;
  /** Whether the partner is the only one of its contract: then the graph has what it adds. */
  readonly isOnly: boolean;
  /** The schemas of all subgraphs that the hub serves. */
  readonly served: ReadonlyMap<string, string>;
  /** What the owners let the partner do. */
  readonly consents: readonly Consent[];
}

export type Judgement =
  | {
      readonly reasons?: undefined;
      readonly lacks: readonly string[];
      readonly adds: readonly string[];
      /** The schema that the hub serves for the subgraph from now on. */
      readonly served: string;
    }
  | { readonly reasons: readonly Reason[] };

const refuse = (reasons: readonly Reason[]): Judgement => ({ reasons });

/**
 * What a schema may add to its contract: elements, directives with their arguments, and members of
 * unions and interfaces. With more, composing takes minutes, and others wait for it.
 */
const mostAdds = 1_000;

const tooLarge = (count: number, what = 'elements'): Reason => ({
  rule: 'size',
  place: 'the schema',
  message: `It has ${count.toLocaleString('en')} ${what} beyond the contract.`,
  accepted: `Publish at most ${mostAdds.toLocaleString('en')} ${what} beyond the contract.`,
});

/**
 * What composing takes time for and is no element: directives with their arguments, and the members
 * of unions and interfaces, each time that they are written.
 */
function countParts(document: DocumentNode): { directives: number; members: number } {
  const count = { directives: 0, members: 0 };
  visit(document, {
    enter(node) {
      if (node.kind === Kind.DIRECTIVE || node.kind === Kind.ARGUMENT) count.directives += 1;
      if ('interfaces' in node) count.members += node.interfaces?.length ?? 0;
      if ('types' in node) count.members += node.types?.length ?? 0;
    },
  });
  return count;
}

/** What was composed for a subgraph, and what its partner has published. */
interface Composed {
  readonly subgraph: string;
  readonly candidate: string;
  readonly document: DocumentNode;
}

/** Composition errors, each with the code of the engine’s rule and its place in what was published. */
const describeErrors = (
  errors: NonNullable<ReturnType<Compose>['errors']>,
  { subgraph, candidate, document }: Composed,
): Reason[] =>
  errors.map(({ code, message, places }) => {
    const own = places.find((place) => place.startsWith(`${subgraph}:`));
    const [, line, column] = own?.split(':').map(Number) ?? [];
    const element =
      (own && findElement(parse(candidate), line ?? 0, column ?? 0)) ??
      /"(\w+(?:\.\w+)?)[("]/.exec(message)?.[1];
    return {
      rule: 'composition',
      place: element === undefined ? 'the schema' : findPlace(document, element),
      message: `${code}: ${message}`,
      accepted: 'Publish a schema that composes with the contracts.',
    };
  });

/**
 * Judges a published schema: does it keep the contract, the law, and does it compose? It is judged
 * as it was published. If it lacks something that others need, it is judged with that in it: the
 * partner is simply not asked for it.
 */
export async function judgePublication(
  given: JudgedPublication,
  compose: Compose,
): Promise<Judgement> {
  const { subgraph, schema, served, consents } = given;
  const agreed = parse(given.contract);
  const contract = readPlainDocument(agreed);
  let document: DocumentNode;
  let published: PlainDocument;
  let comparison: Comparison;
  try {
    document = parse(schema);
    const [parts, known] = [countParts(document), countParts(agreed)];
    const directives = parts.directives - known.directives;
    if (directives > mostAdds) return refuse([tooLarge(directives, 'directives and arguments')]);
    const members = parts.members - known.members;
    if (members > mostAdds) return refuse([tooLarge(members, 'members of unions and interfaces')]);
    published = readPlainDocument(document);
    comparison = await compareWithContract(contract, published);
  } catch (error) {
    const accepted = 'Publish a schema in the GraphQL schema definition language.';
    const { message } = error as Error;
    return refuse([{ rule: 'syntax', place: 'the schema', message, accepted }]);
  }
  const placed = (reason: Omit<Reason, 'place'>, element: string): Reason => ({
    ...reason,
    place: findPlace(document, element),
  });
  const { lacks, adds, breaks } = comparison;
  if (breaks.length > 0) {
    const accepted = 'Publish what the contract has, or more.';
    return refuse(
      breaks.map(({ element, message }) =>
        placed({ rule: 'breaks-contract', message, accepted }, element),
      ),
    );
  }
  if (adds.length > mostAdds) return refuse([tooLarge(adds.length)]);
  const before = compose(new Map([...served, [subgraph, given.contract]]));
  const refuseComposed = (errors: Parameters<typeof describeErrors>[0], candidate: string) =>
    refuse(describeErrors(errors, { subgraph, candidate, document }));
  if (before.errors) return refuseComposed(before.errors, given.contract);
  const whole = lacks.length > 0 ? extendSchema(printPlain(published), contract) : schema;
  const next = given.isOnly ? extendSchema(given.contract, published) : given.contract;
  for (const candidate of new Set([whole, next])) {
    // That is the graph before.
    if (candidate === given.contract) continue;
    const after = compose(new Map([...served, [subgraph, candidate]]));
    if (after.errors) return refuseComposed(after.errors, candidate);
    const refusals = judgeSchema({
      subgraph,
      before: before.supergraphSdl,
      after: after.supergraphSdl,
      consents,
    });
    if (refusals.length > 0) {
      return refuse(
        refusals.map(({ rule, element, at = element, message, accepted }) =>
          placed({ rule, message, accepted }, at),
        ),
      );
    }
  }
  return { lacks, adds, served: next };
}
