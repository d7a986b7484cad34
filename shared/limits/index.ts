export { createOperationLimiter, type OperationLimiter } from './limit-operations.js';
export { limitVariables, readLimits } from './limit-variables.js';
export {
  defaultLimits,
  foreignLimits,
  partnerLimits,
  type ConnectionLimits,
  type Limits,
  type OperationLimits,
} from './limits.js';
