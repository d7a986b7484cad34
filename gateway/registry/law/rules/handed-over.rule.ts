import type { ComposedGraph } from '../composed-graph.js';
import { listCoordinates } from '../field-set.js';
import { listKeyFields, ownersOfField } from '../ownership.js';
import type { Refusal, Rule } from '../rule.js';

type Directive = 'key' | 'requires' | 'provides';

/** A field that a directive of one subgraph selects, and the element that has the directive. */
interface Use {
  readonly type: string;
  readonly at: string;
  readonly element: string;
}

function listKeyUses(graph: ComposedGraph, candidate: string): Use[] {
  return [...graph.types.values()].flatMap(({ name, parts }) =>
    parts.flatMap(({ graph: owner, key }) =>
      owner === candidate && key !== undefined
        ? listCoordinates(graph, name, key).map((element) => ({ type: name, at: name, element }))
        : [],
    ),
  );
}

const listFieldUses = (
  graph: ComposedGraph,
  candidate: string,
  directive: 'requires' | 'provides',
): Use[] =>
  [...graph.types.values()].flatMap(({ name, fields }) =>
    [...fields.values()].flatMap(({ coordinate: at, leadsTo, parts }) =>
      parts.flatMap((part) => {
        const fieldSet = part.graph === candidate ? part[directive] : undefined;
        if (fieldSet === undefined) return [];
        const type = directive === 'requires' ? name : leadsTo;
        return listCoordinates(graph, type, fieldSet).map((element) => ({ type, at, element }));
      }),
    ),
  );

const listUses = (graph: ComposedGraph, candidate: string, directive: Directive): Use[] =>
  directive === 'key' ? listKeyUses(graph, candidate) : listFieldUses(graph, candidate, directive);

const effects: Readonly<Record<Directive, string>> = {
  key: 'would be sent to this partner with every reference',
  requires: 'would be sent to this partner',
  provides: 'would come from this partner instead of its owner',
};

/** Finds values of others that a directive would hand over, and the contract does not. */
const findHandedOver =
  (directive: Directive): Rule =>
  ({ candidate, before, after }) => {
    const agreed = new Set(listUses(before, candidate, directive).map(({ element }) => element));
    const refusals = listUses(after, candidate, directive).flatMap((use): Refusal[] => {
      const { type, at, element } = use;
      if (agreed.has(element)) return [];
      const all = ownersOfField(before, element);
      const owners = all.filter((owner) => owner !== candidate);
      if (owners.length === 0 || all.includes(candidate)) return [];
      // Whoever refers to a record knows its key.
      const [elementType = type] = element.split('.');
      const isKey = listKeyFields(before, elementType, candidate).has(element);
      if (isKey && directive !== 'provides') return [];
      return [
        {
          rule: directive,
          element,
          at,
          owners,
          message: `${element} belongs to ${owners.join(', ')}: by @${directive} of ${at} it ${effects[directive]}.`,
          accepted: `Use fields of your own and the keys that the owner declares, or publish after ${owners.join(', ')} consented.`,
        },
      ];
    });
    return [...new Map(refusals.map((one) => [`${one.at} ${one.element}`, one])).values()];
  };

export const key = findHandedOver('key');
export const requires = findHandedOver('requires');
export const provides = findHandedOver('provides');
