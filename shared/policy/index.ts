export { checkVisible, guardSchema, unguardedFields } from './guard-schema.js';
export { open, recordedLevels, type Policies, type TypePolicy } from './type-policy.js';
