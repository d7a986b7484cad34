import type { ComposedField, ComposedType, FieldPart } from '../composed-graph.js';
import type { Refusal, Rule } from '../rule.js';

/** What composition says of the parts of all subgraphs but one. */
const describeParts = (parts: readonly FieldPart[], candidate: string): string =>
  parts
    .filter(({ graph, override }) => graph !== candidate && override === undefined)
    .map((part) => JSON.stringify([part.graph, part.external, part.requires, part.provides]))
    .toSorted()
    .join();

const isSame = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean =>
  [...one].every(([name, text]) => other.get(name) === text);

/** What a field lost, if its owner did not decide so. */
function findLoss(
  known: ComposedField,
  field: ComposedField | undefined,
  candidate: string,
): string | undefined {
  if (!field) return 'is no longer in the graph';
  if (field.type !== known.type) return `would change its type from ${known.type} to ${field.type}`;
  if (!isSame(known.args, field.args)) return 'would lose or change an argument';
  // A field that is taken over has a rule of its own.
  if (field.parts.some(({ graph, override }) => graph === candidate && override !== undefined)) {
    return undefined;
  }
  const isKept = describeParts(known.parts, candidate) === describeParts(field.parts, candidate);
  return isKept ? undefined : 'would be resolved in another way';
}

function compareTypes(
  known: ComposedType,
  type: ComposedType | undefined,
  candidate: string,
): { readonly element: string; readonly loss: string }[] {
  if (type?.kind !== known.kind) return [{ element: known.name, loss: 'is no longer what it was' }];
  const values = [...known.values.keys()]
    .filter((value) => !type.values.has(value))
    .map((value) => ({ element: `${known.name}.${value}`, loss: 'is no longer in the graph' }));
  const fields = [...known.fields].flatMap(([name, field]) => {
    const loss = findLoss(field, type.fields.get(name), candidate);
    return loss === undefined ? [] : [{ element: field.coordinate, loss }];
  });
  return [...values, ...fields];
}

/**
 * Composition merges the parts of several subgraphs: a type that becomes nullable, an argument or
 * enum value that one of them lacks, disappears for all. Whatever a schema does, the parts of
 * others stay as they are.
 */
export const changedPart: Rule = ({ candidate, before, after }) =>
  [...before.types.values()].flatMap((known) => {
    const others = known.parts.map(({ graph }) => graph).filter((graph) => graph !== candidate);
    if (others.length === 0) return [];
    return compareTypes(known, after.types.get(known.name), candidate)
      .filter(({ element }) => concernsOthers(known, element, candidate))
      .map(({ element, loss }): Refusal => ({
        rule: 'changed-part',
        element,
        owners: [...new Set(others)],
        message: `${element} ${loss} by this schema, and another partner has a part in it.`,
        accepted: 'Define the shared part as the contract does.',
      }));
  });

/** Whether others have a part in a field or value. What is only the candidate’s own may change. */
function concernsOthers(
  { fields, values, name }: ComposedType,
  element: string,
  candidate: string,
): boolean {
  const member = element.slice(name.length + 1);
  const graphs = fields.get(member)?.parts.map(({ graph }) => graph) ?? values.get(member);
  return (graphs ?? ['another']).some((graph) => graph !== candidate);
}
