import { UserError } from '../../system/user-error.js';

/** Why a manifest changes nothing. */
export type ManifestCode =
  /** There is no manifest, or it has no signature of the one accepted form. */
  | 'MANIFEST_UNSIGNED'
  /** It is signed with another key than the partner’s registered ones, or in another’s name. */
  | 'MANIFEST_FOREIGN'
  /** It has a lower sequence than the last accepted one. */
  | 'MANIFEST_ROLLBACK'
  /** Its signature is valid, but its content is not a manifest, or the file is too large. */
  | 'MANIFEST_INVALID'
  /** The partner does not return it. */
  | 'MANIFEST_UNREACHABLE';

/** A manifest that changes nothing. The message says what is wrong, for the partner’s engineers. */
export class ManifestError extends UserError {
  override readonly name = 'ManifestError';

  constructor(
    readonly code: ManifestCode,
    message: string,
  ) {
    super(message);
  }
}
