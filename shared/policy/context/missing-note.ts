import { responsePathAsArray, type GraphQLResolveInfo } from 'graphql';
import { HubError } from '../../errors/hub-error.js';
import { withoutStack } from '../../errors/without-stack.js';

/**
 * True for an error of a partner whose data is missing. It affects only that data, not the whole
 * response.
 */
export const isMissing = (error: unknown): error is HubError =>
  error instanceof HubError && (error.code.startsWith('PARTNER_') || error.code === 'OVERLOADED');

/** Whose part of a field’s value is missing, although the field has a value. */
export interface MissingNote {
  /**
   * Adds an error at the path of the field, once for each partner and code.
   * @param error `PARTNER_…` or `OVERLOADED`, as `AskHub` throws it
   */
  note(error: HubError, info: Pick<GraphQLResolveInfo, 'path' | 'fieldNodes'>): void;
  /** The errors for the response. */
  readonly errors: readonly HubError[];
}

/** Collects what one response lacks, so that partial data is not taken for complete data. */
export function createMissingNote(): MissingNote {
  const errors = new Map<string, HubError>();
  return {
    note({ code, extensions: { partner, retryAfter } }, { path, fieldNodes }) {
      const place = { path: responsePathAsArray(path), nodes: fieldNodes };
      const details = {
        ...(partner !== undefined && { partner }),
        ...(retryAfter !== undefined && { retryAfter }),
      };
      const key = JSON.stringify([place.path, code, details]);
      if (errors.has(key)) return;
      errors.set(
        key,
        withoutStack(() => new HubError(code, details, place)),
      );
    },
    get errors() {
      return [...errors.values()];
    },
  };
}
