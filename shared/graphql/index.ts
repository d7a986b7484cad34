export { TokenBuckets, callerOfPerson, networkOf, type Caller } from './limits/caller.js';
export { FairSlots, overloaded, type Leave } from './limits/fair-slots.js';
export { createOperationLimiter, type OperationLimiter } from './limits/limit-operations.js';
export { limitVariables, readLimits } from './limits/limit-variables.js';
export {
  defaultLimits,
  foreignLimits,
  type ConnectionLimits,
  type Limits,
  type LoadLimits,
  type OperationLimits,
} from './limits/limits.js';
export { describeError, maskError } from './operations/mask-errors.js';
export { createOperationGate, openSlots, type Admission } from './operations/operation-gate.js';
export {
  OperationPipeline,
  type OperationPipelineOptions,
  type SubscribedOperation,
} from './operations/operation-pipeline.js';
export {
  ClientWatch,
  createAbortSignal,
  refusedWorkFactor,
  startWork,
  type BehavedRequest,
  type Charge,
  type ClientSignal,
  type ErrorBehavior,
  type OperationHooks,
  type ServedContext,
} from './operations/served-context.js';
export { WrittenData } from './operations/write-result.js';
export * as dates from './scalars/dates.js';
export { markFormulas } from './scalars/formula-marks.js';
export { listElements } from './scalars/list-elements.js';
export {
  CountryCodeScalar,
  DateScalar,
  DateTimeScalar,
  EmailAddressScalar,
  LanguageTagScalar,
  PartialDateScalar,
  UrlScalar,
  checkRange,
  createEnum,
  cutText,
  formOfScalar,
  longest,
  longestScalar,
} from './scalars/scalars.js';
