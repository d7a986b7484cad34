export { Happened } from '../access/index.js';
export { checkHappened, describeHappenings, guardHappenings } from './check-happened.js';
export { checkDistinct, checkName, checkText } from './check-input.js';
export {
  checkNewPerson,
  checkNotInvented,
  checkPersonFits,
  refuseDuplicate,
  type Rehearsable,
} from './check-person.js';
export { CreateIdempotencyKeys1764000002000 } from './create-idempotency-keys.migration.js';
export { CreateUsedNonces1764000003000 } from './create-used-nonces.migration.js';
export {
  checkNoReferences,
  checkVersion,
  findForChange,
  findPerson,
  nextVersion,
  notFound,
} from './find-for-change.js';
export { pickGiven, refuseNull } from './given-fields.js';
export { IdempotencyKey } from './idempotency-key.entity.js';
export { IndexIdempotencyKeys1764000010000 } from './index-idempotency-keys.migration.js';
export {
  closeKeys,
  createId,
  perform,
  performErasure,
  performOwnErasure,
  type Mutation,
} from './perform.js';
export { takeNonce } from './take-nonce.js';
export { UsedNonce } from './used-nonce.entity.js';
