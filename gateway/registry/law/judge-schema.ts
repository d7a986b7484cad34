import { readComposedGraph } from './composed-graph.js';
import type { Consent, Refusal, Rule } from './rule.js';
import { changedPart } from './rules/changed-part.rule.js';
import { engineFeature } from './rules/engine-feature.rule.js';
import { key, provides, requires } from './rules/handed-over.rule.js';
import { inaccessible, tag } from './rules/hidden-element.rule.js';
import { interfaceObject } from './rules/interface-object.rule.js';
import { override } from './rules/override.rule.js';
import { requiresWithArguments } from './rules/requires-with-arguments.rule.js';
import { rootField } from './rules/root-field.rule.js';
import { sharedField } from './rules/shared-field.rule.js';

const rules: readonly Rule[] = [
  engineFeature,
  override,
  inaccessible,
  tag,
  interfaceObject,
  key,
  requires,
  provides,
  rootField,
  requiresWithArguments,
  sharedField,
  changedPart,
];

export interface JudgedSchema {
  /** The subgraph whose new schema is judged. */
  readonly subgraph: string;
  /** The supergraph with its contract, and with what the other partners have published. */
  readonly before: string;
  /** The supergraph with the new schema in the place of its contract. */
  readonly after: string;
  /** What the owners let this subgraph do. */
  readonly consents?: readonly Consent[];
}

/** True if each owner of the element has consented. */
const isLifted = ({ rule, element, owners }: Refusal, consents: readonly Consent[]): boolean =>
  owners.length > 0 &&
  owners.every((owner) =>
    consents.some(
      (consent) => consent.owner === owner && consent.rule === rule && consent.element === element,
    ),
  );

/**
 * Judges a published schema by the ownership law. It reads the composed result, because a schema
 * can rename directives when it imports them. The contract is the standing consent for what it
 * contains.
 */
export function judgeSchema({ subgraph, before, after, consents = [] }: JudgedSchema): Refusal[] {
  const given = {
    candidate: subgraph,
    before: readComposedGraph(before),
    after: readComposedGraph(after),
  };
  return rules.flatMap((rule) => rule(given)).filter((refusal) => !isLifted(refusal, consents));
}
