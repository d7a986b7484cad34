export { runRecordCommand, type LocatePartner } from './commands/disclosures/disclosures.js';
export { runKeysCommand } from './commands/keys-command.js';
export { runPartnerCommand } from './commands/run-command.js';
export { createToken } from './commands/token-command.js';
export { defineConfig, type ReadConfig } from './config/config.js';
export { readCommonSettings } from './config/partner-config.js';
export { keyFolderOf, localDatabaseUrl, localIdentityFile } from './config/partner-files.js';
export { localPublicationFiles } from './config/publication-settings.js';
export { definePartner, type Partner } from './define-partner.js';
export { emitReference, emitSchema } from './emit.js';
export {
  checkNewPerson,
  checkNoReferences,
  checkNotInvented,
  checkPersonFits,
  checkVersion,
  findForChange,
  findPerson,
  nextVersion,
  notFound,
  refuseDuplicate,
  type Rehearsable,
} from './mutations/find-for-change.js';
export { pickGiven } from './mutations/given-fields.js';
export {
  AtLeast,
  Distinct,
  Happened,
  Items,
  MayBeBlank,
  Must,
  NotBefore,
  NotNull,
  checkHappened,
} from './mutations/input-rules.js';
export { ItemRefusal } from './mutations/item-refusal.type.js';
export { performEach, type Step } from './mutations/perform-each.js';
export { createId, findBatchKeys, perform, performErasure } from './mutations/perform.js';
export * as changeNotices from './notices/notice.js';
export * as participants from './participants/participants.js';
export type {
  FactUpdate,
  LoadedDatabase,
  PartnerContent,
  PartnerDefinition,
} from './partner-definition.js';
export {
  createPartnerIdentity,
  describeKeys,
  identityIn,
  type PartnerIdentity,
} from './partner-identity.js';
export type { PartnerServer } from './partner-server.js';
export { openPartner } from './partner.js';
export { listElements } from './reference/list-elements.js';
export { disclosureHeadPath } from './requests/disclosure-head.js';
export {
  mailSubscriptionsPath,
  overdueTasksPath,
  participantSessionsPath,
} from './requests/hub-path.js';
export type { OverdueContext, OverdueTasks } from './requests/overdue-tasks.js';
export { resolveKey, type ReferenceResolver } from './subgraph-schema.js';
export { words } from './words.js';
