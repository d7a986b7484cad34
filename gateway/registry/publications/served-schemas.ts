import { parse } from 'graphql';
import type { Consent } from '../law/rule.js';
import type { PublicationState } from './publication.js';
import { extendSchema } from './schema/extend-schema.js';
import { readPlainDocument } from './schema/plain-document.js';
import type { PublishingPartner } from './take-manifest.js';

/** A contract of the network. */
export interface AgreedSchema {
  readonly name: string;
  readonly sdl: string;
}

type States = ReadonlyMap<string, PublicationState>;

/** The partners of a contract. */
export const partnersOf = (
  subgraph: string,
  partners: readonly PublishingPartner[],
): readonly PublishingPartner[] => partners.filter((partner) => partner.subgraph === subgraph);

/**
 * The schema that the hub serves for each subgraph: its contract, with what its only partner has
 * added. Several partners of one contract serve the contract.
 */
export function listServed(
  contracts: readonly AgreedSchema[],
  partners: readonly PublishingPartner[],
  states: States,
): ReadonlyMap<string, string> {
  return new Map(
    contracts.map(({ name, sdl }) => {
      const [only, ...others] = partnersOf(name, partners);
      const accepted = only && others.length === 0 ? states.get(only.code)?.accepted : undefined;
      if (!accepted || accepted.adds.length === 0) return [name, sdl];
      return [name, extendSchema(sdl, readPlainDocument(parse(accepted.schema)))];
    }),
  );
}

/** What the owners let a partner’s schema do: a subgraph has consented if each of its partners has. */
export function listConsents(
  to: string,
  partners: readonly PublishingPartner[],
  states: States,
): Consent[] {
  const subgraphs = [...new Set(partners.map(({ subgraph }) => subgraph))];
  return subgraphs.flatMap((owner) => {
    const [first = [], ...others] = partnersOf(owner, partners).map(({ code }) =>
      (states.get(code)?.said?.consents ?? [])
        .filter((consent) => consent.to === to)
        .map(({ rule, element }) => JSON.stringify([rule, element])),
    );
    return first
      .filter((consent) => others.every((all) => all.includes(consent)))
      .map((consent) => {
        const [rule, element] = JSON.parse(consent) as [string, string];
        return { owner, rule, element };
      });
  });
}
