import { awaited } from './awaited.ts';
import type { GraphError } from './send-operation.ts';

/**
 * Why a value is null: nobody recorded it, the reader may not see it, its owner is unavailable, or the
 * page still waits for its owner.
 */
export type WhyNull = 'unknown' | 'withheld' | 'missing' | 'awaited';

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
  const absent = about
    .filter(isAbsence)
    .filter(
      ({ path: at, extensions }) =>
        at?.length === path.length || (owner !== undefined && extensions?.partner === owner),
    )
    .flatMap(({ extensions }) => extensions?.partner ?? []);
  return absent.length > 0 ? whyAbsent(absent) : 'unknown';
}

/** Why what these partners have is not there: the page waits for all of them, or some are unavailable. */
export const whyAbsent = (partners: readonly string[]): 'awaited' | 'missing' =>
  partners.length > 0 && partners.every((partner) => awaited.value.includes(partner))
    ? 'awaited'
    : 'missing';

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

/** Whether partners are why there is no value: they did not respond, or not yet. */
export const isAbsent = (why: WhyNull): boolean => why === 'missing' || why === 'awaited';

/** Why there is no value at a path, if it is neither unknown nor withheld from anybody. */
export const whyMissing = (errors: readonly GraphError[], path: Path): 'awaited' | 'missing' =>
  whyAbsent(absentAt(errors, path));

/** Why there is no value at a path that exists, if it is not unknown: withheld, or else its owners. */
export const whyLacking = (
  errors: readonly GraphError[],
  path: Path,
): 'withheld' | 'awaited' | 'missing' =>
  whyNull(errors, path) === 'withheld' ? 'withheld' : whyMissing(errors, path);

/** The organisation that owns an object, by its id: `fi:…`. */
export const ownerOf = (id: string): string => id.split(':')[0] ?? '';
