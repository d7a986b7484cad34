export { ClientWatch, createAbortSignal, type ClientSignal } from './client-signal.js';
export { errorBehaviors, type BehavedRequest, type ErrorBehavior } from './error-behavior.js';
export { describeError, maskError } from './mask-errors.js';
export {
  createOperationGate,
  openSlots,
  type Admission,
  type OperationGate,
} from './operation-gate.js';
export type { OperationHooks } from './operation-hooks.js';
export {
  OperationPipeline,
  type OperationPipelineOptions,
  type Subscribe,
  type SubscribedOperation,
} from './operation-pipeline.js';
export { refusedWorkFactor } from './refused-work.js';
export type { HeldSlot, ServedContext } from './served-context.js';
export { startWork, type Charge, type Work } from './work.js';
