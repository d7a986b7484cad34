export { connectHub, limitAskHub, noHub, type AskHub, type HubConnection } from './ask-hub.js';
export { createMissingNote, type MissingNote } from './missing-note.js';
export type { PartnerContext } from './partner-context.js';
