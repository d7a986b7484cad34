import type { Reference, WalkNode } from './find-references.js';

/** Prints the selection for each record of a walk. */
export function printNode({ identity, references, contradictions, children }: WalkNode): string {
  const fields = new Set<string>([
    ...(identity ? [identity] : []),
    ...contradictions.flatMap(({ set, unset }) => [...set, ...unset]),
    ...references.map(printReference),
    ...[...children].map(([field, child]) => {
      const given = child.argument ? `(${child.argument})` : '';
      return `${field}${given} { ${printNode(child)} }`;
    }),
  ]);
  return [...fields].join(' ');
}

function printReference({ field, isPlain, targets }: Reference): string {
  if (isPlain) return field;
  const fragments = targets.map(({ type, key, backPath }) => {
    const back = backPath?.reduceRight(
      (inner, name) => (inner ? `${name} { ${inner} }` : name),
      '',
    );
    return `... on ${type} { ${key}${back ? ` ${back}` : ''} }`;
  });
  return `${field} { __typename ${fragments.join(' ')} }`;
}
