import { HubError } from '../../errors/hub-error.js';
import type { OperationLimits } from './limits.js';

/** A limit that an operation can exceed. */
type OperationLimit = Exclude<keyof OperationLimits, 'listSize' | 'pageSize'>;

const names: Readonly<Record<OperationLimit, string>> = {
  characters: 'characters',
  tokens: 'tokens',
  nesting: 'nested brackets',
  depth: 'nested fields',
  aliases: 'aliases',
  rootFields: 'root fields',
  directives: 'directives',
  fragments: 'fragments, and as many operations',
  repetitions: 'pairs of fields with the same response name',
  fields: 'fields, with fragments inlined',
  cost: 'values in its response, counted by `first` and an assumed size of other lists',
  values: 'values in its variables',
};

/**
 * The refusal of an operation that exceeds a limit. `extensions` has the name and the value of the
 * limit.
 */
export function tooComplex(limit: OperationLimit, most: number): HubError {
  const message = `The operation must have at most ${most} ${names[limit]}.`;
  return new HubError('QUERY_TOO_COMPLEX', { message, limit, most });
}
