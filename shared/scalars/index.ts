export { createEnum } from './create-enum.js';
export * from './scalars.js';
