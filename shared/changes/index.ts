export { AboutRecord, aboutRecord } from './about-record.js';
export { Change, ChangeArguments, ChangeConnection, ChangeFilter } from './change.type.js';
export { measureChange, type RecordChange } from './measure-change.js';
export { PartOf, partOf } from './part-of.js';
export { readChanges } from './read-changes.js';
export { recordChanges, type MutationChanges } from './record-changes.js';
export { recordWrites, type Writing } from './record-writes.js';
export { noteCommit, watchCommits } from './watch-commits.js';
