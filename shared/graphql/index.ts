export {
  createOperationGate,
  openSlots,
  type Admission,
  type OperationGate,
} from './admit-operations.js';
export { createApolloServer, type ApolloServerOptions } from './apollo-server.js';
export { ClientWatch, createAbortSignal, type ClientSignal } from './client-signal.js';
export { maskError } from './mask-errors.js';
export type { OperationHooks } from './operation-hooks.js';
export type { HeldSlot, ServedContext } from './served-context.js';
export { startWork, type Charge, type Work } from './work.js';
