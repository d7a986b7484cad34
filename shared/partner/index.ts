export { runRecordCommand, type LocatePartner } from './commands/disclosures/disclosures.js';
export { runKeysCommand } from './commands/keys-command.js';
export { runPartnerCommand } from './commands/run-command.js';
export { createToken } from './commands/token-command.js';
export { defineConfig, type ReadConfig } from './config/config.js';
export { readCommonSettings } from './config/partner-config.js';
export { keyFolderOf, localDatabaseUrl, localIdentityFile } from './config/partner-files.js';
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
export { createId, findBatchKeys, perform } from './mutations/perform.js';
export * as changeNotices from './notices/notice.js';
export { openLocalPartner, type LocalPartner } from './open-local-partner.js';
export * as participants from './participants/participants.js';
export type { FactUpdate, LoadedDatabase, PartnerContent } from './partner-definition.js';
export { describeKeys, identityIn } from './partner-identity.js';
export { disclosureHeadPath } from './requests/disclosure-head.js';
export {
  mailSubscriptionsPath,
  overdueTasksPath,
  participantSessionsPath,
} from './requests/hub-path.js';
export type { OverdueContext, OverdueTasks } from './requests/overdue-tasks.js';
export { resolveKey, type ReferenceResolver } from './subgraph-schema.js';
export { words } from './words.js';
