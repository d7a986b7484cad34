export { connectHub, limitAskHub, noHub, type AskHub, type HubConnection } from './ask-hub.js';
export { createMissingNote, isMissing, type MissingNote } from './missing-note.js';
export type { ChoreContext, PartnerContext } from './partner-context.js';
export { runChore, type RunningChore } from './run-chore.js';
