import { HubError } from '../errors/index.js';
import type { OperationLimits } from './limits.js';

/** A limit that an operation can be over. */
type OperationLimit = Exclude<keyof OperationLimits, 'listSize' | 'pageSize'>;

const names: Readonly<Record<OperationLimit, string>> = {
  characters: 'characters',
  tokens: 'tokens',
  nesting: 'brackets inside each other',
  depth: 'fields inside each other',
  aliases: 'aliases',
  rootFields: 'root fields',
  directives: 'directives',
  fragments: 'fragments, and as many operations',
  repetitions: 'pairs of fields under one response name',
  fields: 'fields, fragments written out',
  cost: 'values in its answer, by what `first` says and lists without it are taken to hold',
  values: 'values in its variables',
};

/** The refusal of an operation that is over a limit; `extensions` say which, and what it is. */
export function tooComplex(limit: OperationLimit, most: number): HubError {
  const message = `The operation may have at most ${most} ${names[limit]}.`;
  return new HubError('QUERY_TOO_COMPLEX', { message, limit, most });
}
