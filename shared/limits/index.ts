export { callerOfPerson, type Caller } from './caller.js';
export { FairSlots, overloaded, type FairSlotsOptions, type Leave } from './fair-slots.js';
export { createOperationLimiter, type OperationLimiter } from './limit-operations.js';
export { limitVariables, readLimits } from './limit-variables.js';
export {
  defaultLimits,
  foreignLimits,
  partnerLimits,
  type ConnectionLimits,
  type Limits,
  type LoadLimits,
  type OperationLimits,
} from './limits.js';
export { networkOf } from './network-of.js';
export { checkOperationName } from './operation-name.js';
export { TokenBuckets } from './token-buckets.js';
