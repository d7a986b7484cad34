/** Why a command about a contract changes nothing. */
export type ContractErrorCode =
  | 'CONTRACT_UNKNOWN'
  | 'CONTRACT_UNREADABLE'
  | 'CONTRACT_INVALID'
  | 'CONTRACT_UNCHANGED'
  | 'CONTRACT_NOT_COMPOSED'
  | 'CONTRACT_UNLAWFUL'
  | 'CONTRACT_NOT_LOADED'
  | 'CONTRACT_IN_USE'
  | 'CONTRACT_BUSY'
  | 'PROPOSAL_UNKNOWN'
  | 'PROPOSAL_OUTDATED';

/** A contract or a proposal that cannot be used. The message says what to do. */
export class ContractError extends UserError {
  override readonly name = 'ContractError';

  constructor(
    readonly code: ContractErrorCode,
    reason: string,
  ) {
    super(`${code}: ${reason}`);
  }
}
import { UserError } from '@hub/shared/system';
