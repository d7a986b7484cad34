export { DisclosuresError } from './disclosures/disclosures-error.js';
export {
  runRecordCommand,
  type DatabasePlace,
  type LocatePartner,
} from './disclosures/disclosures.js';
export { runKeysCommand, type KeysCommandDefaults } from './keys-command.js';
export { runPartnerCommand, type RunCommandOptions } from './run-command.js';
export { createToken, type TokenCommandOptions } from './token-command.js';
