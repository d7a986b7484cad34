import {
  Kind,
  parse,
  type DefinitionNode,
  type DocumentNode,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
} from 'graphql';
import type { OtherKinds } from '../fan-out/rules/subgraph-model.js';
import { isCommitted, type Contract } from './contracts.js';
import type { Network } from './network.js';

type ObjectNode = ObjectTypeDefinitionNode | ObjectTypeExtensionNode;

const isObject = (node: DefinitionNode): node is ObjectNode =>
  node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION;

const implementsIt = ({ interfaces = [] }: ObjectNode, name: string): boolean =>
  interfaces.some((one) => one.name.value === name);

/** `OtherParty` stands for the implementations of `Party` that its contract does not know. */
const standInOf = (name: string): string => `Other${name}`;

/** A type that stands for the types of other contracts that implement the same interface. */
export interface StandIn {
  readonly name: string;
  readonly interface: string;
}

/**
 * The stand-ins of one of the network’s contracts. A contract cannot name the types of partners
 * that join later. It says once, in `type OtherParty implements Party`, what its servers know of each.
 */
function findStandIns(contract: string, { definitions }: DocumentNode): StandIn[] {
  if (!isCommitted(contract)) return [];
  return definitions.filter(isObject).flatMap((node) => {
    const { value: name } = node.name;
    const known = (node.interfaces ?? []).find((one) => name === standInOf(one.name.value));
    return known ? [{ name, interface: known.name.value }] : [];
  });
}

/** The object types of a contract that implement an interface. */
const listKinds = ({ definitions }: DocumentNode, name: string): string[] => [
  ...new Set(
    definitions
      .filter(isObject)
      .filter((node) => implementsIt(node, name))
      .map((node) => node.name.value),
  ),
];

export interface ParsedContract {
  readonly name: string;
  readonly typeDefs: DocumentNode;
}

/** The types of one contract of which the stand-in of another could be each. */
export function listAmbiguous(services: readonly ParsedContract[]) {
  return services.flatMap(({ name, typeDefs: own }) =>
    findStandIns(name, own).flatMap((standIn) => {
      const known = listKinds(own, standIn.interface);
      return services.flatMap(({ name: contract, typeDefs }) => {
        const kinds = listKinds(typeDefs, standIn.interface).filter(
          (kind) => !known.includes(kind),
        );
        return kinds.length > 1 ? [{ contract, interface: standIn.interface, kinds }] : [];
      });
    }),
  );
}

/** Puts the types of other contracts in the place of each stand-in: it is in no graph itself. */
export function replaceStandIns<Service extends ParsedContract>(
  services: readonly Service[],
): Service[] {
  return services.map((service) => {
    const standIns = findStandIns(service.name, service.typeDefs);
    if (standIns.length === 0) return service;
    const known = new Set(service.typeDefs.definitions.filter(isObject).map(nameOf));
    const kindsOf = (standIn: StandIn): string[] =>
      services
        .flatMap(({ typeDefs }) => listKinds(typeDefs, standIn.interface))
        .filter((kind) => !known.has(kind));
    const definitions = service.typeDefs.definitions.flatMap((node): DefinitionNode[] => {
      const standIn = isObject(node) && standIns.find(({ name }) => name === nameOf(node));
      if (!standIn || !isObject(node)) return [node];
      return [...new Set(kindsOf(standIn))].map((value) => ({
        ...node,
        name: { ...node.name, value },
      }));
    });
    return { ...service, typeDefs: { ...service.typeDefs, definitions } };
  });
}

/** The types by which the servers of one contract know those of all others. */
export function readOtherKinds(
  subgraph: string,
  contracts: readonly Contract[],
  { partners }: Network,
): readonly OtherKinds[] {
  const documents = new Map(contracts.map(({ name, sdl }) => [name, parse(sdl)]));
  const own = documents.get(subgraph);
  if (!own) return [];
  return findStandIns(subgraph, own).map(({ name: standIn, interface: of }) => {
    const known = new Set(listKinds(own, of));
    const typeOf = new Map(
      partners.flatMap((partner) => {
        const theirs = documents.get(partner.subgraph);
        const [kind] = theirs ? listKinds(theirs, of).filter((name) => !known.has(name)) : [];
        return kind === undefined ? [] : [[partner.code, kind] as const];
      }),
    );
    return { standIn, interface: of, typeOf };
  });
}

const nameOf = ({ name }: ObjectNode): string => name.value;
