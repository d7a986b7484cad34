import type { GraphError } from './send-operation.ts';

/** Why a value is null: nobody recorded it, the reader may not see it, or its owner is unavailable. */
export type WhyNull = 'unknown' | 'withheld' | 'missing';

type Path = readonly (string | number)[];

const startsWith = (path: Path, start: Path): boolean =>
  start.length <= path.length && start.every((step, index) => step === path[index]);

/** True if the reader may not have what the error is about. */
export const isRefusal = ({ extensions }: GraphError): boolean =>
  ['FORBIDDEN', 'PURPOSE_NOT_ALLOWED', 'UNAUTHENTICATED'].includes(extensions?.code ?? '');

const isAbsence = ({ extensions }: GraphError): boolean =>
  extensions?.partner !== undefined && extensions.code?.startsWith('PARTNER_') === true;

/**
 * Says why the value at a path is null. The hub reports an absent partner at the nearest object to
 * which that partner adds fields, so `owner` says whether it is the partner that has the value.
 */
export function whyNull(errors: readonly GraphError[], path: Path, owner?: string): WhyNull {
  const about = errors.filter((error) => error.path && startsWith(path, error.path));
  if (about.some(isRefusal)) return 'withheld';
  // Something failed at this very value, although its owner responded.
  if (about.some((error) => !isAbsence(error) && error.path?.length === path.length))
    return 'missing';
  const isMissing = about
    .filter(isAbsence)
    .some(
      ({ path: at, extensions }) =>
        at?.length === path.length || (owner !== undefined && extensions?.partner === owner),
    );
  return isMissing ? 'missing' : 'unknown';
}

/** The partners that did not respond, by the errors at the path, or anywhere above or below it. */
export function absentAt(errors: readonly GraphError[], path: Path): readonly string[] {
  const absent = errors
    .filter(isAbsence)
    .filter(({ path: at = [] }) => startsWith(at, path) || startsWith(path, at))
    .flatMap(({ extensions }) => extensions?.partner ?? []);
  return [...new Set(absent)].toSorted();
}

/** Whether a value is null because an organisation did not respond; null if not, so that nothing shows. */
export const isAbsentAt = (errors: readonly GraphError[], path: Path): true | null =>
  absentAt(errors, path).length > 0 || null;

/** The organisation that owns an object, by its id: `fi:…`. */
export const ownerOf = (id: string): string => id.split(':')[0] ?? '';
