import { Supergraph } from '@apollo/federation-internals';
import { Kind, parse, print, visit, type ConstDirectiveNode } from 'graphql';

/** Where the hub serves each subgraph to other engines, below its own address. */
export const subgraphsPath = '/subgraphs';

/** The text of each subgraph, by its name. */
export function readSubgraphTexts(supergraphSdl: string): ReadonlyMap<string, string> {
  const subgraphs = Supergraph.build(supergraphSdl).subgraphs().values();
  return new Map([...subgraphs].map((subgraph) => [subgraph.name, subgraph.toString()]));
}

/**
 * The supergraph, with the subgraphs where a hub serves them and not where their partners do. One
 * schema may have several partners.
 * @param hubUrl the hub’s own address
 */
export function moveSubgraphs(supergraphSdl: string, hubUrl: string): string {
  const base = `${hubUrl.replace(/\/+$/, '')}${subgraphsPath}`;
  const moved = visit(parse(supergraphSdl), {
    EnumTypeDefinition: ({ name }) => (name.value === 'join__Graph' ? undefined : false),
    Directive: (directive) =>
      directive.name.value === 'join__graph' ? move(directive as ConstDirectiveNode, base) : false,
  });
  return `${print(moved)}\n`;
}

function move(directive: ConstDirectiveNode, base: string): ConstDirectiveNode {
  const given = directive.arguments ?? [];
  const name = given.find((one) => one.name.value === 'name')?.value;
  const path = name?.kind === Kind.STRING ? name.value : '';
  return {
    ...directive,
    arguments: given.map((one) =>
      one.name.value === 'url'
        ? { ...one, value: { kind: Kind.STRING, value: `${base}/${path}` } }
        : one,
    ),
  };
}
