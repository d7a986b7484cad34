export { askRemoved } from './ask-removed.js';
export { removeRehearsals, type PrepareRemoval, type Removal } from './removal.js';
export { runRehearsals } from './run-rehearsals.js';
