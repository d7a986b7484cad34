import { composeServices } from '@apollo/composition';
import { parse, type ASTNode, type GraphQLError } from 'graphql';

/** A subgraph as composition takes it. */
export interface SubgraphSource {
  readonly name: string;
  readonly sdl: string;
  readonly url: string;
}

/** Why subgraphs do not make one graph, in words that their engineers can act on. */
interface CompositionFault {
  /** The rule of composition that is broken: `INVALID_FIELD_SHARING`. */
  readonly code: string;
  readonly message: string;
  /** The subgraphs whose text is at fault, as far as composition can tell. */
  readonly subgraphs: readonly string[];
  /** `nbnp:14:3`: subgraph, line and column. */
  readonly places: readonly string[];
}

export type Composition =
  | { readonly supergraphSdl: string; readonly errors?: undefined }
  | { readonly supergraphSdl?: undefined; readonly errors: readonly CompositionFault[] };

/** Composes subgraphs into the supergraph that the engine plans over. What does not compose is a value, not an exception. */
export function composeSupergraph(subgraphs: readonly SubgraphSource[]): Composition {
  const services = [];
  const faults: CompositionFault[] = [];
  for (const { name, sdl, url } of subgraphs) {
    try {
      services.push({ name, url, typeDefs: parse(sdl) });
    } catch (error) {
      faults.push(readSyntaxFault(name, error));
    }
  }
  if (faults.length > 0) return { errors: faults };
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl !== undefined) return { supergraphSdl };
  return { errors: (errors ?? []).map((error) => readFault(error, subgraphs)) };
}

function readSyntaxFault(name: string, error: unknown): CompositionFault {
  const { message, locations } = error as GraphQLError;
  return {
    code: 'INVALID_GRAPHQL',
    message: `[${name}] ${message}`,
    subgraphs: [name],
    places: (locations ?? []).map(({ line, column }) => `${name}:${line}:${column}`),
  };
}

function readFault(
  { message, nodes, extensions }: GraphQLError,
  subgraphs: readonly SubgraphSource[],
): CompositionFault {
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

/** The engine marks the nodes of its errors with the subgraph that they come from. */
function readPlace(node: ASTNode & { readonly subgraph?: string }): string | undefined {
  if (!node.subgraph || !node.loc) return undefined;
  const { line, column } = node.loc.startToken;
  return `${node.subgraph}:${line}:${column}`;
}
