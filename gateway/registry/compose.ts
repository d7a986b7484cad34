import { composeServices } from '@apollo/composition';
import { parse, type ASTNode, type GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';
import { listAmbiguous, replaceStandIns } from './other-kinds.js';

/** A subgraph for composition. */
export interface SubgraphSource {
  readonly name: string;
  readonly sdl: string;
  readonly url: string;
}

/** Why subgraphs do not compose, with the details that their engineers need. */
export interface CompositionError {
  /** The rule of composition that is broken: `INVALID_FIELD_SHARING`. */
  readonly code: string;
  readonly message: string;
  /** The subgraphs that cause the error, if composition knows them. */
  readonly subgraphs: readonly string[];
  /** `nbnp:14:3`: subgraph, line and column. */
  readonly places: readonly string[];
}

export type Composition =
  | { readonly supergraphSdl: string; readonly errors?: undefined }
  | { readonly supergraphSdl?: undefined; readonly errors: readonly CompositionError[] };

/** Composing takes a second, and one process mostly composes the same subgraphs again. */
const compositions = new LRUCache<string, Composition>({ max: 8 });

/** Composes subgraphs into a supergraph for the engine. Errors are returned, not thrown. */
export function composeSupergraph(subgraphs: readonly SubgraphSource[]): Composition {
  const key = JSON.stringify(subgraphs.map(({ name, sdl, url }) => [name, sdl, url]));
  const composition = compositions.get(key) ?? compose(subgraphs);
  compositions.set(key, composition);
  return composition;
}

function compose(subgraphs: readonly SubgraphSource[]): Composition {
  const services = [];
  const syntaxErrors: CompositionError[] = [];
  for (const { name, sdl, url } of subgraphs) {
    try {
      services.push({ name, url, typeDefs: parse(sdl) });
    } catch (error) {
      syntaxErrors.push(describeSyntaxError(name, error));
    }
  }
  const errors = syntaxErrors.length > 0 ? syntaxErrors : findAmbiguous(services);
  if (errors.length > 0) return { errors };
  const composed = composeServices(replaceStandIns(services));
  if (composed.supergraphSdl !== undefined) return { supergraphSdl: composed.supergraphSdl };
  return { errors: (composed.errors ?? []).map((error) => describeError(error, subgraphs)) };
}

/** A record’s type is known by its owner alone, so that a contract has one type of an open interface. */
function findAmbiguous(services: Parameters<typeof replaceStandIns>[0]): CompositionError[] {
  return listAmbiguous(services).map(({ contract, interface: name, kinds }) => ({
    code: 'SEVERAL_KINDS',
    message: `[${contract}] ${kinds.join(' and ')} implement ${name}. A contract may have one such type.`,
    subgraphs: [contract],
    places: [],
  }));
}

function describeSyntaxError(name: string, error: unknown): CompositionError {
  const { message, locations } = error as GraphQLError;
  return {
    code: 'INVALID_GRAPHQL',
    message: `[${name}] ${message}`,
    subgraphs: [name],
    places: (locations ?? []).map(({ line, column }) => `${name}:${line}:${column}`),
  };
}

function describeError(
  { message, nodes, extensions }: GraphQLError,
  subgraphs: readonly SubgraphSource[],
): CompositionError {
  const named = subgraphs
    .map(({ name }) => name)
    .filter((name) => message.includes(`"${name}"`) || message.includes(`[${name}]`));
  const places = (nodes ?? []).flatMap((node) => readPlace(node) ?? []);
  const owners = places.map((place) => place.slice(0, place.indexOf(':')));
  return {
    code: String(extensions.code ?? 'INTERNAL'),
    message,
    subgraphs: [...new Set([...owners, ...named])].toSorted(),
    places: [...new Set(places)],
  };
}

/** The engine marks the nodes of its errors with their subgraph. */
function readPlace(node: ASTNode & { readonly subgraph?: string }): string | undefined {
  if (!node.subgraph || !node.loc) return undefined;
  const { line, column } = node.loc.startToken;
  return `${node.subgraph}:${line}:${column}`;
}
