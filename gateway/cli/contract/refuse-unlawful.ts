import { composeSupergraph } from '../../registry/compose.js';
import { judgeSchema } from '../../registry/law/judge-schema.js';
import type { Refusal } from '../../registry/law/rule.js';
import type { Network } from '../../registry/network.js';
import type { PublicationState } from '../../registry/publications/publication.js';
import { listConsents, partnersOf } from '../../registry/publications/served-schemas.js';
import { ContractError } from './contract-error.js';
import { printShape, printUndescribed, readDefinitions } from './read-definitions.js';

type Schemas = ReadonlyMap<string, string>;
type Served = Readonly<Record<'before' | 'after', Schemas>>;

/**
 * Whether all others that have the element decide on it themselves in the same adoption. A part of it may change if they
 * change theirs to what the graph will have; what they take away, another contract may have.
 * @param graph the supergraph after the adoption
 */
function createOwnDecision(names: readonly string[], { before, after }: Served, graph: string) {
  const shapeOf = readDefinitions(graph, printShape);
  const definitions = [...before].map(([name, sdl]) => {
    const next = after.get(name) ?? sdl;
    return {
      name,
      before: readDefinitions(sdl, printUndescribed),
      after: readDefinitions(next, printUndescribed),
      shapeOf: readDefinitions(next, printShape),
    };
  });
  return ({ rule, element }: Refusal, candidate: string): boolean => {
    const others = definitions.filter((one) => one.name !== candidate && one.before(element));
    return (
      others.length > 0 &&
      others.every((one) => {
        const left = one.after(element);
        const isChanged = left !== one.before(element) && one.shapeOf(element) === shapeOf(element);
        const isDecided = left === '' || (rule === 'changed-part' && isChanged);
        return names.includes(one.name) && isDecided;
      })
    );
  };
}

/**
 * Composes next versions with all that the hub serves, and asks the law about each of them.
 * @throws {@link ContractError}
 */
export function refuseUnlawful(
  { network }: { readonly network: Network },
  names: readonly string[],
  served: Served,
  states: ReadonlyMap<string, PublicationState>,
): void {
  // Without addresses, they are composed once for all that the command asks of them.
  const [one, other] = [served.before, served.after].map((schemas) =>
    composeSupergraph([...schemas].map(([of, sdl]) => ({ name: of, sdl, url: '' }))),
  );
  const errors = other?.errors ?? one?.errors;
  if (errors) {
    const reasons = errors.map(({ message }) => `\n  ${message}`).join('');
    throw new ContractError('CONTRACT_NOT_COMPOSED', `It does not compose:${reasons}`);
  }
  const isOwnDecision = createOwnDecision(names, served, other?.supergraphSdl ?? '');
  const refusals = names.flatMap((name) => {
    const partners = partnersOf(name, network.partners);
    const [first = [], ...others] = partners.map(({ code }) =>
      listConsents(code, network.partners, states),
    );
    // What the owners let each partner of the contract do.
    const consents = first.filter((consent) =>
      others.every((all) => all.some((same) => JSON.stringify(same) === JSON.stringify(consent))),
    );
    return judgeSchema({
      subgraph: name,
      before: one?.supergraphSdl ?? '',
      after: other?.supergraphSdl ?? '',
      consents,
    }).filter((refusal) => !isOwnDecision(refusal, name));
  });
  // A contract gives out root fields. Another’s would not compose.
  const reasons = refusals
    .filter(({ rule }) => rule !== 'root-field')
    .map(
      ({ rule, element, message, accepted }) =>
        `\n  [${rule}] at ${element}: ${message} ${accepted}`,
    );
  if (reasons.length === 0) return;
  throw new ContractError('CONTRACT_UNLAWFUL', `The ownership law refuses it:${reasons.join('')}`);
}
