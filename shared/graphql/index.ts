export { callerOfPerson, networkOf, type Caller } from './limits/caller.js';
export { FairSlots, overloaded, type Leave } from './limits/fair-slots.js';
export { createOperationLimiter, type OperationLimiter } from './limits/limit-operations.js';
export { limitVariables, readLimits } from './limits/limit-variables.js';
export {
  defaultLimits,
  foreignLimits,
  partnerLimits,
  type ConnectionLimits,
  type Limits,
  type LoadLimits,
  type OperationLimits,
} from './limits/limits.js';
export { TokenBuckets } from './limits/token-buckets.js';
export { ClientWatch, createAbortSignal, type ClientSignal } from './operations/client-signal.js';
export type { BehavedRequest, ErrorBehavior } from './operations/error-behavior.js';
export { describeError, maskError } from './operations/mask-errors.js';
export { createOperationGate, openSlots, type Admission } from './operations/operation-gate.js';
export type { OperationHooks } from './operations/operation-hooks.js';
export {
  OperationPipeline,
  type OperationPipelineOptions,
  type SubscribedOperation,
} from './operations/operation-pipeline.js';
export { refusedWorkFactor } from './operations/refused-work.js';
export type { ServedContext } from './operations/served-context.js';
export { startWork, type Charge, type Work } from './operations/work.js';
export { checkRange } from './scalars/check-range.js';
export { createEnum } from './scalars/create-enum.js';
export { cutText } from './scalars/cut-text.js';
export * as dates from './scalars/dates.js';
export { markFormulas } from './scalars/formula-marks.js';
export { longest, longestArgument, longestScalar } from './scalars/longest-inputs.js';
export {
  CountryCodeScalar,
  DateScalar,
  DateTimeScalar,
  EmailAddressScalar,
  LanguageTagScalar,
  PartialDateScalar,
  UrlScalar,
} from './scalars/scalars.js';
export { formOfScalar } from './scalars/text-forms.js';
