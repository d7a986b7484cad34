export { connectHub, limitAskHub, noHub, type AskHub, type HubConnection } from './ask-hub.js';
export type { PartnerContext } from './partner-context.js';
